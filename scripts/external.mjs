/**
 * What stays outside the bundle. `needed` is native code, WASM or loads its own files, and stands beside dist as
 * packages; `absent` are optional parts that are not installed: of the MongoDB and PostgreSQL
 * drivers, and the bridge to personal WeChat accounts.
 */
export const needed = [
  'lmdb',
  'koffi',
  'vosk',
  '@google-cloud/text-to-speech',
  '@echogarden/espeak-ng-emscripten',
]

export const absent = [
  'kerberos',
  'snappy',
  'aws4',
  'socks',
  'gcp-metadata',
  '@mongodb-js/zstd',
  '@aws-sdk/credential-providers',
  'mongodb-client-encryption',
  'bufferutil',
  'utf-8-validate',
  'wechaty',
  'pg-native',
]
