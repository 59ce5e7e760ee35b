import type { Dictionary } from '../../i18n/dictionary.ts'

export const hours: Dictionary = {
  'zh-CN': {
    preview: '按月预览',
    previewHint: '按当前填写的内容显示,包括还没保存的。点某一天可为它添加例外。',
    before: '上个月',
    after: '下个月',
    day: '{{date}} {{hours}}',
    addDay: '为 {{date}} 添加例外(现在:{{hours}})',
    yearMissing:
      '{{year}} 年还没有节假日:当年的节假日会按平常的日子上班。请导入,或照国务院公布的安排手工添加。',
    addRange: '添加一段日期',
    from: '第一天',
    to: '最后一天',
    add: '添加',
    wrongOrder: '最后一天要在第一天之后,最多 60 天',
    crossing: '{{from}} 至次日 {{to}}',
  },
  en: {
    preview: 'Month by month',
    previewHint:
      'As filled in above, what is not saved yet included. Press a day to make an exception of it.',
    before: 'Month before',
    after: 'Next month',
    day: '{{date}} {{hours}}',
    addDay: 'Make an exception of {{date}} (now: {{hours}})',
    yearMissing:
      '{{year}} has no holidays yet, so they would count as ordinary days. Import them, or enter what the State Council announced.',
    addRange: 'Add several days',
    from: 'First day',
    to: 'Last day',
    add: 'Add',
    wrongOrder: 'The last day comes after the first, at most 60 days later',
    crossing: '{{from}} until {{to}} the next day',
  },
}
