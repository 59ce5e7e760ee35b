import type { AgentCard } from '../../../gateway/desk/protocol.ts'
import { useT } from '../i18n/index.ts'
import { AgentTile } from './AgentTile.tsx'
import { sortAgents } from './figures.ts'

export function AgentGrid({ agents, nowMs }: { agents: AgentCard[]; nowMs: number }) {
  const t = useT('wallboard')
  if (agents.length === 0) return <p className="wall-empty">{t('noAgents')}</p>
  return (
    <ul className="wall-agents">
      {sortAgents(agents).map((agent) => (
        <AgentTile key={agent.id} agent={agent} nowMs={nowMs} />
      ))}
    </ul>
  )
}
