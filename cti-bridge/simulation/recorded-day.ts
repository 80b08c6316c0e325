import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { AgentId, InteractionId, QueueId, ReservationId } from '../../shared/ids.ts';
import type { AgentEvent, InteractionEvent } from '../interactions/index.ts';
import type { Scenario } from './scenario.ts';

/** What a bridge stored of one day. */
export interface RecordedDay {
  /** Of the organisation's own time zone. */
  readonly date: string;
  readonly configuration: Configuration;
  /** In the order in which they happened; all of every interaction that was queued on that day. */
  readonly events: readonly InteractionEvent[];
  /** Also of the day before, for who was there at midnight. */
  readonly agentEvents: readonly AgentEvent[];
  readonly startsAt: number;
  readonly endsAt: number;
}

/**
 * A recorded day as a scenario: who came when and for how long, who was at work when, how quickly they picked up.
 *
 * How long somebody who was answered would have waited is not known, only that it is longer than they did. Their patience is drawn as what
 * they waited and an exponential more; its mean, all waiting of a queue divided by the number who left, is what the waits make most likely
 * (maximum likelihood with censored observations). Of those who left, the handling is drawn from the others'. People's times are to the minute.
 */
export function scenarioOfDay(day: RecordedDay): Scenario {
  const { timeZone } = day.configuration.organisation;
  const clock = wallClock(timeZone);
  const contacts = contactsOf(day);
  const people = peopleOf(day, clock);
  const moments = [
    ...contacts.map(({ queuedAt }) => clock(queuedAt).slice(0, 2)),
    ...people.flatMap(({ shifts }) => shifts.map(({ from }) => from.slice(0, 2))),
  ];
  const ends = [
    ...contacts.map(({ queuedAt }) => clock(queuedAt).slice(0, 2)),
    ...people.flatMap(({ shifts }) => shifts.map(({ to }) => hourBefore(to))),
  ];
  const offers = offersOf(day.events);
  const answered = contacts.filter(({ answeredAt }) => answeredAt !== null).length;
  return {
    name: `Recorded ${day.date}`,
    note: `${contacts.length} contacts, ${answered} of them answered: their patience is only known to be longer than their wait.`,
    date: day.date,
    timeZone,
    from: `${moments.reduce((least, hour) => (hour < least ? hour : least), '23')}:00`,
    to: `${String(Number(ends.reduce((most, hour) => (hour > most ? hour : most), '00')) + 1).padStart(2, '0')}:00`,
    configuration: day.configuration,
    demand: [...Map.groupBy(contacts, ({ queueId }) => queueId)].map(([queue, own]) => demandOf(queue, own, clock)),
    agents: people.map(({ agentId, group, shifts }) => ({
      group,
      who: { kind: 'person', agent: agentId },
      shifts,
      answerDelay: offers.delays.length > 0 ? { kind: 'empirical', seconds: offers.delays } : { kind: 'fixed', seconds: 3 },
      rejects: offers.rejected,
      leavesRinging: offers.unanswered,
    })),
  };
}

interface RecordedContact {
  readonly queueId: QueueId;
  readonly queuedAt: number;
  answeredAt: number | null;
  waitedMs: number | null;
  /** Left while waiting, of their own. */
  hasLeft: boolean;
  endedAt: number | null;
  wrapUpAt: number | null;
  completedAt: number | null;
}

function contactsOf({ events, startsAt, endsAt }: RecordedDay): RecordedContact[] {
  const contacts = new Map<InteractionId, RecordedContact>();
  for (const event of events) {
    const contact = contacts.get(event.interactionId);
    if (event.type === 'workItem:queued' && contact === undefined && event.at >= startsAt && event.at < endsAt) {
      contacts.set(event.interactionId, {
        queueId: event.queueId,
        queuedAt: event.at,
        answeredAt: null,
        waitedMs: null,
        hasLeft: false,
        endedAt: null,
        wrapUpAt: null,
        completedAt: null,
      });
    }
    if (contact === undefined) continue;
    if (event.type === 'interaction:answered' && contact.answeredAt === null) {
      contact.answeredAt = event.at;
      contact.waitedMs = event.waitedMs ?? event.at - contact.queuedAt;
    } else if (event.type === 'interaction:ended' && contact.endedAt === null) {
      contact.endedAt = event.at;
      if (contact.answeredAt !== null) continue;
      contact.waitedMs = event.waitedMs ?? event.at - contact.queuedAt;
      contact.hasLeft = event.end.by === 'caller';
    } else if (event.type === 'wrapUp:started') contact.wrapUpAt ??= event.at;
    else if (event.type === 'interaction:completed') contact.completedAt ??= event.at;
  }
  return [...contacts.values()].sort((a, b) => a.queuedAt - b.queuedAt);
}

const handlingOf = ({ answeredAt, endedAt }: RecordedContact) => (answeredAt === null || endedAt === null ? null : endedAt - answeredAt);
const wrapUpOf = ({ wrapUpAt, completedAt }: RecordedContact) =>
  wrapUpAt === null || completedAt === null ? null : completedAt - wrapUpAt;
