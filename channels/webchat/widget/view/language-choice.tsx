import type { Lang } from '../wire.ts'
import { Mark } from './icons.tsx'

/** For browsers that ask for neither of our languages: asked once, before the first word. */
export function LanguageChoice({ onChoose }: { onChoose(lang: Lang): void }) {
  return (
    <div class="choose">
      <Mark />
      <h2 lang="zh-CN">请选择语言</h2>
      <h2 lang="en">Choose your language</h2>
      <button type="button" lang="zh-CN" onClick={() => onChoose('zh-CN')}>
        中文
      </button>
      <button type="button" lang="en" onClick={() => onChoose('en')}>
        English
      </button>
    </div>
  )
}
