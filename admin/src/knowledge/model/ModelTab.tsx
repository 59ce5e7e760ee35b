import { useQuery } from '@tanstack/react-query'
import type { AnswerSettingsView } from '../../../../gateway/answers/schema.ts'
import { api } from '../../api/client.ts'
import { useT } from '../../i18n/index.ts'
import { Load } from '../../records/Load.tsx'
import { ModelCounts } from './ModelCounts.tsx'
import { ModelForm } from './ModelForm.tsx'
import { TryAnswer } from './TryAnswer.tsx'

/** The optional model that words answers: off, set, tried, watched. */
export default function ModelTab() {
  const t = useT('knowledge/model')
  const settings = useQuery({
    queryKey: ['answers/settings'],
    queryFn: () => api.get<AnswerSettingsView>('/answers/settings'),
  })
  return (
    <>
      <p className="quiet">{t('hint')}</p>
      <Load of={settings}>
        {(current) => (
          <div className="sides">
            <section className="half" aria-label={t('settings')}>
              <h3>{t('settings')}</h3>
              <ModelForm key={current.version} settings={current} />
            </section>
            <section className="half" aria-label={t('try')}>
              <h3>{t('try')}</h3>
              <TryAnswer />
              <ModelCounts counts={current.counts} />
            </section>
          </div>
        )}
      </Load>
    </>
  )
}
