import { type Configuration, weekdays } from '../../../shared/contracts/configuration.ts';
import { asId, type QueueId } from '../../../shared/ids.ts';
import { isOpenAt, lineOf, queueView, type RouterState } from '../../acd/index.ts';
import type { HouseFacts } from '../../ivr/index.ts';
import type { Clock } from '../../kernel/index.ts';

export interface CurrentFactsParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly configuration: () => Pick<Configuration, 'hours' | 'organisation'>;
  readonly routerState: () => RouterState;
}

/**
 * What the house knows of itself at the moment it is asked:
 *
 *     hours.ID.open  hours.ID.holiday                               on the clock of those hours
 *     queue.ID.waiting  queue.ID.freeAgents                         those who could be given one of its items now
 *     queue.ID.expectedWaitSeconds                                  of somebody who came last; unknown before anything was handled there
 *     now.time  now.day  now.date                                   on the clock of the organisation
 */
export function currentFacts({ clock, configuration, routerState }: CurrentFactsParts): HouseFacts {
  return {
    fact(name) {
      const [kind, ...rest] = name.split('.');
      const what = rest.pop();
      if (what === undefined) return undefined;
      switch (kind) {
        case 'hours':
          return factOfHours(configuration().hours, rest.join('.'), what, clock.now());
        case 'queue':
          return factOfQueue(routerState(), asId<QueueId>(rest.join('.')), what);
        case 'now':
          return rest.length === 0 ? factOfNow(configuration().organisation.timeZone, what, clock.now()) : undefined;
        default:
          return undefined;
      }
    },
  };
}

const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');

/** Of hours at a moment: `open` and `holiday`, on their own clock. */
export function factOfHours(all: Configuration['hours'], id: string, what: string, at: number): string | undefined {
  const hours = all.find((each) => each.id === id);
  if (!hours) return undefined;
  if (what === 'open') return yesOrNo(isOpenAt(hours, at));
  if (what === 'holiday') return yesOrNo(hours.holidays.some(({ date }) => date === wallClock(hours.timeZone, at).date));
  return undefined;
}

function factOfQueue(state: RouterState, queueId: QueueId, what: string): string | undefined {
  const line = lineOf(state, queueId);
  if (!line) return undefined;
  const { waiting, agentsFree } = queueView(state, queueId);
  switch (what) {
    case 'waiting':
      return String(waiting);
    case 'freeAgents':
      return String(agentsFree);
    case 'expectedWaitSeconds': {
      if (agentsFree > 0 && waiting === 0) return '0';
      const { handling, serving } = line;
      if (handling.count === 0 || serving === 0) return undefined;
      return String(Math.round(((waiting + 1) * handling.averageMs) / serving / 1_000));
    }
    default:
      return undefined;
  }
}

function factOfNow(timeZone: string, what: string, at: number): string | undefined {
  const { date, time, day } = wallClock(timeZone, at);
  return new Map(Object.entries({ time, day, date })).get(what);
}

/** Making a format costs a thousand times using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-22`, `08:30`, `sun`. */
export function wallClock(timeZone: string, at: number): { readonly date: string; readonly time: string; readonly day: string } {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(timeZone, format);
  const [date = '', time = ''] = format.format(at).split(' ');
  const day = weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? '';
  return { date, time, day };
}
