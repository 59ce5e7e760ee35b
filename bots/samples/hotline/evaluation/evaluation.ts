import heldOutEn from './held-out/en.json' with { type: 'json' }
import heldOutZh from './held-out/zh.json' with { type: 'json' }
import tuningEn from './tuning/en.json' with { type: 'json' }
import tuningZh from './tuning/zh.json' with { type: 'json' }

export interface EvaluationSet {
  /** `heard`: written as a typing slip or by speech recognition */
  questions: { id: string; text: string; heard?: string }[]
  /** no matter of this hotline: to be refused */
  offTopic: string[]
}

/** See README.md: only `tuning` may be looked at while the search is worked on. */
export const evaluation: Record<'tuning' | 'heldOut', Record<'zh-CN' | 'en', EvaluationSet>> = {
  tuning: { 'zh-CN': tuningZh, en: tuningEn },
  heldOut: { 'zh-CN': heldOutZh, en: heldOutEn },
}
