import { Ear, Hand } from 'lucide-react';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { AgentRow, Board, QueueRow } from '../../../shared/contracts/board.ts';
import { useText } from '../../i18n/index.ts';
import { countFloor, floorState, floorStates, othersHands, type Stores } from '../../stores/index.ts';
import { Badge, classes, Dot, Segments } from '../../ui/index.ts';
import { Clock } from './Clock.tsx';
import type { BoardDeeds } from './deeds.ts';
import { countKey, doingText, floorTones, isOfferedWritten } from './words.ts';

export interface PeopleProps {
  readonly stores: Stores;
  readonly deeds: BoardDeeds;
  readonly board: Board;
  readonly agents: readonly AgentRow[];
  readonly queues: readonly QueueRow[];
}

export function People({ stores, deeds, board, agents, queues }: PeopleProps) {
  const { t, formats } = useText();
  const grouping = useStore(stores.board, (state) => state.grouping);
  const [isHeld, setIsHeld] = useState(false);
  const ordered = useHeldOrder(agents, isHeld);
  const counts = countFloor(agents);
  const reserved = agents.filter((agent) => floorState(agent) === 'ringing');
  const isAllOffered = reserved.every(({ works }) => works.some(isOfferedWritten));
  const card = (agent: AgentRow) => <PersonCard key={agent.agentId} stores={stores} deeds={deeds} board={board} agent={agent} />;

  return (
    <section className="board-people" aria-label={t('board.people')}>
      <div className="board-people-head">
        <h3>{t('board.people')}</h3>
        <Badge count={agents.length - counts.signedOut} />
        <span className="board-legend small text-2">
          {floorStates
            .filter((state) => counts[state] > 0)
            .map((state) => (
              <span key={state} className="row">
                <Dot tone={floorTones[state]} />
                {t(countKey(state, isAllOffered), { count: counts[state] })}
              </span>
            ))}
        </span>
        <span className="push" />
        <Segments
          label={t('board.grouping')}
          value={grouping}
          onChange={(chosen) => deeds.choose({ grouping: chosen })}
          segments={[
            { value: 'state', label: t('board.byState') },
            { value: 'queue', label: t('board.byQueue') },
          ]}
        />
      </div>
      {/* Nothing moves under the pointer or the focus: the order is kept while either is here. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it does nothing to be operated, it only holds still. */}
      <div
        onPointerEnter={() => setIsHeld(true)}
        onPointerLeave={() => setIsHeld(false)}
        onFocus={() => setIsHeld(true)}
        onBlur={() => setIsHeld(false)}
      >
        {agents.length === 0 ? <p className="board-loading text-3">{t('board.noPeople')}</p> : null}
        {grouping === 'state' ? (
          <div className="people-cards">{ordered.map(card)}</div>
        ) : (
          queues.map((queue) => {
            const serving = ordered.filter(({ queueIds }) => queueIds.includes(queue.queueId));
            return (
              <div key={queue.queueId}>
                <h4 className="people-group small text-2">
                  {queue.name[formats.language]}
                  <Badge count={serving.length} />
                </h4>
                {serving.length === 0 ? (
                  <p className="people-none small text-3">{t('board.noPeopleOf')}</p>
                ) : (
                  <div className="people-cards">{serving.map(card)}</div>
                )}
              </div>
            );
          })
        )}
      </div>
    </section>
  );
}

/** By state and then by who has been in it the longest; while it is held everybody keeps their place and newcomers stand last. */
function useHeldOrder(agents: readonly AgentRow[], isHeld: boolean): readonly AgentRow[] {
  const kept = useRef<readonly string[]>([]);
  const ordered = byState(agents);
  if (!isHeld) {
    kept.current = ordered.map(({ agentId }) => agentId);
    return ordered;
  }
  const places = new Map(kept.current.map((agentId, place) => [agentId, place]));
  const placeOf = ({ agentId }: AgentRow) => places.get(agentId) ?? places.size;
  return ordered.toSorted((a, b) => placeOf(a) - placeOf(b));
}

export function byState(agents: readonly AgentRow[]): readonly AgentRow[] {
  const place = (agent: AgentRow) => floorStates.indexOf(floorState(agent));
  return agents.toSorted((a, b) => place(a) - place(b) || a.since - b.since || (a.agentId < b.agentId ? -1 : 1));
}

export function PersonCard({
  stores,
  deeds,
  board,
  agent,
  isInPanel = false,
}: Pick<PeopleProps, 'stores' | 'deeds' | 'board'> & { readonly agent: AgentRow; readonly isInPanel?: boolean }) {
  const text = useText();
  const { t } = text;
  const names = useStore(stores.board, (state) => state.names);
  const isOpen = useStore(stores.board, ({ panels }) => panels.some((panel) => panel.kind === 'agent' && panel.agentId === agent.agentId));
  const heard = useStore(stores.desk, (desk) => desk.supervising?.interactionId);
  const isHeard = agent.works.some(({ interactionId }) => interactionId === heard);
  const asks = useStore(stores.desk, (desk) => othersHands(desk).some(({ agentId }) => agentId === agent.agentId));
  const state = floorState(agent);
  const tone = floorTones[state];
  const isLong = board.alerts.some(
    ({ code, subject }) => code === 'longWork' && subject.kind === 'agent' && subject.agentId === agent.agentId,
  );
  return (
    <button
      type="button"
      className={classes(
        'person-card',
        (isLong || asks) && 'is-long',
        isOpen && !isInPanel && 'is-open',
        state === 'signedOut' && 'is-out',
      )}
      aria-pressed={isOpen}
      onClick={() => deeds.showAgent(agent.agentId, isInPanel)}
    >
      {isHeard ? (
        <Ear className="icon icon-small tone-talking" aria-label={t('supervise.title')} />
      ) : asks ? (
        <Hand className="icon icon-small tone-waiting" aria-label={t('help.asks.this')} />
      ) : (
        <Dot tone={tone} />
      )}
      <span className="cut medium" title={agent.name}>
        {agent.name}
      </span>{' '}
      <span className={classes('small figures', tone === 'away' ? 'text-3' : `tone-${tone}`)}>
        {state === 'signedOut' ? null : <Clock stores={stores} since={agent.since} />}
      </span>{' '}
      <span className="person-card-doing small text-3">
        <span className="cut">{doingText(text, agent, board, names)}</span>
        {isLong ? <span className="nowrap">{t('board.long')}</span> : null}
      </span>
    </button>
  );
}