/** Never below nothing, should a clock have been set. */
const inSeconds = (ms: number) => Math.max(0, ms) / 1_000;

function demandOf(queue: string, contacts: readonly RecordedContact[], clock: (at: number) => string): Scenario['demand'][number] {
  const known = (of: (contact: RecordedContact) => number | null) => contacts.flatMap((contact) => of(contact) ?? []).map(inSeconds);
  const [handled, wrapped] = [known(handlingOf), known(wrapUpOf)];
  const waited = known(({ waitedMs }) => waitedMs).reduce((sum, seconds) => sum + seconds, 0);
  const left = contacts.filter(({ hasLeft }) => hasLeft).length;
  return {
    queue,
    arrivals: {
      kind: 'recorded',
      contacts: contacts.map((contact) => {
        const [handling, wrapUp] = [handlingOf(contact), wrapUpOf(contact)];
        const wait = contact.waitedMs === null ? null : inSeconds(contact.waitedMs);
        return {
          at: clock(contact.queuedAt),
          ...(handling === null ? {} : { handlingSeconds: inSeconds(handling) }),
          ...(handling === null ? {} : { wrapUpSeconds: inSeconds(wrapUp ?? 0) }),
          ...(wait === null ? {} : contact.hasLeft ? { patienceSeconds: wait } : { waitedSeconds: wait }),
        };
      }),
    },
    handling: handled.length > 0 ? { kind: 'empirical', seconds: handled } : { kind: 'exponential', meanSeconds: 180 },
    wrapUp: wrapped.length > 0 ? { kind: 'empirical', seconds: wrapped } : null,
    patience: left > 0 && waited > 0 ? { kind: 'exponential', meanSeconds: Math.min(864_000, waited / left) } : null,
  };
}

function offersOf(events: readonly InteractionEvent[]) {
  const offered = new Map<ReservationId, number>();
  const delays: number[] = [];
  let [rejected, unanswered, all] = [0, 0, 0];
  for (const event of events) {
    if (event.type === 'reservation:offered') offered.set(event.reservationId, event.at);
    if (event.type !== 'reservation:ended') continue;
    const at = offered.get(event.reservationId);
    if (at === undefined || !['answered', 'rejected', 'noAnswer'].includes(event.cause)) continue;
    all++;
    if (event.cause === 'answered') delays.push(inSeconds(event.at - at));
    else if (event.cause === 'rejected') rejected++;
    else unanswered++;
  }
  return { delays, rejected: all === 0 ? 0 : rejected / all, unanswered: all === 0 ? 0 : unanswered / all };
}

type Shifts = Scenario['agents'][number]['shifts'];

/** Who was at work when, from the presence they chose or were given; what was not ready in between is a break. */
function peopleOf(day: RecordedDay, clock: (at: number) => string): { agentId: AgentId; group: string; shifts: Shifts }[] {
  const { configuration, startsAt, endsAt } = day;
  const chosen = Map.groupBy(
    day.agentEvents.filter((event) => event.type === 'agent:presenceChanged'),
    ({ agentId }) => agentId,
  );
  return configuration.users.flatMap(({ agent }) => {
    if (agent === null) return [];
    const agentId = agent.id as AgentId;
    const minute = (at: number) => (at >= endsAt ? '24:00' : clock(at).slice(0, 5));
    const shifts: { from: string; to: string; breaks: { at: string; minutes: number }[] }[] = [];
    const changes = chosen.get(agentId) ?? [];
    for (const [index, { presence, at }] of changes.entries()) {
      const from = Math.max(at, startsAt);
      const to = Math.min(changes[index + 1]?.at ?? endsAt, endsAt);
      if (presence === 'loggedOut' || to <= from || minute(from) === minute(to)) continue;
      const last = shifts.at(-1);
      const goesOn = last !== undefined && last.to === minute(from);
      const shift = goesOn ? last : { from: minute(from), to: minute(to), breaks: [] };
      if (!goesOn) shifts.push(shift);
      shift.to = minute(to);
      if (presence === 'notReady')
        shift.breaks.push({ at: minute(from), minutes: Math.min(480, Math.max(1, Math.round((to - from) / 60_000))) });
    }
    return shifts.length === 0 ? [] : [{ agentId, group: agent.team ?? 'people', shifts }];
  });
}

/** The hour in which something ended at this time is over: `17` for 17:30, `16` for 17:00. */
function hourBefore(to: string): string {
  const [hour, minute] = [Number(to.slice(0, 2)), Number(to.slice(3, 5))];
  return String(minute === 0 ? Math.max(0, hour - 1) : hour).padStart(2, '0');
}

/** `HH:MM:SS.mmm` on the clock of the time zone. */
function wallClock(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return (at) => `${format.format(at)}.${String(Math.floor(at) % 1_000).padStart(3, '0')}`;
}
