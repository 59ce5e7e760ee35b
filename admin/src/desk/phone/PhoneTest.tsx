import { CustomerServiceOutlined, SoundOutlined } from '@ant-design/icons'
import { Alert, Button, Select } from 'antd'
import { useEffect, useMemo } from 'react'
import { useLang, useT } from '../../i18n/index.ts'
import { Page } from '../../shell/Page.tsx'
import { ring, testTone } from '../status/chime.ts'
import type { Devices } from './devices.ts'
import { LevelMeter } from './LevelMeter.tsx'
import { levelVerdict } from './levelVerdict.ts'
import { TEST_LINE } from './softphone.ts'
import { useDeviceList } from './useDeviceList.ts'
import { useLevel } from './useLevel.ts'
import { useLine, usePhone, usePhoneState } from './usePhone.ts'
import './phone.css'

const canChooseOutput = 'setSinkId' in HTMLMediaElement.prototype

/** Before the first call: is the microphone heard, is the earpiece heard, does the line to the server stand? */
export function PhoneTest() {
  const t = useT('desk')
  const lang = useLang()
  const { softphone } = usePhone()
  const devices = usePhoneState((state) => state.devices)
  const line = useLine(TEST_LINE)
  const { microphones, outputs, named } = useDeviceList(line?.state)
  const own = useMemo(
    () => (line?.track ? new MediaStream([line.track as MediaStreamTrack]) : undefined),
    [line?.track],
  )
  const { now, heard } = useLevel(own)
  useEffect(() => () => softphone.test(false), [softphone])

  const choose = (what: keyof Devices) => (id: string) =>
    softphone.choose({ ...devices, [what]: id || undefined })
  const options = (list: MediaDeviceInfo[]) => [
    { value: '', label: t('phone.test.standard') },
    ...list.map(({ deviceId, label }, index) => ({
      value: deviceId,
      label: label || t('phone.test.device', { number: index + 1 }),
    })),
  ]
  const ringOnce = () => setTimeout(ring(devices.ring), 2000)

  return (
    <Page title={t('phone.test.title')} hint={t('phone.test.hint')}>
      <div className="phonetest">
        <section>
          <label>
            <span>{t('phone.test.microphone')}</span>
            <Select
              aria-label={t('phone.test.microphone')}
              value={devices.microphone ?? ''}
              onChange={choose('microphone')}
              options={options(microphones)}
            />
          </label>
          {!named && <p className="quiet">{t('phone.test.names')}</p>}
          <div className="phonetest-level">
            <span className="quiet">{t('phone.test.level')}</span>
            <LevelMeter level={now} />
          </div>
        </section>
        <section>
          <label>
            <span>{t('phone.test.speaker')}</span>
            <Select
              aria-label={t('phone.test.speaker')}
              disabled={!canChooseOutput}
              value={devices.speaker ?? ''}
              onChange={choose('speaker')}
              options={options(outputs)}
            />
          </label>
          <Button icon={<SoundOutlined aria-hidden />} onClick={() => testTone(devices.speaker)}>
            {t('phone.test.playTone')}
          </Button>
        </section>
        <section>
          <label>
            <span>{t('phone.test.ring')}</span>
            <Select
              aria-label={t('phone.test.ring')}
              disabled={!canChooseOutput}
              value={devices.ring ?? ''}
              onChange={choose('ring')}
              options={options(outputs)}
            />
          </label>
          <Button icon={<SoundOutlined aria-hidden />} onClick={ringOnce}>
            {t('phone.test.playRing')}
          </Button>
        </section>
        {!canChooseOutput && <p className="quiet">{t('phone.test.noChoice')}</p>}
        <section>
          <Button
            type={line ? 'default' : 'primary'}
            size="large"
            icon={<CustomerServiceOutlined aria-hidden />}
            onClick={() => softphone.test(!line)}
          >
            {t(line ? 'phone.test.echoStop' : 'phone.test.echo')}
          </Button>
          <div role="status" className="phonetest-result">
            {!line && <Alert type="info" showIcon title={t('phone.test.result.start')} />}
            {line?.state === 'askingMicrophone' && (
              <Alert type="info" showIcon title={t('phone.test.result.asking')} />
            )}
            {line?.track && (
              <Alert
                showIcon
                type={levelVerdict(heard) === 'good' ? 'success' : 'warning'}
                title={t(`phone.test.result.${levelVerdict(heard)}`)}
              />
            )}
            {line?.state === 'connecting' && !line.fault && (
              <Alert type="info" showIcon title={t('phone.line.connecting')} />
            )}
            {line?.state === 'connected' && (
              <Alert
                type="success"
                showIcon
                title={t('phone.test.echoOn')}
                description={t('phone.test.result.echo')}
              />
            )}
            {line?.fault && (
              <Alert
                type="error"
                showIcon
                title={
                  line.fault.kind === 'microphone'
                    ? t(`phone.line.fault.${line.fault.why}`)
                    : line.fault.kind === 'server'
                      ? line.fault.error[lang === 'en' ? 'en' : 'zh']
                      : t('phone.test.result.lost')
                }
                action={
                  <Button size="small" onClick={() => softphone.retry()}>
                    {t('phone.line.again')}
                  </Button>
                }
              />
            )}
          </div>
        </section>
      </div>
    </Page>
  )
}
