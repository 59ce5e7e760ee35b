import { Alert } from 'antd'
import { z } from 'zod'
import { useT } from '../../i18n/index.ts'

const detailsSchema = z.object({
  why: z.string(),
  name: z.string().optional(),
  flow: z.string().optional(),
  where: z.string().optional(),
})

/** Why a file was refused. */
export function BadFile({ details }: { details: unknown }) {
  const t = useT('flows/library')
  const read = detailsSchema.safeParse(details)
  const why = read.success ? read.data : { why: 'notAFlowFile' }
  return (
    <Alert type="error" showIcon role="alert" title={t(`importing.why.${why.why}`, { ...why })} />
  )
}
