import {
  ApiOutlined,
  BranchesOutlined,
  CalculatorOutlined,
  ClockCircleOutlined,
  CodeOutlined,
  CustomerServiceOutlined,
  DatabaseOutlined,
  ExportOutlined,
  FileTextOutlined,
  FlagOutlined,
  FormOutlined,
  GlobalOutlined,
  LogoutOutlined,
  MessageOutlined,
  NodeIndexOutlined,
  PhoneOutlined,
  QuestionCircleOutlined,
  ReadOutlined,
  SafetyOutlined,
  SmileOutlined,
  SoundOutlined,
  UnorderedListOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'
import type { BlockType } from '../../../../bots/flow/schema.ts'
import { groupOf } from './useKinds.ts'

const icons: Record<BlockType, ComponentType> = {
  say: MessageOutlined,
  menu: UnorderedListOutlined,
  ask: QuestionCircleOutlined,
  branch: BranchesOutlined,
  set: CalculatorOutlined,
  query: DatabaseOutlined,
  ticket: FileTextOutlined,
  faq: ReadOutlined,
  intent: NodeIndexOutlined,
  hours: ClockCircleOutlined,
  language: GlobalOutlined,
  survey: SmileOutlined,
  queue: CustomerServiceOutlined,
  callback: PhoneOutlined,
  transfer: UserSwitchOutlined,
  voicemail: SoundOutlined,
  verifyPhone: SafetyOutlined,
  subflow: FormOutlined,
  dialog: CodeOutlined,
  custom: ApiOutlined,
  goto: ExportOutlined,
  event: FlagOutlined,
  end: LogoutOutlined,
}

/** The picture of a kind on the colour of its drawer; the name always stands beside it. */
export function KindIcon({ type }: { type: string }) {
  const Icon = icons[type as BlockType] ?? ApiOutlined
  return (
    <span className={`kind-icon kind-${groupOf(type)}`} aria-hidden>
      <Icon />
    </span>
  )
}
