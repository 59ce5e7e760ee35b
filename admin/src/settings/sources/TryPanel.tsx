import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { trySourceBody } from '../../../../gateway/sources/schema.ts'
import type { SourceKind, TrySourceView } from '../../../../gateway/sources/schema.ts'
import { api } from '../../api/client.ts'
import { ErrorNotice } from '../../api/ErrorNotice.tsx'
import { useLang, useName, useT } from '../../i18n/index.ts'
import { fieldIssues } from '../../records/issues.ts'
import { placeIssues } from '../../records/placeIssues.ts'
import { useAction } from '../../records/useAction.ts'
import { definitionOf } from './sourceForm.ts'
import type { SourceValues } from './sourceForm.ts'

interface Props {
  kind: SourceKind
  /** of a stored one, whose secret may be used */
  id: string | undefined
  onAnswer(answer: TrySourceView): void
}

/** Asks with what stands in the form, saved or not, and shows what came and what flows would get. */
export function TryPanel({ kind, id, onAnswer }: Props) {
  const t = useT('settings/sources')
  const words = useT('records')
  const say = useName()
  const lang = useLang()
  const form = Form.useFormInstance<SourceValues>()
  const parameters = Form.useWatch('parameters', form) ?? []
  const [params, fill] = useState<Record<string, string>>({})
  const [loose, setLoose] = useState<string[]>([])
  const ask = useAction((body: unknown) => api.post<TrySourceView>('/sources/try', body), [])
  const result = ask.data
  const tryIt = () => {
    const values = form.getFieldsValue(true) as SourceValues
    const given = values.parameters.flatMap(({ name, example }) => {
      const value = params[name] ?? example
      return name && value ? [[name, value]] : []
    })
    const body = {
      ...definitionOf(kind, values),
      ...(id !== undefined && { id }),
      ...(values.secret !== '' && { secret: values.secret }),
      ...{ params: Object.fromEntries(given) as object, lang },
    }
    const checked = trySourceBody.safeParse(body)
    if (!checked.success) {
      setLoose(placeIssues(form, fieldIssues(checked.error.issues, words)))
      return
    }
    setLoose([])
    ask.mutate(checked.data, { onSuccess: onAnswer })
  }
  return (
    <section className="part source-try" aria-label={t('try.title')}>
      <h3>{t('try.title')}</h3>
      <div className="source-try-line">
        {parameters
          .filter((each) => each?.name)
          .map(({ name, label, example }) => (
            <label key={name}>
              <span className="quiet">{label || name}</span>
              <Input
                value={params[name] ?? example ?? ''}
                onChange={(event) => fill({ ...params, [name]: event.target.value })}
                onPressEnter={(event) => {
                  event.preventDefault()
                  tryIt()
                }}
              />
            </label>
          ))}
        <Button loading={ask.isPending} onClick={tryIt}>
          {t('try.button')}
        </Button>
      </div>
      {loose.map((line) => (
        <p key={line} className="wrong" role="alert">
          {line}
        </p>
      ))}
      <ErrorNotice error={ask.error} />
      <div role="status">
        {result && !ask.isPending && (
          <>
            <Alert
              type={result.ok ? 'success' : 'error'}
              showIcon
              title={
                result.ok
                  ? t('try.ok', { ms: result.tookMs })
                  : t('try.failed', { why: say(result.error), ms: result.tookMs })
              }
              {...(result.detail && { description: <code>{result.detail}</code> })}
            />
            {result.ok && (
              <div className="source-answers">
                <Answer title={t('try.raw')} value={result.raw} cut={result.cut} />
                <Answer title={t('try.mapped')} value={result.mapped} />
              </div>
            )}
          </>
        )}
      </div>
    </section>
  )
}

function Answer({
  title,
  value,
  cut,
}: {
  title: string
  value: unknown
  cut?: boolean | undefined
}) {
  const t = useT('settings/sources')
  const text = typeof value === 'string' && cut ? value : JSON.stringify(value ?? null, null, 2)
  return (
    <div>
      <h4>
        {title} {cut && <span className="quiet">{t('try.cut')}</span>}
      </h4>
      {/* it scrolls, so the keyboard must reach it */}
      <pre className="code" tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </div>
  )
}
