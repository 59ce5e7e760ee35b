import { lazy, Suspense } from 'react'
import { useT } from '../../i18n/index.ts'
import { useLabels } from '../../records/useLabels.ts'
import { asObject, asString, blocksOf } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { Field } from './Field.tsx'
import { langsOf, useSpot } from './form-scope.ts'
import { choiceOf } from './voice-choice.ts'

// the studio for prompts is a room of its own, loaded when it is looked into
const Hear = lazy(async () => ({ default: (await import('../../prompts/Hear.tsx')).Hear }))

/** What is heard of a voice where the flow has not begun to speak. */
const GREETINGS: Record<string, string> = {
  zh: '您好,欢迎致电旅游服务热线。咨询请按 1,投诉请按 2。',
  yue: '你好,歡迎致電旅遊服務熱線。',
  ja: 'おでんわ ありがとうございます。',
  ko: '안녕하세요. 관광 안내 전화입니다.',
}
const GREETING = 'Welcome to the tourist hotline. For information, press one.'

/** Who speaks each language of the flow on the telephone, and how fast; heard with its own first words. */
export function VoicesField() {
  const t = useT('flows/form')
  const labels = useLabels()
  const { doc } = useFlowEditor()
  const { value, set, problems } = useSpot(['voices'])
  const voices = asObject(value)
  const first = asObject(blocksOf(doc)[asString(doc['entry']) ?? '']?.['prompt'])
  return (
    <Field group label={t('flow.voices')} help={t('flow.voicesHelp')} problems={problems}>
      {() => (
        <div className="form-stack">
          {langsOf(doc).map((lang) => (
            <div
              key={lang}
              className="form-lang"
              role="group"
              aria-label={`${t('flow.voices')} · ${labels.lang(lang)}`}
            >
              <div className="form-lang-head">{labels.lang(lang)}</div>
              <Suspense fallback={null}>
                <Hear
                  lang={lang}
                  text={
                    asString(asObject(first[lang])['text']) ||
                    GREETINGS[lang.split('-')[0]!] ||
                    GREETING
                  }
                  choice={choiceOf(voices[lang])}
                  onChoose={(chosen) => {
                    const { [lang]: _before, ...others } = voices
                    const next =
                      Object.keys(chosen).length > 0 ? { ...others, [lang]: chosen } : others
                    set(Object.keys(next).length > 0 ? next : undefined)
                  }}
                />
              </Suspense>
            </div>
          ))}
        </div>
      )}
    </Field>
  )
}
