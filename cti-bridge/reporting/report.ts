import type { BoardFigure } from '../../shared/contracts/board.ts';
import type { Channel } from '../../shared/contracts/contact.ts';
import type { ReservationCause } from '../../shared/contracts/interaction.ts';
import type { AgentId, InteractionId, QueueId, ReservationId, WorkItemId } from '../../shared/ids.ts';
import type { BusinessEvent, InteractionEvent } from '../interactions/index.ts';
import { AgentDay, ContactsInHand, type HandledContact } from './agent-day.ts';
import { LocalDays } from './local-days.ts';
import { type Outcome, outcomes, QueueDay, ServiceLevelMinutes } from './queue-day.ts';
import type { Rating, Ratings } from './ratings.ts';
import { serviceLevel, serviceLevelCount } from './service-level.ts';

/** One contact as the figures know it: ids and times, no names. */
export interface ReportedContact {
  readonly interactionId: InteractionId;
  readonly workItemId: WorkItemId;
  readonly channel: Channel;
  /** Where it waits, or where its waiting ended. */
  readonly queueId: QueueId;
  readonly receivedAt: number;
  readonly queuedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  /** Until the first answer, or until it ended otherwise; null while it waits. */
  readonly waitedMs: number | null;
  /** Who had it last. */
  readonly agentId: AgentId | null;
}

type Stage = 'waiting' | 'handling' | 'over';

interface Contact extends ReportedContact {
  queueId: QueueId;
  answeredAt: number | null;
  endedAt: number | null;
  waitedMs: number | null;
  agentId: AgentId | null;
  stage: Stage;
  outcome: Outcome | null;
  outcomeAt: number;
  /** When the agent who has it took it, and when their wrap-up is over at the latest. */
  takenAt: number;
  wrapUpEndsAt: number | null;
}

export type QueueFigures = ReturnType<Report['figuresOf']>;

/** What counts as an offer an agent missed. A caller who left, or somebody else who was quicker, is nobody's miss. */
const missed: readonly ReservationCause[] = ['noAnswer', 'rejected', 'deviceUnreachable', 'mediaFailed', 'agentGone'];

/** Days kept: today's, and yesterday's for what is still asked about it a moment after midnight. */
const daysKept = 2;

interface Day {
  readonly queues: Map<QueueId, QueueDay>;
  readonly agents: Map<AgentId, AgentDay>;
}

/** What is counted from events; how written work is parked, its stories know. */
export const reportedFigures = [
  'waiting',
  'answered',
  'answeredInTime',
  'abandoned',
  'diverted',
  'handling',
] as const satisfies readonly BoardFigure[];
export type ReportedFigure = (typeof reportedFigures)[number] | 'cutOff';

/**
 * The figures of the day, folded from interaction events: the same events in the same order give the same report, live or read back from
 * the store. It folds in place: one owner, nothing copied.
 *
 * A contact has one outcome, its first, in the queue and at the moment it happened; somebody answered who comes back to the queue stays
 * answered. An event counts in the day its own time is in, so a clock that is set takes nothing away from either day. The wait is counted
 * from the first queue on, through every move.
 */
