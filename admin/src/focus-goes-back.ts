/** What stands over the page, as antd puts it into the body. */
const OVERLAY = '.ant-modal-root, .ant-drawer'

/**
 * Whoever leaves a dialog goes on where it was opened from. antd sees to that where a dialog closes; where its component
 * goes along with what it asked, the focus was lost to the top of the page.
 */
export function letFocusGoBack(): void {
  const openers = new WeakMap<Node, HTMLElement>()
  document.addEventListener('focusin', ({ target, relatedTarget }) => {
    if (!(target instanceof Element && relatedTarget instanceof HTMLElement)) return
    const overlay = target.closest(OVERLAY)
    if (overlay && !openers.has(overlay) && !overlay.contains(relatedTarget))
      openers.set(overlay, relatedTarget)
  })
  new MutationObserver((changes) => {
    const opener = changes
      .flatMap(({ removedNodes }) => [...removedNodes])
      .map((node) => openers.get(node))
      .findLast((each) => each?.isConnected)
    if (opener)
      twoFramesLater(() => {
        // what the dialog has brought about may want the focus: then it has it by now
        if (document.activeElement === document.body) opener.focus()
      })
  }).observe(document.body, { childList: true })
}

const twoFramesLater = (act: () => void) => requestAnimationFrame(() => requestAnimationFrame(act))
