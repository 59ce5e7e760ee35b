import { App, Drawer } from 'antd'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { useErrorToast } from '../api/useErrorToast.ts'
import type { VoiceChoice } from '../../../bots/flow/parts.ts'
import { textHash } from '../../../bots/flow/versions.ts'
import { useName, useT } from '../i18n/index.ts'
import { Mark } from '../records/Mark.tsx'
import { useAction } from '../records/useAction.ts'
import { useItems } from '../records/useItems.ts'
import { useLabels } from '../records/useLabels.ts'
import { Link } from '../router.tsx'
import type { PromptView } from '../../../gateway/prompts/schema.ts'
import { stateTones } from './columns.tsx'
import { PromptAudio } from './PromptAudio.tsx'

interface Props {
  prompt: PromptView
  onClose(): void
}

/** One wording: how it is heard, what is recorded of it, where the recording is used besides. */
export function PromptDrawer({ prompt, onClose }: Props) {
  const t = useT('prompts')
  const labels = useLabels()
  const name = useName()
  const { message } = App.useApp()
  const showError = useErrorToast()
  const { flowId, block, field, lang, text, spoken, state, mediaId } = prompt
  const place = { flowId, field, lang, ...(block !== undefined && { block }) }
  const told = { onSuccess: () => void message.success(t('drawer.saved')), onError: showError }
  const save = useAction(
    (chosen: string | null) => api.put('/prompts/recorded', { ...place, mediaId: chosen }),
    ['/prompts', '/prompts/recordings', '/flows'],
  )
  const voice = useAction(
    (chosen: VoiceChoice) => api.put('/prompts/voice', { ...place, ...chosen }),
    ['/prompts', '/flows'],
  )
  // at once: who chooses and listens must not hear what the server knew a moment ago
  const [choice, choose] = useState<VoiceChoice>({
    ...(prompt.voice !== undefined && { voice: prompt.voice }),
    ...(prompt.speed !== undefined && { speed: prompt.speed }),
  })
  return (
    <Drawer open size={560} title={prompt.label ?? block ?? t('ofFlow')} onClose={onClose}>
      <p className="record-text">{text || t('noText')}</p>
      {spoken && spoken !== text && (
        <p className="quiet">
          {t('drawer.spoken')} {spoken}
        </p>
      )}
      <dl className="facts">
        <dt>{t('columns.state')}</dt>
        <dd>
          <Mark tone={stateTones[state]}>{t(`states.${state}`)}</Mark>
        </dd>
        <dt>{t('columns.place')}</dt>
        <dd>
          <Link to={`/flows/${flowId}${block ? `?block=${encodeURIComponent(block)}` : ''}`}>
            {prompt.flowName}
          </Link>{' '}
          · {name(prompt.fieldName) || field}
        </dd>
        <dt>{t('columns.lang')}</dt>
        <dd>{labels.lang(lang)}</dd>
        <dt>{t('drawer.fileName')}</dt>
        <dd>
          <code>{prompt.fileName}.wav</code>
        </dd>
      </dl>
      {prompt.variables && <p className="quiet">{t('drawer.variables')}</p>}
      {!prompt.inDraft && <p className="quiet">{t('drawer.onlyLive')}</p>}
      {state === 'missing' && <p className="quiet">{t('drawer.missing')}</p>}
      {prompt.inDraft && state !== 'missing' && (
        <section className="part">
          <h2>{t('drawer.sound')}</h2>
          <PromptAudio
            lang={lang}
            text={spoken || text}
            ofText={text}
            value={
              mediaId === undefined
                ? undefined
                : { mediaId, ofText: state === 'stale' ? '' : textHash(text) }
            }
            onChange={(sound) => save.mutate(sound?.mediaId ?? null, told)}
            choice={choice}
            onChoose={(chosen) => {
              choose(chosen)
              voice.mutate(chosen, {
                ...told,
                onError: (error) => {
                  choose(choice)
                  showError(error)
                },
              })
            }}
            flowVoice={prompt.flowVoice}
          />
          <p className="quiet">{t('drawer.draftOnly')}</p>
        </section>
      )}
      {mediaId !== undefined && <AlsoUsed mediaId={mediaId} not={prompt.fileName} />}
    </Drawer>
  )
}

function AlsoUsed({ mediaId, not }: { mediaId: string; not: string }) {
  const t = useT('prompts')
  const name = useName()
  const others = useItems<PromptView>('/prompts', { mediaId })
  const rest = (others.data ?? []).filter(({ fileName }) => fileName !== not)
  if (!rest.length) return null
  return (
    <section className="part">
      <h2>{t('drawer.alsoUsed')}</h2>
      <ul>
        {rest.map(({ fileName, flowName, label, block, field, fieldName, ...at }) => (
          <li key={fileName}>
            <Link to={`/flows/${at.flowId}`}>{flowName}</Link> · {label ?? block} ·{' '}
            {name(fieldName) || field}
          </li>
        ))}
      </ul>
    </section>
  )
}
