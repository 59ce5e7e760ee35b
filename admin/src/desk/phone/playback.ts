/** Far ends made heard: one audio element per line, on the chosen loudspeaker where the browser can. */
const elements = new Map<string, HTMLAudioElement>()

export function play(
  conversationId: string,
  stream: MediaStream | undefined,
  speaker: string | undefined,
): void {
  const held = elements.get(conversationId)
  if (!stream) {
    held?.pause()
    if (held) held.srcObject = null
    elements.delete(conversationId)
    return
  }
  const element = held ?? new Audio()
  elements.set(conversationId, element)
  element.autoplay = true
  if (element.srcObject !== stream) element.srcObject = stream
  if ('setSinkId' in element)
    // unplugged meanwhile: the computer's own choice plays on
    void element.setSinkId(speaker ?? '').catch(() => undefined)
  // whoever has spoken to this page may be spoken to; else the first click starts it
  element.play().catch(() => {
    window.addEventListener('pointerdown', () => void element.play(), { once: true })
  })
}
