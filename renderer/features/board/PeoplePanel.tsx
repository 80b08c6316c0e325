import { useStore } from 'zustand';
import type { QueueRow } from '../../../shared/contracts/board.ts';
import { useText } from '../../i18n/index.ts';
import { agentsInScope, type BoardPanel, type Stores } from '../../stores/index.ts';
import { Badge } from '../../ui/index.ts';
import type { BoardDeeds } from './deeds.ts';
import { PanelHead } from './PanelHead.tsx';
import { byState, PersonCard } from './People.tsx';
import { formulaName, formulaText, queueName } from './words.ts';

/** The people of a queue, or of all in sight, those who are free first. */
export function PeoplePanel(props: {
  readonly stores: Stores;
  readonly deeds: BoardDeeds;
  readonly panel: Extract<BoardPanel, { kind: 'people' }>;
  readonly queues: readonly QueueRow[];
}) {
  const { stores, deeds, panel, queues } = props;
  const text = useText();
  const { t } = text;
  const { board, scope, names } = useStore(stores.board);
  const ownAgentId = useStore(stores.desk, (desk) => desk.agent?.agentId ?? null);
  if (!board) return null;
  const { queueId } = panel;
  // Who serves a queue is a matter of the queue, whoever's floor is in sight.
  const inScope = queueId === null ? agentsInScope(board, scope, ownAgentId, names) : board.agents;
  const agents = byState(
    inScope.filter(({ queueIds, presence }) => (queueId === null ? presence !== 'loggedOut' : queueIds.includes(queueId))),
  );
  return (
    <>
      <PanelHead deeds={deeds} more={<Badge count={agents.length} />}>
        {queueId === null ? t('board.people') : queueName(board, queueId, text)}
      </PanelHead>
      <div className="board-side-body">
        <section className="board-formula">
          <h3 className="small text-3">
            {t('board.formula')} · {formulaName(text, 'free')}
          </h3>
          <p className="small text-2">{formulaText(text, 'free', queues)}</p>
        </section>
        <div className="people-list">
          {agents.map((agent) => (
            <PersonCard key={agent.agentId} stores={stores} deeds={deeds} board={board} agent={agent} isInPanel />
          ))}
        </div>
      </div>
    </>
  );
}
