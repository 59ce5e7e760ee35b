import { GlobalOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { setLang, useLang } from '../i18n/index.ts'

/** Offers the other language, in that language's own words. */
export function LanguageSwitch() {
  const lang = useLang()
  const other = lang === 'en' ? 'zh-CN' : 'en'
  return (
    <Button
      type="text"
      icon={<GlobalOutlined aria-hidden />}
      lang={other}
      onClick={() => setLang(other)}
    >
      {other === 'en' ? 'English' : '中文'}
    </Button>
  )
}
