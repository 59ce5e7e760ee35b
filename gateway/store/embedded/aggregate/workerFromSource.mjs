// `--import tsx` does nothing in a thread, so a thread that runs from source asks for it itself
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')
