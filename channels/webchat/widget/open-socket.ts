import type { Socket, SocketEvents } from './connection.ts'

/** A socket to this very server. */
export function openSocket(path: string, events: SocketEvents): Socket {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${path}`)
  socket.onopen = () => events.onOpen()
  socket.onmessage = ({ data }) => events.onText(String(data))
  socket.onclose = () => events.onClose()
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    close: () => socket.close(),
  }
}
