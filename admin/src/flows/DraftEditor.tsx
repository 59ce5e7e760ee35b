import { Alert, Button } from 'antd'
import { useMemo } from 'react'
import { useT } from '../i18n/index.ts'
import type { Asked } from '../records/asked.ts'
import { useConfirm } from '../records/useConfirm.ts'
import { JsonEditor } from './JsonEditor.tsx'
import type { Marks } from './JsonEditor.tsx'
import { lineOf, placeKey } from './json-map.ts'
import { Problems } from './Problems.tsx'
import type { Draft } from './useDraft.ts'
import { written } from './useDraft.ts'
import type { Problem } from './useProblems.ts'

interface Props {
  draft: Draft
  problems: Asked<Problem[]> & { isFetching: boolean }
  place: { block: string } | undefined
  onGo(place: { block: string }): void
}

export function DraftEditor({ draft, problems, place, onGo }: Props) {
  const t = useT('flows')
  const confirm = useConfirm()
  const { map, text } = draft
  const offsetOf = (block: string | undefined) =>
    map.ok ? map.places.get(block ? placeKey(['blocks', block]) : '') : undefined
  const list = problems.data
  const marks = useMemo((): Marks => {
    if (!map.ok) return new Map([[lineOf(text, map.offset), 'error' as const]])
    const found: Marks = new Map()
    for (const { block, severity } of list ?? []) {
      const offset = map.places.get(placeKey(['blocks', block ?? '']))
      if (offset === undefined) continue
      const line = lineOf(text, offset)
      if (found.get(line) !== 'error') found.set(line, severity)
    }
    return found
  }, [map, text, list])
  const discard = async () => {
    const sure = await confirm({
      title: t('discardTitle'),
      text: t('discardText'),
      ok: t('discard'),
      danger: true,
    })
    if (sure) draft.discard()
  }
  const target = useMemo(() => place && { offset: offsetOf(place.block) }, [place]) // eslint-disable-line react-hooks/exhaustive-deps -- going somewhere happens once per request, not at every key
  return (
    <div className="flow-draft">
      <div>
        <div className="bar">
          <Button
            type="primary"
            disabled={!draft.dirty || !draft.doc}
            loading={draft.saving}
            onClick={() => void draft.save()}
          >
            {t('save')}
          </Button>
          <Button disabled={!draft.doc} onClick={() => draft.type(written(draft.doc))}>
            {t('format')}
          </Button>
          <Button disabled={!draft.dirty} onClick={() => void discard()}>
            {t('discard')}
          </Button>
        </div>
        <JsonEditor
          label={t('editor')}
          text={text}
          onType={draft.type}
          onSave={() => void draft.save()}
          marks={marks}
          target={target}
        />
      </div>
      <section aria-label={t('problems')}>
        {!map.ok && (
          <Alert
            type="error"
            showIcon
            title={t(`json.${map.error}`, {
              line: lineOf(text, map.offset),
              found: map.found.split(/[\n:]/)[0],
            })}
          />
        )}
        {map.ok && !draft.doc && <Alert type="error" showIcon title={t('json.object')} />}
        {draft.doc && <Problems problems={problems} onGo={(block) => onGo({ block })} />}
      </section>
    </div>
  )
}
