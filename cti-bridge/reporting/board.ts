import type { AgentRow, Board, BoardAlert, QueueRow } from '../../shared/contracts/board.ts';
import { asId } from '../../shared/ids.ts';
import type { Report } from './report.ts';

/** How a queue stands at this moment, by those who know: the router. */
export type QueueNow = Pick<
  QueueRow,
  'queueId' | 'isOpen' | 'waiting' | 'longestWaitSince' | 'handling' | 'forCustomer' | 'snoozed' | 'people'
>;

/** A person at this moment, without the figures of their day. */
export type AgentNow = Omit<AgentRow, 'handledToday' | 'satisfactionToday' | 'lastMissed'>;

/** What an administrator set up about a queue, as far as the board shows or watches it. */
export interface WatchedQueue extends Pick<QueueRow, 'name' | 'channel' | 'target'> {
  /** Null: not watched. */
  readonly alerts: {
    readonly waitingAbove: number | null;
    readonly longestWaitAboveMs: number | null;
    readonly serviceLevelBelowPercent: number | null;
  };
}

/** Queues and people with the figures of their day; alerts are raised from these. */
export interface BoardRows {
  readonly queues: readonly (QueueRow & { readonly watched: WatchedQueue['alerts'] })[];
  readonly agents: readonly AgentRow[];
}

/** Joins what holds now with the day's figures. A queue that is not set up any more has no row. */
export function boardRows(
  report: Report,
  now: { readonly queues: readonly QueueNow[]; readonly agents: readonly AgentNow[] },
  watched: (queueId: string) => WatchedQueue | null,
  at: number,
): BoardRows {
  return {
    queues: now.queues.flatMap((queue) => {
      const settings = watched(queue.queueId);
      if (!settings) return [];
      const { name, channel, target, alerts } = settings;
      const figures = report.figuresOf(asId(queue.queueId), at);
      const { answered, abandoned, diverted, averageAnswerMs, averageHandlingMs, serviceLevelNow, serviceLevelToday, satisfaction, trend } =
        figures;
      return [
        {
          ...queue,
          name,
          channel,
          target,
          serviceLevelNow,
          serviceLevelToday,
          answered,
          abandoned,
          diverted,
          averageAnswerMs,
          averageHandlingMs,
          satisfaction,
          trend: [...trend],
          alerts: [],
          watched: alerts,
        },
      ];
    }),
    agents: now.agents.map((agent) => {
      const { handled, satisfaction, lastMissed } = report.agent(asId(agent.agentId), at);
      return { ...agent, handledToday: handled, satisfactionToday: satisfaction, lastMissed };
    }),
  };
}

/** The whole picture, as it is pushed. */
export function assembleBoard(rows: BoardRows, alerts: readonly BoardAlert[], at: number): Board {
  const raised = Map.groupBy(alerts, ({ subject }) => (subject.kind === 'queue' ? subject.queueId : null));
  return {
    at,
    queues: rows.queues.map(({ watched: _watched, ...queue }) => ({
      ...queue,
      alerts: (raised.get(queue.queueId) ?? []).flatMap(({ code }) =>
        code === 'waiting' || code === 'longestWait' || code === 'serviceLevel' ? [code] : [],
      ),
    })),
    agents: [...rows.agents],
    alerts: [...alerts],
  };
}
