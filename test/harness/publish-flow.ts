import type { SimulatedAgent } from './agent.ts'

interface Drawn {
  id: string
  name: string
  kind: string
  [part: string]: unknown
}

/** Makes a flow, or changes one that is there, and puts it live as content staff do. */
export async function publishFlow(staff: SimulatedAgent, doc: Drawn): Promise<void> {
  const { id, name, kind } = doc
  const made = await staff.rest('POST', '/flows', { id, name, kind })
  // it may be there
  if (!made.ok && made.status !== 409) throw new Error(await made.text())
  const { draftVersion } = await staff.get<{ draftVersion: number }>(`/flows/${id}/draft`)
  for (const [method, path, body] of [
    ['PUT', 'draft', { draftVersion, doc }],
    ['POST', 'publish', {}],
  ] as const) {
    const answer = await staff.rest(method, `/flows/${id}/${path}`, body)
    if (!answer.ok) throw new Error(`${id} ${path}: ${await answer.text()}`)
  }
}
