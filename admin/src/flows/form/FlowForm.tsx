import { useId, useMemo } from 'react'
import { handoverApology } from '../../../../bots/flow/apology.ts'
import { useT } from '../../i18n/index.ts'
import { asString } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { BlockField } from './BlockField.tsx'
import { Fold } from './Fold.tsx'
import { FormScopeContext } from './form-scope.ts'
import { HotkeysField } from './HotkeysField.tsx'
import { InputField } from './InputField.tsx'
import { LangsField } from './LangsField.tsx'
import { ProblemNotes } from './ProblemNotes.tsx'
import { PromptField } from './PromptField.tsx'
import { ReferenceField } from './ReferenceField.tsx'
import { ReturnsField } from './ReturnsField.tsx'
import { SelectField } from './SelectField.tsx'
import { TextField } from './TextField.tsx'
import { VarsField } from './VarsField.tsx'
import { VoicesField } from './VoicesField.tsx'
import './form.css'

/** Fields of the form, so that what no field shows can stand at the top. */
const FIELDS = ['name', 'kind', 'langs', 'defaultLang', 'voices', 'timezone', 'entry', 'main', 'vars', 'params', 'returns', 'hotkeys', 'input', 'fallbackQueue', 'apology'] // prettier-ignore

/** The form of the flow itself: languages, variables, hotkeys, and what holds for all its blocks. */
export function FlowForm() {
  const t = useT('flows/form')
  const id = useId()
  const { doc, problems } = useFlowEditor()
  const own = useMemo(() => problems.filter(({ block }) => block === undefined), [problems])
  const scope = useMemo(() => ({ root: [], problems: own }), [own])
  const unplaced = own.filter(({ field }) => !FIELDS.includes(field?.split('.')[0] ?? ''))
  const isSub = doc['kind'] === 'sub'
  return (
    <FormScopeContext value={scope}>
      <section className="form" aria-labelledby={id}>
        <header className="form-head">
          <h2 id={id}>{t('flow.title')}</h2>
          <p className="form-help">{t('flow.help')}</p>
        </header>
        <ProblemNotes problems={unplaced} />
        <TextField path={['name']} label={t('flow.name')} required />
        <SelectField
          path={['kind']}
          label={t('flow.kind')}
          help={t(isSub ? 'flow.subHelp' : 'flow.mainHelp')}
          required
          options={(['main', 'sub'] as const).map((value) => ({
            value,
            label: t(`flow.${value}`),
          }))}
        />
        <LangsField />
        <Fold title={t('flow.voicesTitle')} open={own.some(({ field }) => field === 'voices')}>
          <VoicesField />
        </Fold>
        <BlockField path={['entry']} label={t('flow.entry')} help={t('flow.entryHelp')} required />
        <BlockField path={['main']} label={t('flow.mainMenu')} help={t('flow.mainMenuHelp')} />
        <VarsField path={['vars']} label={t('flow.vars')} help={t('flow.varsHelp')} />
        <VarsField path={['params']} label={t('flow.params')} help={t('flow.paramsHelp')} />
        <ReturnsField />
        <HotkeysField />
        <Fold title={t('flow.input')}>
          <InputField path={['input']} />
        </Fold>
        <Fold title={t('flow.breakdown')}>
          <ReferenceField
            path={['fallbackQueue']}
            to="queue"
            label={t('flow.fallbackQueue')}
            help={t('flow.fallbackQueueHelp')}
          />
          <PromptField
            path={['apology']}
            label={t('flow.apology')}
            help={t('flow.apologyHelp', {
              text:
                handoverApology[asString(doc['defaultLang']) ?? '']?.text ??
                handoverApology['en']?.text,
            })}
          />
        </Fold>
        <TextField
          path={['timezone']}
          label={t('flow.timezone')}
          help={t('flow.timezoneHelp')}
          placeholder="Asia/Shanghai"
        />
      </section>
    </FormScopeContext>
  )
}
