import { BellOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useT } from '../../i18n/index.ts'
import { chime } from './chime.ts'
import { setSound, useSound } from './sound.ts'

export function SoundSwitch() {
  const t = useT('desk')
  const on = useSound()
  const toggle = () => {
    setSound(!on)
    if (!on) chime('message')
  }
  return (
    <Tooltip title={t(on ? 'soundOn' : 'soundOff')}>
      <Button
        type="text"
        className={on ? undefined : 'sound-off'}
        icon={<BellOutlined aria-hidden />}
        aria-label={t('sound')}
        aria-pressed={on}
        onClick={toggle}
      />
    </Tooltip>
  )
}
