import type { TemplateView } from '../../../../../gateway/accounts/schema.ts'
import { changesOf } from '../../../records/rebase.ts'
import { paramsIn } from '../../../records/templateText.ts'

export interface TemplateValues {
  name: string
  providerId: string
  use: TemplateView['use']
  text: string
  url: string
  /** what agents read for each parameter; some may be of words no longer in the text */
  labels: Record<string, string>
}

export function templateValues(template: Partial<TemplateView> | undefined): TemplateValues {
  return {
    name: template?.name ?? '',
    providerId: template?.providerId ?? '',
    use: template?.use ?? 'template',
    text: template?.text ?? '',
    url: template?.url ?? '',
    labels: Object.fromEntries((template?.params ?? []).map(({ key, label }) => [key, label])),
  }
}

/** The body that makes one for `accountId`, or changes what is stored. Parameters follow the text. Pure. */
export function templateBody(
  values: TemplateValues,
  stored: TemplateView | undefined,
  accountId: string,
): object {
  const all = bodyOf(values)
  if (!stored) return { ...all, accountId }
  return { ...changesOf(bodyOf(templateValues(stored)), all), version: stored.version }
}

function bodyOf({ labels, url, ...rest }: TemplateValues) {
  return {
    ...rest,
    params: paramsIn(rest.text).map((key) => ({ key, label: labels[key]?.trim() || key })),
    ...(url.trim() && { url: url.trim() }),
  }
}
