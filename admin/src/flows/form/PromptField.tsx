import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { isObject } from '../doc.ts'
import { useFlowEditor } from '../editor/flow-editor.ts'
import { isBlank, readAt, writeAt } from './edit-at.ts'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { langsOf, useSpot } from './form-scope.ts'
import { VariantEditor } from './VariantEditor.tsx'
import { wordless } from './voice-choice.ts'

interface Props {
  path: Path
  label: string
  help?: string | undefined
  required?: boolean | undefined
}

/** A prompt: what is said, language beside language. */
export function PromptField({ path, label, help, required }: Props) {
  const t = useT('flows/form')
  const { doc } = useFlowEditor()
  const spot = useSpot(path)
  const langs = langsOf(doc)
  const [open, setOpen] = useState(false)
  const [asked, ask] = useState(false)
  const blank = isBlank(spot.value)
  // once there were words it stays open, so that it does not vanish under the hands of who empties it
  if (!open && (required || !blank || spot.problems.length > 0)) setOpen(true)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // whoever asked for it goes on typing
    if (asked) box.current?.querySelector('textarea')?.focus()
  }, [asked])
  const prompt = isObject(spot.value) ? spot.value : {}
  const left = Object.keys(prompt).filter((lang) => !langs.includes(lang))
  const here = path.join('.')
  const ofLang = (lang: string) =>
    spot.problems.filter((each) => each.lang === lang || each.field?.startsWith(`${here}.${lang}.`))
  const elsewhere = spot.problems.filter((each) => ![...langs, ...left].some((lang) => ofLang(lang).includes(each))) // prettier-ignore
  const change = (lang: string, inner: Path, value: unknown, merge: boolean) =>
    spot.edit(
      (root) => {
        const next = writeAt(root, [...path, lang, ...inner], value)
        // an optional prompt without a word is no prompt, and one the validator would miss words in
        return required || !isBlank(wordless(readAt(next, path))) ? next : tidied(next, path)
      },
      merge ? { merge: [lang, ...inner].join('.') } : undefined,
    )
  return (
    <Field group label={label} help={help} required={required ?? false} problems={elsewhere}>
      {() =>
        !open ? (
          <Button
            size="small"
            type="dashed"
            icon={<PlusOutlined aria-hidden />}
            aria-label={t('prompt.write', { what: label })}
            onClick={() => {
              setOpen(true)
              ask(true)
            }}
          >
            {t('prompt.writeShort')}
          </Button>
        ) : (
          <div className="form-langs" ref={box}>
            {[...langs, ...left].map((lang) => (
              <VariantEditor
                key={lang}
                lang={lang}
                what={label}
                variant={isObject(prompt[lang]) ? prompt[lang] : {}}
                problems={ofLang(lang)}
                change={(inner, value, merge = false) => change(lang, inner, value, merge)}
                {...(left.includes(lang) && {
                  stray: t('prompt.stray'),
                  onRemove: () => spot.edit((root) => writeAt(root, [...path, lang], undefined)),
                })}
              />
            ))}
          </div>
        )
      }
    </Field>
  )
}

/** Without the prompt, and without what only held it. */
function tidied(root: unknown, path: Path): unknown {
  const without = writeAt(root, path, undefined)
  const around = path.slice(0, -1)
  return around.length > 0 && isBlank(readAt(without, around))
    ? writeAt(without, around, undefined)
    : without
}
