import { createRequire } from 'node:module'
import type { TextToSpeechClient } from '@google-cloud/text-to-speech'

export interface GoogleAccess {
  /** a service account's key; default: GOOGLE_APPLICATION_CREDENTIALS */
  credentialsFile?: string
  apiEndpoint?: string
  port?: number
  /** without TLS and without an account: tests on this machine */
  insecure?: boolean
}

/**
 * Google's client, ready to be asked. Loading takes 0.3–0.8 s and 31 MB, so nobody who has no account pays
 * for it. `initialize` is awaited here because a client that cannot (a key file that is none) would else
 * end the process: its methods rethrow that error where nobody can catch it.
 * @throws Error when the key cannot be read
 */
export async function openGoogleClient(access: GoogleAccess): Promise<TextToSpeechClient> {
  // else the auth library looks for Google's own machines around us, with warnings and delay
  process.env.METADATA_SERVER_DETECTION ??= 'none'
  const { TextToSpeechClient } = await import('@google-cloud/text-to-speech')
  const client = new TextToSpeechClient({
    ...(access.credentialsFile ? { keyFilename: access.credentialsFile } : {}),
    ...(access.apiEndpoint ? { apiEndpoint: access.apiEndpoint } : {}),
    ...(access.port ? { port: access.port } : {}),
    ...(access.insecure ? { sslCreds: withoutTls(), projectId: 'test' } : {}),
  })
  await client.initialize()
  return client
}

/** From the very gRPC library the client uses: it takes credentials of no other copy. */
function withoutTls() {
  const here = createRequire(import.meta.url)
  const theirs = createRequire(here.resolve('@google-cloud/text-to-speech'))
  const { grpc } = theirs('google-gax') as {
    grpc: { credentials: { createInsecure(): never } }
  }
  return grpc.credentials.createInsecure()
}
