import type { SimulatedAgent } from '../../harness/agent.ts'

/** Uploads a recording as people do. @returns its id */
export async function upload(agent: SimulatedAgent, wav: Buffer): Promise<string> {
  const body = new FormData()
  body.set('file', new Blob([new Uint8Array(wav)], { type: 'audio/wav' }), 'word.wav')
  const response = await fetch(`${agent.base}/api/v1/uploads`, {
    method: 'POST',
    headers: { cookie: agent.cookie },
    body,
  })
  if (!response.ok) throw new Error(await response.text())
  return ((await response.json()) as { blobId: string }).blobId
}
