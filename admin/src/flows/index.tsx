import { useRoute } from '../router.tsx'
import { FlowList } from './FlowList.tsx'
import { FlowPage } from './FlowPage.tsx'
import './flows.css'

export default function Flows() {
  const { segments } = useRoute()
  const id = segments[1]
  // no flow has the id `-`: what belongs to all of them stands there
  if (id === undefined || id === '-')
    return <FlowList tab={segments[2] === 'routes' ? 'routes' : 'flows'} />
  return <FlowPage key={id} id={id} tab={segments[2]} />
}
