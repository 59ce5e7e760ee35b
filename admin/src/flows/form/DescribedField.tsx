import type { FieldDescription } from '../../../../bots/flow/description.ts'
import { useName } from '../../i18n/index.ts'
import { AssignmentsField } from './AssignmentsField.tsx'
import { CasesField } from './CasesField.tsx'
import { ChoicesField } from './ChoicesField.tsx'
import { ConditionField } from './ConditionField.tsx'
import { InputField } from './InputField.tsx'
import { IntentsField } from './IntentsField.tsx'
import { JsonField } from './JsonField.tsx'
import { LanguagesField } from './LanguagesField.tsx'
import { NumberField } from './NumberField.tsx'
import { PromptField } from './PromptField.tsx'
import { ReferenceField } from './ReferenceField.tsx'
import { ResultsField } from './ResultsField.tsx'
import { RetryField } from './RetryField.tsx'
import { ScaleField } from './ScaleField.tsx'
import { SelectField } from './SelectField.tsx'
import { SlotField } from './SlotField.tsx'
import { SwitchField } from './SwitchField.tsx'
import { TextField } from './TextField.tsx'
import { ValueField } from './ValueField.tsx'
import { ValuesField } from './ValuesField.tsx'
import { VariableField } from './VariableField.tsx'
import { VersionField } from './VersionField.tsx'

/** One field as the block describes it. */
export function DescribedField({ field }: { field: FieldDescription }) {
  const name = useName()
  const help = field.help && name(field.help)
  const common = { path: field.path.split('.'), label: name(field.label), help, required: field.required } // prettier-ignore
  switch (field.kind) {
    case 'prompt':
      return <PromptField {...common} />
    case 'retry':
      return <RetryField path={common.path} of={field.of} />
    case 'text':
      return <TextField {...common} multiline={field.multiline} />
    case 'template':
      return <TextField {...common} template />
    case 'number':
      return (
        <NumberField
          {...common}
          min={field.min}
          max={field.max}
          unit={field.unit && name(field.unit)}
        />
      )
    case 'switch':
      return <SwitchField {...common} fallback={field.default} />
    case 'select':
      return (
        <SelectField
          {...common}
          many={field.many}
          options={field.options.map(({ value, label }) => ({ value, label: name(label) }))}
        />
      )
    case 'reference':
      return <ReferenceField {...common} to={field.to} many={field.many} />
    case 'variable':
      return <VariableField {...common} write={field.write} many={field.many} />
    case 'value':
      return <ValueField {...common} />
    case 'values':
      return <ValuesField {...common} names={field.names} />
    case 'assignments':
      return <AssignmentsField {...common} />
    case 'results':
      return <ResultsField {...common} />
    case 'version':
      return <VersionField {...common} />
    case 'scale':
      return <ScaleField {...common} />
    case 'condition':
      return <ConditionField {...common} />
    case 'cases':
      return <CasesField {...common} />
    case 'choices':
      return <ChoicesField {...common} exits />
    case 'intents':
      return <IntentsField {...common} />
    case 'languages':
      return <LanguagesField {...common} />
    case 'slot':
      return <SlotField {...common} />
    case 'input':
      return <InputField path={common.path} />
    case 'json':
      return <JsonField {...common} />
  }
}
