/** Reads the folder of extensions: each file gives a block, a dialog, a flow, or several of them, by name. */
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { z } from 'zod'
import type { CodedDialog } from '../../bots/host/coded-dialogs.ts'
import { codedDialog } from '../../bots/host/coded-dialogs.ts'
import { flowDocSchema } from '../../bots/flow/schema.ts'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { CustomBlock } from './custom-block.ts'
import { customBlockSchema } from './custom-block.ts'

const MAX_FILES = 200

export interface Fault {
  file: string
  /** one sentence for whoever wrote the file */
  why: string
}

export interface Loaded {
  blocks: CustomBlock[]
  dialogs: CodedDialog[]
  flows: { file: string; doc: FlowDoc }[]
  /** a file that is broken is named, and stops nothing */
  faults: Fault[]
}

export async function loadExtensions(folder: string): Promise<Loaded> {
  const loaded: Loaded = { blocks: [], dialogs: [], flows: [], faults: [] }
  const files = await filesIn(folder, loaded.faults)
  for (const file of files) {
    try {
      take(file, (await import(pathToFileURL(path.join(folder, file)).href)) as Exports, loaded)
    } catch (error) {
      loaded.faults.push({ file, why: error instanceof Error ? error.message : String(error) })
    }
  }
  return loaded
}

async function filesIn(folder: string, faults: Fault[]): Promise<string[]> {
  let entries
  try {
    entries = await readdir(folder, { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT') faults.push({ file: folder, why: `cannot be read: ${code}` })
    return []
  }
  const files = entries
    .filter((entry) => !entry.isDirectory() && /\.m?js$/.test(entry.name))
    .map(({ name }) => name)
    .sort()
  if (files.length > MAX_FILES) faults.push({ file: folder, why: `more than ${MAX_FILES} files` })
  return files.slice(0, MAX_FILES)
}

interface Exports {
  block?: unknown
  dialog?: unknown
  flow?: unknown
}

function take(file: string, { block, dialog, flow }: Exports, loaded: Loaded): void {
  if (block === undefined && dialog === undefined && flow === undefined)
    throw new Error('exports none of block, dialog and flow')
  // all of a file or nothing of it
  const read = {
    block: block === undefined ? undefined : parsed(customBlockSchema, block, 'block'),
    dialog: dialog === undefined ? undefined : codedDialog(dialog),
    flow: flow === undefined ? undefined : parsed(flowDocSchema, flow, 'flow'),
  }
  const twice = (kind: string, id: string, ids: string[]) => {
    if (ids.includes(id)) throw new Error(`another file has a ${kind} with the id "${id}"`)
  }
  const { blocks, dialogs, flows } = loaded
  if (read.block)
    twice(
      'block',
      read.block.id,
      blocks.map(({ id }) => id),
    )
  if (read.dialog)
    twice(
      'dialog',
      read.dialog.id,
      dialogs.map(({ id }) => id),
    )
  if (read.flow)
    twice(
      'flow',
      read.flow.id,
      flows.map(({ doc }) => doc.id),
    )
  if (read.block) blocks.push(read.block)
  if (read.dialog) dialogs.push(read.dialog)
  if (read.flow) flows.push({ file, doc: read.flow })
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new Error([what, ...issue!.path.map(String)].join('.') + `: ${issue!.message}`)
}
