// `--import tsx` does nothing in a thread on Node 20, so a thread that runs from source asks for it itself
import { register } from 'tsx/esm/api'

register()
await import('./tests-worker.ts')
