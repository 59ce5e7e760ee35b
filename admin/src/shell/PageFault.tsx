import { Component } from 'react'
import type { ReactNode } from 'react'
import { PageFaultNotice } from './PageFaultNotice.tsx'

/** One broken page leaves the menu and the connection standing. React offers this as a class only. */
export class PageFault extends Component<{ children: ReactNode }, { fault?: unknown }> {
  override state: { fault?: unknown } = {}

  static getDerivedStateFromError(fault: unknown) {
    return { fault }
  }

  override render() {
    return this.state.fault === undefined ? this.props.children : <PageFaultNotice />
  }
}
