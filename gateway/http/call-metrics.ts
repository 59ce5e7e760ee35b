/** Telephony on /metrics. Read when somebody asks; nothing is counted twice. */
import { Counter, Gauge } from 'prom-client'
import type { Registry } from 'prom-client'
import type { CallFigures } from '../call-figures.ts'

type Sample = [labels: Record<string, string>, value: number]

const PHASES = ['dialling', 'flow', 'waiting', 'talking']

export function callMetrics(registry: Registry, read: () => CallFigures): void {
  const registers = [registry]
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    samples: (now: CallFigures) => Sample[],
  ) =>
    new Gauge({
      ...{ name: `yilu_${name}`, help, labelNames, registers },
      collect() {
        this.reset()
        for (const [labels, value] of samples(read())) this.set(labels, value)
      },
    })
  /** a total somebody else keeps */
  const total = (
    name: string,
    help: string,
    labelNames: string[],
    samples: (now: CallFigures) => Sample[],
  ) =>
    new Counter({
      ...{ name: `yilu_${name}_total`, help, labelNames, registers },
      collect() {
        this.reset()
        for (const [labels, value] of samples(read())) this.inc(labels, value)
      },
    })
  const by = (label: string, values: Record<string, number>): Sample[] =>
    Object.entries(values).map(([key, value]) => [{ [label]: key }, value])
  const perWorker =
    (pick: (worker: CallFigures['workers'][number]) => number) => (now: CallFigures) =>
      now.workers.map((worker): Sample => [{ worker: String(worker.worker) }, pick(worker)])

  gauge('calls', 'Calls by phase', ['phase'], ({ calls }) =>
    PHASES.map((phase): Sample => [{ phase }, calls[phase] ?? 0]),
  )
  gauge('trunk_calls', 'Calls over a trunk, both ways', ['trunk'], ({ trunks }) =>
    by('trunk', trunks),
  )
  gauge('trunk_registered', 'Whether we are registered there', ['trunk'], (now) =>
    now.registrations.map(({ trunkId: trunk, state }) => [
      { trunk },
      state === 'registered' ? 1 : 0,
    ]),
  )
  total('calls_refused', 'Calls in that were not taken', ['reason'], ({ refused }) =>
    by('reason', refused),
  )
  gauge(
    'media_rooms',
    'Rooms of a media worker',
    ['worker'],
    perWorker(({ rooms }) => rooms),
  )
  gauge('media_legs', 'Legs of a media worker', ['worker', 'kind'], ({ workers }) =>
    workers.flatMap(({ worker, rtpLegs, webrtcLegs }): Sample[] => [
      [{ worker: String(worker), kind: 'rtp' }, rtpLegs],
      [{ worker: String(worker), kind: 'webrtc' }, webrtcLegs],
    ]),
  )
  gauge(
    'media_recordings',
    'Recordings of a media worker',
    ['worker'],
    perWorker(({ recordings }) => recordings),
  )
  gauge(
    'media_used_ratio',
    'Share of what a media worker takes',
    ['worker'],
    perWorker(({ used }) => used),
  )
  gauge(
    'media_lateness_p99_seconds',
    'How late the clock of a media worker runs, over the last ten seconds',
    ['worker'],
    perWorker(({ latenessP99Ms }) => latenessP99Ms / 1000),
  )
  gauge('tts_up', 'Whether a voice speaks', ['provider'], ({ tts }) =>
    tts.map(({ id, state }) => [{ provider: id }, state === 'ok' ? 1 : 0]),
  )
  gauge('asr_up', 'Whether a language is understood', ['locale'], ({ asr }) =>
    asr.models.map(({ locale, state }) => [{ locale }, state === 'ready' ? 1 : 0]),
  )
  gauge('asr_streams', 'Callers who are listened to', [], ({ asr }) => [[{}, asr.streams]])
  gauge('sip_up', 'Whether telephones reach us', [], ({ sip }) => [[{}, sip ? 1 : 0]])
  gauge('sip_dialogs', 'SIP dialogs', [], ({ sip }) => [[{}, sip?.dialogs ?? 0]])
  gauge('sip_transactions', 'SIP transactions', [], ({ sip }) => [[{}, sip?.transactions ?? 0]])
  gauge('sip_registrations', 'Telephones registered here', [], ({ sip }) => [
    [{}, sip?.registrations ?? 0],
  ])
  total('sip_messages', 'SIP messages', ['kind'], ({ sip }) =>
    sip
      ? by('kind', {
          received: sip.received,
          malformed: sip.malformed,
          retransmitted: sip.retransmitted,
        })
      : [],
  )
}
