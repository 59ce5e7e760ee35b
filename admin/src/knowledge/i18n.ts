import type { Dictionary } from '../i18n/dictionary.ts'
import { en } from './words.en.ts'
import { zh } from './words.zh.ts'

export const knowledge: Dictionary = { 'zh-CN': zh, en }
