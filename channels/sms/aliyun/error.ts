/** What Aliyun's refusals mean (help.aliyun.com/document_detail/101346.html and the error centre of OpenAPI). */
import type { Verdict } from '../verdict.ts'
import { HOUR_MS, MINUTE_MS, moment, never, person, tooFast } from '../verdict.ts'

/** The template or the signature: other templates may work. */
const template: Verdict = { retry: 'never', health: 'warning' }
/** What the operator allowed in a day or month is used up; somebody may raise it. */
const limit: Verdict = { retry: 'later', pauseMs: HOUR_MS, health: 'warning' }

const table: Record<string, Verdict> = {
  'isv.MOBILE_NUMBER_ILLEGAL': never,
  'isv.MOBILE_COUNT_OVER_LIMIT': never,
  'isv.BLACK_KEY_CONTROL_LIMIT': never,
  'isv.TEMPLATE_MISSING_PARAMETERS': never,
  'isv.TEMPLATE_PARAMS_ILLEGAL': never,
  'isv.PARAM_LENGTH_LIMIT': never,
  'isv.PARAM_NOT_SUPPORT_URL': never,
  'isv.SMS_CONTENT_ILLEGAL': never,
  'isv.DOMESTIC_NUMBER_NOT_SUPPORTED': never,
  'isv.SMS_TEMPLATE_ILLEGAL': template,
  'isv.SMS_SIGNATURE_ILLEGAL': template,
  'isv.SMS_SIGN_ILLEGAL': template,
  'isv.SIGN_STATE_ILLEGAL': template,
  'isv.SMS_SIGNATURE_SCENE_ILLEGAL': template,
  'isv.DAY_LIMIT_CONTROL': limit,
  'isv.MONTH_LIMIT_CONTROL': limit,
  'isv.AMOUNT_NOT_ENOUGH': person('PROVIDER_REFUSED'),
  'isv.OUT_OF_SERVICE': person('PROVIDER_REFUSED'),
  'isv.PRODUCT_UN_SUBSCRIPT': person('PROVIDER_REFUSED'),
  'isv.PRODUCT_UNSUBSCRIBE': person('PROVIDER_REFUSED'),
  'isv.ACCOUNT_NOT_EXISTS': person('PROVIDER_CREDENTIALS'),
  'isv.ACCOUNT_ABNORMAL': person('PROVIDER_REFUSED'),
  'isp.RAM_PERMISSION_DENY': person('PROVIDER_REFUSED'),
  'isv.DENY_IP_RANGE': person('PROVIDER_IP'),
  'isp.SYSTEM_ERROR': moment,
  SignatureDoesNotMatch: person('PROVIDER_CREDENTIALS'),
  IncompleteSignature: person('PROVIDER_CREDENTIALS'),
  // the clocks are more than a quarter of an hour apart
  'InvalidTimeStamp.Expired': person('PROVIDER_REFUSED'),
  SignatureNonceUsed: { retry: 'later', afterMs: 1000 },
  ServiceUnavailable: moment,
  // it broke in the middle of things
  InternalError: { retry: 'unknown', health: 'warning' },
}

/** @param message tells for BUSINESS_LIMIT_CONTROL which limit: 触发分钟级流控Permits:1 */
export function aliyunVerdict(code: string, message: string, status = 200): Verdict {
  if (code === 'isv.BUSINESS_LIMIT_CONTROL') return oneTelephone(message)
  const known = table[code]
  if (known) return known
  if (code.startsWith('InvalidAccessKeyId')) return person('PROVIDER_CREDENTIALS')
  if (code.startsWith('Forbidden') || code.startsWith('NoPermission'))
    return person('PROVIDER_REFUSED')
  if (code.startsWith('Throttling')) return tooFast(1000)
  return status >= 500 ? { retry: 'unknown', health: 'warning' } : never
}

/** Codes: 1 a minute, 5 an hour, 10 a day for a number; notices: 50 a day. Other numbers are not concerned. */
function oneTelephone(message: string): Verdict {
  if (message.includes('天级')) return never
  return { retry: 'later', afterMs: message.includes('小时级') ? HOUR_MS : MINUTE_MS }
}
