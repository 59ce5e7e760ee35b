import type { WireMessage } from '../../../../gateway/desk/protocol.ts'

export interface RecordingMark {
  recordingId: string
  durationMs: number
  atMs: number
}

/** The recordings a conversation tells of, newest first. */
export function recordingsIn(messages: WireMessage[]): RecordingMark[] {
  return messages
    .flatMap(({ parts, atMs }) =>
      parts.flatMap((part) =>
        part.type === 'event' && part.name === 'recording' && typeof part.data['id'] === 'string'
          ? [
              {
                recordingId: part.data['id'],
                durationMs: Number(part.data['durationMs'] ?? 0),
                atMs,
              },
            ]
          : [],
      ),
    )
    .reverse()
}
