import { useRoute } from '../router.tsx'
import { FlowList } from './FlowList.tsx'
import { FlowPage } from './FlowPage.tsx'
import './flows.css'

export default function Flows() {
  const { segments } = useRoute()
  const id = segments[1]
  return id ? <FlowPage key={id} id={id} tab={segments[2]} /> : <FlowList />
}
