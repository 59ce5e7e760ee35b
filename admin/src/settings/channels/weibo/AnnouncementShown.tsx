import { Drawer } from 'antd'
import type { AnnouncementView } from '../../../../../channels/weibo/schema.ts'
import { useT } from '../../../i18n/index.ts'
import { useLabels } from '../../../records/useLabels.ts'

interface Props {
  announcement: AnnouncementView
  onClose(): void
}

/** An announcement as it went out; what is published is not changed any more. */
export function AnnouncementShown({ announcement, onClose }: Props) {
  const t = useT('settings')
  const labels = useLabels()
  const { text, page, pictureUrl, pageUrl } = announcement
  return (
    <Drawer open size={560} title={t('channels.announcements.one')} onClose={onClose}>
      <p>{text}</p>
      {pictureUrl && (
        <img
          src={pictureUrl}
          alt={t('channels.announcements.picture')}
          style={{ maxWidth: '100%' }}
        />
      )}
      <p>
        <a href={pageUrl} target="_blank" rel="noreferrer">
          {pageUrl}
        </a>
      </p>
      {(['zh-CN', 'en'] as const).map((lang) => {
        const written = page[lang]
        return (
          written && (
            <section key={lang} className="part" lang={lang}>
              <h3>
                {labels.lang(lang)} · {written.title}
              </h3>
              <p style={{ whiteSpace: 'pre-wrap' }}>{written.body}</p>
            </section>
          )
        )
      })}
    </Drawer>
  )
}
