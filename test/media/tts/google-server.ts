/**
 * A server that speaks google.cloud.texttospeech.v1 over gRPC, built on the protos inside Google's own client:
 * the official client is tested against it without an account. It says every character as 50 ms of one value.
 */
import { createRequire } from 'node:module'
import path from 'node:path'
import * as grpc from '@grpc/grpc-js'
import * as loader from '@grpc/proto-loader'
import { writeWavHeader } from '../../../media/prompts/wav-header.ts'

interface Call {
  method: 'unary' | 'streaming'
  text: string
  voice: { languageCode: string; name: string }
  encoding: string
  rateHz: number
  speakingRate: number
  cancelled: boolean
}

/** What the next calls do instead of speaking. */
type Trouble =
  | { code: grpc.status; details: string }
  /** answers nothing, ever */
  | 'silent'
  /** streams for ever */
  | 'endless'
  /** a part of the audio, then an error */
  | 'breaks'

export interface GoogleServer {
  port: number
  calls: Call[]
  trouble?: Trouble
  /** resolves when the server has seen a call being cancelled */
  cancelled: Promise<void>
  stop(): void
}

const SAMPLES_PER_CHARACTER = 400

export function pcmOfText(text: string): Buffer {
  const samples = new Int16Array(text.length * SAMPLES_PER_CHARACTER)
  for (let i = 0; i < samples.length; i++) {
    samples[i] = text.charCodeAt(Math.floor(i / SAMPLES_PER_CHARACTER)) % 20_000
  }
  return Buffer.from(samples.buffer)
}

export async function startGoogleServer(port = 0): Promise<GoogleServer> {
  const server = new grpc.Server()
  let seen!: () => void
  const state: GoogleServer = {
    port: 0,
    calls: [],
    cancelled: new Promise((resolve) => (seen = resolve)),
    stop: () => server.forceShutdown(),
  }
  server.addService(service(), {
    listVoices: (_call: unknown, answer: grpc.sendUnaryData<unknown>) => {
      const name = 'cmn-CN-Standard-A'
      answer(null, { voices: [{ name, languageCodes: ['cmn-CN'], ssmlGender: 'FEMALE' }] })
    },
    synthesizeSpeech: (
      call: grpc.ServerUnaryCall<UnaryRequest, unknown>,
      answer: grpc.sendUnaryData<unknown>,
    ) => {
      const { input, voice, audioConfig } = call.request
      const heard: Call = {
        method: 'unary',
        text: input.text,
        voice,
        encoding: audioConfig.audioEncoding,
        rateHz: audioConfig.sampleRateHertz,
        speakingRate: audioConfig.speakingRate,
        cancelled: false,
      }
      state.calls.push(heard)
      call.on('cancelled', () => {
        heard.cancelled = true
        seen()
      })
      const { trouble } = state
      if (typeof trouble === 'object') return answer(trouble)
      if (trouble === 'silent') return
      const pcm = pcmOfText(input.text)
      answer(null, { audioContent: Buffer.concat([writeWavHeader(1, 8000, pcm.length), pcm]) })
    },
    streamingSynthesize: (call: grpc.ServerDuplexStream<StreamRequest, unknown>) => {
      let heard: Call | undefined
      call.on('cancelled', () => {
        if (heard) heard.cancelled = true
        seen()
      })
      call.on('data', ({ streamingConfig, input }: StreamRequest) => {
        if (streamingConfig) {
          const audio = streamingConfig.streamingAudioConfig
          heard = {
            method: 'streaming',
            text: '',
            voice: streamingConfig.voice,
            encoding: audio.audioEncoding,
            rateHz: audio.sampleRateHertz,
            speakingRate: audio.speakingRate,
            cancelled: false,
          }
          state.calls.push(heard)
          return
        }
        if (!heard) {
          return call.emit('error', {
            code: grpc.status.INVALID_ARGUMENT,
            details: 'the first message must be streaming_config',
          })
        }
        heard.text += input?.text ?? ''
        const { trouble } = state
        if (typeof trouble === 'object') return call.emit('error', trouble)
        if (trouble === 'silent') return
        const pcm = pcmOfText(input?.text ?? '')
        // odd pieces: samples are torn apart on their way
        for (let at = 0; at < pcm.length; at += 1001) {
          call.write({ audioContent: pcm.subarray(at, at + 1001) })
        }
        if (trouble === 'breaks') {
          call.emit('error', { code: grpc.status.INTERNAL, details: 'broken in the middle' })
        }
        if (trouble === 'endless') {
          const timer = setInterval(() => call.write({ audioContent: pcm }), 5)
          call.on('cancelled', () => clearInterval(timer))
        }
      })
      call.on('end', () => {
        if (!state.trouble) call.end()
      })
    },
  })
  state.port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(
      `127.0.0.1:${port}`,
      grpc.ServerCredentials.createInsecure(),
      (error, bound) => (error ? reject(error) : resolve(bound)),
    )
  })
  return state
}

interface UnaryRequest {
  input: { text: string }
  voice: { languageCode: string; name: string }
  audioConfig: { audioEncoding: string; sampleRateHertz: number; speakingRate: number }
}
interface StreamRequest {
  streamingConfig?: {
    voice: { languageCode: string; name: string }
    streamingAudioConfig: { audioEncoding: string; sampleRateHertz: number; speakingRate: number }
  }
  input?: { text: string }
}

function service(): grpc.ServiceDefinition {
  const here = createRequire(import.meta.url)
  const client = here.resolve('@google-cloud/text-to-speech')
  const gax = createRequire(client).resolve('google-gax')
  // .../build/src/index.js → .../build/protos
  const protosOf = (main: string) =>
    path.join(main.slice(0, main.lastIndexOf('build')), 'build/protos')
  const definition = loader.loadSync('google/cloud/texttospeech/v1/cloud_tts.proto', {
    keepCase: false,
    longs: String,
    enums: String,
    defaults: true,
    oneofs: true,
    includeDirs: [protosOf(client), protosOf(gax)],
  })
  const { google } = grpc.loadPackageDefinition(definition) as unknown as {
    google: {
      cloud: { texttospeech: { v1: { TextToSpeech: { service: grpc.ServiceDefinition } } } }
    }
  }
  return google.cloud.texttospeech.v1.TextToSpeech.service
}
