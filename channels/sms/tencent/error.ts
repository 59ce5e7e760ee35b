/** What Tencent's refusals mean (cloud.tencent.com/document/api/382/52075 and /59177). */
import type { Verdict } from '../verdict.ts'
import { HOUR_MS, MINUTE_MS, moment, never, person, tooFast } from '../verdict.ts'

const template: Verdict = { retry: 'never', health: 'warning' }
const limit: Verdict = { retry: 'later', pauseMs: HOUR_MS, health: 'warning' }

const table: Record<string, Verdict> = {
  'FailedOperation.SignatureIncorrectOrUnapproved': template,
  'FailedOperation.TemplateIncorrectOrUnapproved': template,
  'FailedOperation.TemplateParamSetNotMatchApprovedTemplate': template,
  'FailedOperation.TemplateIdNotExist': template,
  'FailedOperation.PhoneNumberInBlacklist': never,
  'FailedOperation.InsufficientBalanceInSmsPackage': person('PROVIDER_REFUSED'),
  'FailedOperation.ProhibitedUseUrlInTemplateParameter': never,
  'InvalidParameterValue.SdkAppIdNotExist': person('PROVIDER_CREDENTIALS'),
  'UnauthorizedOperation.SdkAppIdIsDisabled': person('PROVIDER_REFUSED'),
  'UnauthorizedOperation.ServiceSuspendDueToArrears': person('PROVIDER_REFUSED'),
  'UnauthorizedOperation.RequestPermissionDeny': person('PROVIDER_REFUSED'),
  'UnauthorizedOperation.RequestIpNotInWhitelist': person('PROVIDER_IP'),
  IpNotInWhitelist: person('PROVIDER_IP'),
  // one telephone: the others go on
  'LimitExceeded.PhoneNumberThirtySecondLimit': { retry: 'later', afterMs: 30_000 },
  'LimitExceeded.PhoneNumberOneHourLimit': { retry: 'later', afterMs: HOUR_MS },
  'LimitExceeded.PhoneNumberDailyLimit': never,
  'LimitExceeded.PhoneNumberSameContentDailyLimit': never,
  'LimitExceeded.PhoneNumberCountLimit': never,
  'LimitExceeded.DeliveryFrequencyLimit': { retry: 'later', afterMs: MINUTE_MS },
  // all of them
  'LimitExceeded.AppDailyLimit': limit,
  'LimitExceeded.AppMainlandChinaDailyLimit': limit,
  'LimitExceeded.AppCountryOrRegionDailyLimit': limit,
  'LimitExceeded.AppGlobalDailyLimit': limit,
  'LimitExceeded.DailyLimit': limit,
  'AuthFailure.SignatureExpire': person('PROVIDER_REFUSED'),
  'InternalError.RequestTimeException': person('PROVIDER_REFUSED'),
  // it may have gone out
  'InternalError.Timeout': { retry: 'unknown', health: 'warning' },
  InternalError: { retry: 'unknown', health: 'warning' },
}

/** @param code of the whole call (Response.Error.Code) or of the one number (SendStatusSet) */
export function tencentVerdict(code: string): Verdict {
  const known = table[code]
  if (known) return known
  if (code.startsWith('AuthFailure')) return person('PROVIDER_CREDENTIALS')
  if (code.startsWith('UnauthorizedOperation')) return person('PROVIDER_REFUSED')
  if (code.startsWith('RequestLimitExceeded')) return tooFast(1000)
  if (code.startsWith('LimitExceeded')) return { retry: 'later', afterMs: HOUR_MS }
  if (code.startsWith('InternalError') || code.startsWith('ResourceUnavailable')) return moment
  return never
}
