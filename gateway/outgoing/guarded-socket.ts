import { isIP, Socket } from 'node:net'
import type { AddressGuard } from './address-guard.ts'

/**
 * A socket that connects only where the guard allows; for drivers that take a stream of ours. A refusal comes as
 * its 'error' event, as that of any connection that could not be made.
 */
export class GuardedSocket extends Socket {
  private readonly guard: AddressGuard

  constructor(guard: AddressGuard) {
    super()
    this.guard = guard
  }

  /** As drivers call it: port first. A path to a local socket is refused. */
  override connect(...given: unknown[]): this {
    const [port, host] = given
    if (typeof port !== 'number' || typeof host !== 'string') {
      this.destroy(new Error('only port and host'))
      return this
    }
    try {
      this.guard.checkTarget(host, port)
    } catch (error) {
      // after the driver has had time to listen
      queueMicrotask(() => this.destroy(error as Error))
      return this
    }
    const lookup = isIP(host) ? undefined : this.guard.lookup(port)
    return super.connect({ port, host, ...(lookup && { lookup: lookup as never }) })
  }
}
