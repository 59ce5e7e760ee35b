import { Form, Modal, Select } from 'antd'
import { useMemo, useState } from 'react'
import { kindOf } from '../../../bots/flow/describe.ts'
import type { BlockType } from '../../../bots/flow/schema.ts'
import { useT } from '../i18n/index.ts'
import { KindIcon } from './canvas/KindIcon.tsx'
import { drawers, useKinds } from './canvas/useKinds.ts'
import { asString, blocksOf } from './doc.ts'
import { blockOf } from './document/blocks.ts'
import { portsOf } from './document/ports.ts'
import { useEditorView } from './editor/editor-view.ts'
import { useFlowEditor } from './editor/flow-editor.ts'
import { useNames } from './useNames.ts'

export type Target = { block: string } | { type: BlockType } | undefined

interface Props {
  from: string
  /** the exit to begin with; another can be chosen */
  port: string | undefined
  onConnect(port: string, target: Target): void
  onClose(): void
}

const BLOCK = 'block:'
const FRESH = 'new:'
const NONE = 'none'

/** Where an exit leads: to a block there is, to a new one, or nowhere. Two comboboxes, so it works by keyboard alone. */
export function ConnectDialog({ from, port: first, onConnect, onClose }: Props) {
  const t = useT('flows/editor')
  const kinds = useKinds()
  const { doc } = useFlowEditor()
  const names = useNames()
  const { looks } = useEditorView()
  const block = blockOf(doc, from) ?? {}
  const type = asString(block['type']) ?? ''
  const ports = portsOf(block, looks.callees.get(String(block['flow'])))
  const lacking = ports.find(({ to, required }) => to === undefined && required)
  const [port, choosePort] = useState(first ?? lacking?.port ?? ports[0]?.port)
  const to = ports.find((each) => each.port === port)?.to
  const [chosen, choose] = useState<string>()
  const target = chosen ?? (to === undefined ? undefined : BLOCK + to)

  const targets = useMemo(
    () => [
      { value: NONE, label: t('outline.none'), search: t('outline.none') },
      {
        label: t('outline.existing'),
        options: Object.entries(blocksOf(doc)).map(([id, each]) => {
          const name = names(id)
          const kind = kinds.name(kindOf(each) ?? '')
          return {
            value: BLOCK + id,
            label: (
              <span className="block-found">
                <KindIcon type={kindOf(each) ?? ''} />
                <span title={id}>{name}</span>
              </span>
            ),
            title: name,
            search: `${name} ${id} ${kind}`,
          }
        }),
      },
      {
        label: t('outline.fresh'),
        options: drawers
          .flatMap((drawer) => drawer.types)
          .map((kind) => ({
            value: FRESH + kind,
            label: (
              <span className="block-found">
                <KindIcon type={kind} /> {kinds.name(kind)}
              </span>
            ),
            title: kinds.name(kind),
            search: `${kinds.name(kind)} ${kind}`,
          })),
      },
    ],
    [doc, kinds, t, names],
  )
  const done = () => {
    if (port === undefined || target === undefined) return
    if (target.startsWith(BLOCK)) onConnect(port, { block: target.slice(BLOCK.length) })
    else if (target.startsWith(FRESH))
      onConnect(port, { type: target.slice(FRESH.length) as BlockType }) // prettier-ignore
    else onConnect(port, undefined)
  }
  return (
    <Modal
      open
      title={t('outline.connectTitle', { block: names(from) })}
      okText={t('outline.ok')}
      cancelText={t('outline.cancel')}
      okButtonProps={{ disabled: port === undefined || target === undefined }}
      onOk={done}
      onCancel={onClose}
    >
      <Form layout="vertical" onFinish={done}>
        <Form.Item label={t('outline.exit')} htmlFor="connect-exit">
          <Select
            id="connect-exit"
            value={port}
            autoFocus={first === undefined}
            options={ports.map((each) => ({
              value: each.port,
              label: `${each.key === undefined ? '' : `${each.key} · `}${kinds.portName(type, each, looks.lang)}${each.to === undefined ? ` (${t('outline.none')})` : ` → ${each.to}`}`,
            }))}
            onChange={(next) => {
              choosePort(next)
              choose(undefined)
            }}
          />
        </Form.Item>
        <Form.Item label={t('outline.target')} htmlFor="connect-target">
          <Select
            id="connect-target"
            showSearch={{
              filterOption: (text, option) => {
                const words: unknown = option && 'search' in option ? option.search : ''
                return String(words).toLowerCase().includes(text.trim().toLowerCase())
              },
            }}
            autoFocus={first !== undefined}
            placeholder={t('outline.choose')}
            value={target}
            options={targets}
            onChange={(next: string) => choose(next)}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
