/** Keeps us registered at the providers that want it, as the settings say at the moment. */
import type { RegistrationState, SipEngine, SipTarget } from '../sip/sip-engine.ts'

export interface RegisteringTrunk extends SipTarget {
  _id: string
  register?: { registrar?: SipTarget; aor: string; expiresSeconds: number }
}

interface Kept {
  /** what it was begun with: a change begins it anew */
  as: string
  state: RegistrationState
  stop: () => Promise<void>
}

export class TrunkRegistrations {
  private readonly kept = new Map<string, Kept>()
  private readonly sip: SipEngine
  private readonly credentials: (
    trunkId: string,
  ) => { userName: string; password: string } | undefined

  constructor(sip: SipEngine, credentials: TrunkRegistrations['credentials']) {
    this.sip = sip
    this.credentials = credentials
  }

  /** Begins what is new, ends what is gone. */
  follow(trunks: RegisteringTrunk[]): void {
    const wanted = new Map(trunks.map((trunk) => [trunk._id, trunk]))
    for (const [id, { as, stop }] of this.kept) {
      const trunk = wanted.get(id)
      if (trunk && asked(trunk) === as) continue
      this.kept.delete(id)
      void stop()
    }
    for (const trunk of trunks) if (!this.kept.has(trunk._id)) this.begin(trunk)
  }

  states(): { trunkId: string; state: RegistrationState }[] {
    return [...this.kept].map(([trunkId, { state }]) => ({ trunkId, state }))
  }

  private begin(trunk: RegisteringTrunk): void {
    const credentials = this.credentials(trunk._id)
    if (!trunk.register || !credentials) return
    const { registrar, aor, expiresSeconds } = trunk.register
    const { host, port, transport } = trunk
    const kept: Kept = {
      as: asked(trunk),
      state: { state: 'registering' },
      stop: this.sip.register({
        registrar: registrar ?? { host, port, transport },
        aor,
        credentials,
        expiresSeconds,
        onState: (state) => (kept.state = state),
      }),
    }
    this.kept.set(trunk._id, kept)
  }
}

const asked = ({ host, port, transport, register }: RegisteringTrunk): string =>
  JSON.stringify([host, port, transport, register])