export class Report {
  readonly #days: LocalDays;
  readonly #thresholds = new Map<QueueId, number>();
  readonly #defaultThresholdMs: number;
  readonly #byDay = new Map<number, Day>();
  readonly #minutes = new Map<QueueId, ServiceLevelMinutes>();
  readonly #interactions = new Map<InteractionId, { receivedAt: number; channel: Channel; items: Set<WorkItemId> }>();
  readonly #contacts = new Map<WorkItemId, Contact>();
  readonly #reservations = new Map<ReservationId, WorkItemId>();
  readonly #open: { readonly waiting: Map<QueueId, Set<Contact>>; readonly handling: Map<QueueId, Set<Contact>> } = {
    waiting: new Map(),
    handling: new Map(),
  };
  readonly #inHand = new ContactsInHand();
  readonly #lastMissed = new Map<AgentId, { readonly at: number; readonly cause: ReservationCause }>();

  constructor(options: { readonly timeZone: string; readonly defaultThresholdMs?: number }) {
    this.#days = new LocalDays(options.timeZone);
    this.#defaultThresholdMs = options.defaultThresholdMs ?? 20_000;
  }

  /** Midnight before `at`, on the organisation's clock. */
  startOfDay(at: number): number {
    return this.#days.dayOf(at).startsAt;
  }

  /** What "in time" means for a queue. A change holds for the whole day, so that the figure is what its formula says. */
  setThreshold(queueId: QueueId, thresholdMs: number): void {
    if (this.#thresholds.get(queueId) === thresholdMs) return;
    this.#thresholds.set(queueId, thresholdMs);
    for (const day of this.#byDay.values()) day.queues.get(queueId)?.recount(thresholdMs);
    this.#recountMinutes(queueId, thresholdMs);
  }

  fold(event: BusinessEvent): void {
    if ('interactionId' in event) this.#foldInteraction(event);
  }

  /** One queue's figures of the day that `at` is in, and of the minutes before it. */
  figuresOf(queueId: QueueId, at: number) {
    const day = this.#byDay.get(this.startOfDay(at))?.queues.get(queueId);
    const levels = this.#minutes.get(queueId);
    const { lists, answeredInTime, queued, waitedMs, handled, handledMs, serviceLevel: today, ratings } = day ?? new QueueDay();
    return {
      queued,
      answered: lists.answered.length,
      answeredInTime: answeredInTime.length,
      abandoned: lists.abandoned.length,
      diverted: lists.diverted.length,
      cutOff: lists.cutOff.length,
      waiting: this.#open.waiting.get(queueId)?.size ?? 0,
      handling: this.#open.handling.get(queueId)?.size ?? 0,
      averageAnswerMs: lists.answered.length > 0 ? Math.round(waitedMs / lists.answered.length) : null,
      averageHandlingMs: handled > 0 ? Math.round(handledMs / handled) : null,
      serviceLevelNow: serviceLevel(levels?.last(30, at) ?? { inTime: 0, of: 0 }),
      serviceLevelToday: serviceLevel(today),
      satisfaction: ratings.figure,
      trend: levels ? levels.quarters(16, at).map((quarter) => serviceLevel(quarter).percent) : Array<null>(16).fill(null),
    };
  }

  /** The contacts behind a figure, as many as it says, oldest first; of all queues when none is named. */
  contactsOf(queueId: QueueId | null, figure: ReportedFigure, at: number): readonly ReportedContact[] {
    if (figure === 'waiting' || figure === 'handling') {
      const open = this.#open[figure];
      return queueId ? [...(open.get(queueId) ?? [])] : [...open.values()].flatMap((contacts) => [...contacts]);
    }
    const queues = this.#byDay.get(this.startOfDay(at))?.queues;
    const days = queueId ? [queues?.get(queueId)] : [...(queues?.values() ?? [])];
    return days.flatMap((day) => (!day ? [] : figure === 'answeredInTime' ? day.answeredInTime : day.lists[figure]));
  }

  contact(workItemId: WorkItemId): ReportedContact | null {
    return this.#contacts.get(workItemId) ?? null;
  }

  /** What an agent did in the day that `at` is in. */
  agent(
    agentId: AgentId,
    at: number,
  ): {
    readonly handled: number;
    readonly averageHandlingMs: number | null;
    readonly satisfaction: Ratings['figure'];
    readonly lastMissed: { at: number; cause: ReservationCause } | null;
  } {
    const startsAt = this.startOfDay(at);
    const lastMissed = this.#lastMissed.get(agentId);
    const day = this.#byDay.get(startsAt)?.agents.get(agentId) ?? new AgentDay();
    return {
      handled: day.handled.length,
      averageHandlingMs: day.averageHandlingMs,
      satisfaction: day.ratings.figure,
      lastMissed: lastMissed && lastMissed.at >= startsAt ? lastMissed : null,
    };
  }

  /** What they completed in the day that `at` is in, as many as `agent` says, oldest first. */
  handledBy(agentId: AgentId, at: number): readonly HandledContact[] {
    return this.#byDay.get(this.startOfDay(at))?.agents.get(agentId)?.handled ?? [];
  }

  /** What their customers answered in the day that `at` is in, as many as `agent` says. */
  ratingsOf(agentId: AgentId, at: number): readonly Rating[] {
    return this.#byDay.get(this.startOfDay(at))?.agents.get(agentId)?.ratings.all ?? [];
  }

  #foldInteraction(event: InteractionEvent): void {
    this.#inHand.fold(event);
    switch (event.type) {
      case 'interaction:received':
        this.#interactions.set(event.interactionId, { receivedAt: event.at, channel: event.channel, items: new Set() });
        return;
      case 'workItem:queued':
        this.#queueDay(event.queueId, event.at).queued++;
        return this.#enter(event, event.queueId);
      case 'workItem:returned':
        return this.#enter(event, event.queueId);
      case 'workItem:moved': {
        const contact = this.#contacts.get(event.workItemId);
        if (contact?.stage !== 'waiting') return;
        this.#queueDay(event.to, event.at).queued++;
        return this.#enter(event, event.to);
      }
      case 'workItem:diverted': {
        const contact = this.#contacts.get(event.workItemId);
        if (contact?.stage !== 'waiting') return;
        this.#leave(contact);
        contact.queueId = event.queueId;
        return this.#settle(contact, 'diverted', event.at);
      }
      // They hang up and wait on: from here to the call that was promised, no interaction's end is theirs.
      case 'workItem:callbackPromised':
        this.#interactions.get(event.interactionId)?.items.delete(event.workItemId);
        return;
      case 'workItem:calledBack':
        if (!this.#contacts.has(event.workItemId)) return this.#enter(event, event.queueId);
        this.#interactions.get(event.interactionId)?.items.add(event.workItemId);
        return;
      case 'workItem:canceled':
        return this.#canceled(event);
      case 'reservation:offered':
        this.#reservations.set(event.reservationId, event.workItemId);
        return;
      case 'reservation:ended':
        this.#reservations.delete(event.reservationId);
        if (missed.includes(event.cause)) this.#lastMissed.set(event.agentId, { at: event.at, cause: event.cause });
        return;
      case 'interaction:answered':
        return this.#answered(event);
      case 'wrapUp:started':
        for (const contact of this.#of(event.interactionId, 'handling'))
          contact.wrapUpEndsAt = event.limitMs === null ? null : event.at + event.limitMs;
        return;
      case 'wrapUp:extended':
        for (const contact of this.#of(event.interactionId, 'handling'))
          if (contact.wrapUpEndsAt !== null) contact.wrapUpEndsAt += event.byMs;
        return;
      case 'interaction:ended': {
        for (const contact of this.#of(event.interactionId)) contact.endedAt ??= event.at;
        for (const contact of this.#of(event.interactionId, 'waiting')) {
          this.#leave(contact);
          this.#settle(contact, event.end.by === 'caller' ? 'abandoned' : 'cutOff', event.at, event.waitedMs);
        }
        // Somebody the agent had when we stopped: how long they talked is not known.
        if (event.end.reason === 'shutdown') for (const contact of this.#of(event.interactionId, 'handling')) contact.takenAt = Number.NaN;
        if (this.#interactions.get(event.interactionId)?.items.size === 0) this.#interactions.delete(event.interactionId);
        return;
      }
      case 'ivr:surveyAnswered':
        for (const { queueId, agentId } of this.#of(event.interactionId))
          this.#rated(`${event.interactionId} ${event.attribute}`, event, queueId, agentId, 'voice');
        return;
      case 'survey:answered':
        return this.#rated(event.interactionId, event, event.queueId, event.agentId, event.by === 'widget' ? 'chat' : null);
      case 'interaction:completed':
        return this.#completed(event);
      default:
        return;
    }
  }

  /** It waits in this queue from now on: for the first time, moved from another, or come back from an agent. */
  #enter({ interactionId, at, workItemId }: InteractionEvent & { readonly workItemId: WorkItemId }, queueId: QueueId): void {
    const interaction = this.#interactions.get(interactionId);
    interaction?.items.add(workItemId);
    let contact = this.#contacts.get(workItemId);
    if (!contact) {
      contact = {
        interactionId,
        workItemId,
        channel: interaction?.channel ?? 'voice',
        queueId,
        receivedAt: interaction?.receivedAt ?? at,
        queuedAt: at,
        answeredAt: null,
        endedAt: null,
        waitedMs: null,
        agentId: null,
        stage: 'waiting',
        outcome: null,
        outcomeAt: at,
        takenAt: at,
        wrapUpEndsAt: null,
      };
      this.#contacts.set(workItemId, contact);
    }
    this.#leave(contact);
    contact.queueId = queueId;
    this.#place(contact, 'waiting');
  }

  /** A promised call that will not be made. Who rang us instead is counted in that call; nobody reached whom we then tried to call. */
  #canceled({ workItemId, queueId, why, at }: Extract<InteractionEvent, { type: 'workItem:canceled' }>): void {
    const contact = this.#contacts.get(workItemId);
    if (contact?.stage !== 'waiting') return;
    this.#leave(contact);
    contact.queueId = queueId;
    if (why === 'calledAgain' && contact.outcome === null) this.#drop(contact);
    else this.#settle(contact, 'diverted', at);
  }

  #answered(event: Extract<InteractionEvent, { type: 'interaction:answered' }>): void {
    const { at, agentId, reservationId } = event;
    const workItemId = this.#reservations.get(reservationId);
    this.#reservations.delete(reservationId);
    this.#lastMissed.delete(agentId);
    const contact = workItemId && this.#contacts.get(workItemId);
    const channel = this.#interactions.get(event.interactionId)?.channel ?? 'voice';
    this.#inHand.answered(event, { channel, queueId: contact ? contact.queueId : null });
    if (!contact || contact.stage === 'over') return;
    this.#leave(contact);
    Object.assign(contact, { agentId, takenAt: at, wrapUpEndsAt: null, answeredAt: contact.answeredAt ?? at });
    if (contact.outcome === null) this.#settle(contact, 'answered', at, event.waitedMs);
    this.#place(contact, 'handling');
  }

  #completed(event: Extract<InteractionEvent, { type: 'interaction:completed' }>): void {
    const { interactionId, at, agentId } = event;
    const handled = this.#inHand.completed(event);
    const channel = handled.channel ?? this.#interactions.get(interactionId)?.channel ?? 'voice';
    for (const contact of this.#of(interactionId, 'handling')) {
      this.#leave(contact);
      // A wrap-up that was open when the bridge stopped is completed at the next start, perhaps hours later.
      const until = contact.wrapUpEndsAt === null ? at : Math.min(at, contact.wrapUpEndsAt);
      if (!this.#byDay.has(this.startOfDay(contact.outcomeAt))) this.#drop(contact);
      if (agentId === null || (event.handlingMs === undefined && Number.isNaN(contact.takenAt))) continue;
      const day = this.#queueDay(contact.queueId, at);
      day.handled++;
      day.handledMs += event.handlingMs ?? Math.max(0, until - contact.takenAt);
    }
    if (agentId === null) return;
    this.#agentDay(agentId, at).add({ ...handled, channel });
  }

  #rated(
    question: string,
    event: { readonly interactionId: InteractionId; readonly at: number; readonly score: number; readonly highest: number },
    queueId: QueueId | null,
    agentId: AgentId | null,
    channel: Channel | null,
  ): void {
    const { interactionId, at, score, highest } = event;
    const given = { interactionId, queueId, channel, at, score, highest };
    if (queueId !== null) this.#queueDay(queueId, at).ratings.add(question, given);
    if (agentId === null) return;
    this.#agentDay(agentId, at).ratings.add(question, given);
  }

  /** Its waiting has ended, and how: once, and for good. */
  #settle(contact: Contact, outcome: Outcome, at: number, measuredMs?: number): void {
    if (contact.outcome !== null) return;
    const waitedMs = Math.max(0, Math.round(measuredMs ?? at - contact.queuedAt));
    Object.assign(contact, { outcome, outcomeAt: at, waitedMs });
    const count = this.#queueDay(contact.queueId, at).add(contact, outcome, waitedMs, this.#thresholdOf(contact.queueId));
    if (count.of > 0) this.#minutesOf(contact.queueId).add(at, count);
  }

  #leave(contact: Contact): void {
    if (contact.stage !== 'over') this.#open[contact.stage].get(contact.queueId)?.delete(contact);
    contact.stage = 'over';
  }

  #place(contact: Contact, stage: 'waiting' | 'handling'): void {
    contact.stage = stage;
    const open = this.#open[stage];
    const inQueue = open.get(contact.queueId);
    if (inQueue) inQueue.add(contact);
    else open.set(contact.queueId, new Set([contact]));
  }

  #of(interactionId: InteractionId, stage?: Stage): readonly Contact[] {
    const items = this.#interactions.get(interactionId)?.items ?? [];
    return [...items].flatMap((workItemId) => {
      const contact = this.#contacts.get(workItemId);
      return contact && (stage === undefined || contact.stage === stage) ? [contact] : [];
    });
  }

  #thresholdOf(queueId: QueueId): number {
    return this.#thresholds.get(queueId) ?? this.#defaultThresholdMs;
  }

  #minutesOf(queueId: QueueId): ServiceLevelMinutes {
    let levels = this.#minutes.get(queueId);
    if (!levels) this.#minutes.set(queueId, (levels = new ServiceLevelMinutes()));
    return levels;
  }

  #recountMinutes(queueId: QueueId, thresholdMs: number): void {
    const levels = this.#minutes.get(queueId);
    if (!levels) return;
    levels.clear();
    const settled = [...this.#byDay.values()].flatMap((day) => {
      const lists = day.queues.get(queueId)?.lists;
      return [...(lists?.answered ?? []), ...(lists?.abandoned ?? [])] as Contact[];
    });
    // In the order of time: what is looked back on longest ago is let go of first.
    for (const { outcome, outcomeAt, waitedMs } of settled.sort((a, b) => a.outcomeAt - b.outcomeAt))
      if (outcome === 'answered' || outcome === 'abandoned') levels.add(outcomeAt, serviceLevelCount(outcome, waitedMs ?? 0, thresholdMs));
  }

  #queueDay(queueId: QueueId, at: number): QueueDay {
    const { queues } = this.#day(at);
    let day = queues.get(queueId);
    if (!day) queues.set(queueId, (day = new QueueDay()));
    return day;
  }

  #agentDay(agentId: AgentId, at: number): AgentDay {
    const { agents } = this.#day(at);
    let day = agents.get(agentId);
    if (!day) agents.set(agentId, (day = new AgentDay()));
    return day;
  }

  /** The day that `at` is in. A new one lets go of the one least lately counted in, and of what only that one knew. */
  #day(at: number): Day {
    const startsAt = this.startOfDay(at);
    const known = this.#byDay.get(startsAt);
    const day = known ?? { queues: new Map(), agents: new Map() };
    if (known && [...this.#byDay.keys()].at(-1) === startsAt) return known;
    this.#byDay.delete(startsAt);
    this.#byDay.set(startsAt, day);
    for (const oldest of [...this.#byDay.keys()].slice(0, -daysKept)) this.#forget(oldest);
    return day;
  }

  #forget(startsAt: number): void {
    const day = this.#byDay.get(startsAt);
    this.#byDay.delete(startsAt);
    for (const { lists } of day?.queues.values() ?? []) {
      for (const contact of outcomes.flatMap((outcome) => lists[outcome]) as Contact[]) {
        if (contact.stage === 'over') this.#drop(contact);
      }
    }
  }

  #drop(contact: Contact): void {
    this.#contacts.delete(contact.workItemId);
    const interaction = this.#interactions.get(contact.interactionId);
    interaction?.items.delete(contact.workItemId);
    if (interaction?.items.size === 0) this.#interactions.delete(contact.interactionId);
  }
}
