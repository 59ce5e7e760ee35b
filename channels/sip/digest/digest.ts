/** The door of this room. */
export { DigestClient } from './digest-client.ts'
export { DigestServer } from './digest-server.ts'
export type { SignedRequest, StoredSecret, Verdict } from './digest-server.ts'
export { digestSecret } from './hash.ts'
export { NonceKeeper } from './nonce-keeper.ts'
