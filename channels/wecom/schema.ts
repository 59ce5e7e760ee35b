/** What the console asks of a WeCom account, beyond its settings. */
import { z } from 'zod'

export const kfAccountView = z.object({
  openKfId: z.string(),
  name: z.string(),
  /** may this app manage it, that is receive and send */
  managed: z.boolean(),
})
export type KfAccountView = z.infer<typeof kfAccountView>

/** A link (or QR code of it) that opens the chat and tells us where it hung. */
export const contactWayBody = z.object({
  /** comes back when somebody enters by it */
  scene: z
    .string()
    .regex(/^[0-9a-zA-Z_-]{0,32}$/)
    .default(''),
  /** added to this one link; comes back too, after a `?` behind the scene */
  sceneParam: z.string().max(40).optional(),
})
export type ContactWayBody = z.infer<typeof contactWayBody>

export const contactWayView = z.object({ url: z.string() })
export type ContactWayView = z.infer<typeof contactWayView>
