/**
 * Which of several windows of one browser has the telephone: the first one, and when it closes the next.
 * @returns a function that lets go, and one with which this window takes it over
 */
export function ownPhone(
  myId: string,
  onChange: (mine: boolean) => void,
): { release(): void; take(): void } {
  // only on https and localhost, like the microphone: without it there is nothing to share
  if (!('locks' in navigator)) {
    onChange(true)
    return { release: () => undefined, take: () => undefined }
  }
  const name = `yilu.phone.${myId}`
  let released = false
  let letGo: (() => void) | undefined

  function ask(options: LockOptions): void {
    navigator.locks
      .request(name, options, async () => {
        if (released) return
        onChange(true)
        await new Promise<void>((resolve) => {
          letGo = resolve
        })
      })
      .catch(() => {
        // another window took it; it comes back when that one closes
        if (released) return
        onChange(false)
        ask({})
      })
  }
  ask({})
  return {
    release() {
      released = true
      letGo?.()
    },
    take: () => ask({ steal: true }),
  }
}
