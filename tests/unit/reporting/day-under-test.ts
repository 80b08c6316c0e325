import type { BusinessEvent, InteractionFact } from '../../../cti-bridge/interactions/index.ts';
import { Report } from '../../../cti-bridge/reporting/index.ts';
import type { CallEnd } from '../../../shared/contracts/call.ts';
import type { ReservationCause } from '../../../shared/contracts/interaction.ts';
import {
  type AgentId,
  asId,
  type EventId,
  type InteractionId,
  type QueueId,
  type ReservationId,
  type TrunkId,
  type WorkItemId,
} from '../../../shared/ids.ts';

export const billing = asId<QueueId>('billing');
export const technical = asId<QueueId>('technical');
export const lena = asId<AgentId>('lena');
export const wei = asId<AgentId>('wei');

/** Noon of a winter's day in Shanghai and in London alike on the same date. */
export const noon = Date.UTC(2026, 10, 23, 12, 0, 0);
const threshold = 20_000;

const leftEnd: CallEnd = { by: 'caller', reason: 'abandoned', fault: 'caller' };

/** A report and the short words in which a test tells a day: who came, was answered, gave up, and when. */
export class DayUnderTest {
  readonly report: Report;
  readonly events: BusinessEvent[] = [];
  at = noon;
  #made = 0;

  constructor(timeZone = 'Europe/London') {
    this.report = new Report({ timeZone });
    for (const queueId of [billing, technical]) this.report.setThreshold(queueId, threshold);
  }

  after(ms: number): this {
    this.at += ms;
    return this;
  }

  tell(name: string, fact: InteractionFact): this {
    const event = {
      ...fact,
      id: asId<EventId>(`event-${++this.#made}`),
      at: this.at,
      interactionId: asId<InteractionId>(name),
    } as BusinessEvent;
    this.events.push(event);
    this.report.fold(event);
    return this;
  }

  comes(name: string, queueId = billing): this {
    this.tell(name, { type: 'interaction:received', channel: 'voice', direction: 'inbound', dnis: '1000', trunkId: asId<TrunkId>('t') });
    return this.tell(name, { type: 'workItem:queued', workItemId: itemOf(name), queueId, priority: 5 });
  }

  offered(name: string, agentId = lena): this {
    return this.tell(name, {
      type: 'reservation:offered',
      reservationId: offerOf(name, agentId),
      workItemId: itemOf(name),
      agentId,
      fencing: 1,
      leaseMs: 20_000,
      reasons: [],
    });
  }

  answered(name: string, agentId = lena): this {
    return this.offered(name, agentId).tell(name, { type: 'interaction:answered', reservationId: offerOf(name, agentId), agentId });
  }

  missed(name: string, cause: ReservationCause, agentId = lena): this {
    const reservationId = offerOf(name, agentId);
    return this.offered(name, agentId).tell(name, { type: 'reservation:ended', reservationId, agentId, cause, countsAgainstAgent: false });
  }

  ends(name: string, end: CallEnd = leftEnd): this {
    return this.tell(name, { type: 'interaction:ended', end });
  }

  wrapsUp(name: string, limitMs = 90_000, agentId = lena): this {
    return this.tell(name, { type: 'wrapUp:started', agentId, limitMs });
  }

  completed(name: string, agentId: AgentId | null = lena): this {
    return this.tell(name, { type: 'interaction:completed', agentId, dispositionCode: 'solved', isAutomatic: false });
  }

  moved(name: string, from: QueueId, to: QueueId): this {
    return this.tell(name, { type: 'workItem:moved', workItemId: itemOf(name), from, to, why: 'overflowed' });
  }

  diverted(name: string, queueId = billing): this {
    return this.tell(name, { type: 'workItem:diverted', workItemId: itemOf(name), queueId, why: 'waitedTooLong' });
  }

  /** They hang up and keep their place; `item` where it is not their own first call that says so. */
  promised(name: string, item = name, queueId = billing): this {
    return this.tell(name, { type: 'workItem:callbackPromised', workItemId: itemOf(item), queueId });
  }

  /** The call that was promised to `item`, an interaction of its own. */
  calledBack(name: string, item: string, queueId = billing): this {
    this.tell(name, { type: 'interaction:received', channel: 'voice', direction: 'outbound', dnis: '1000', trunkId: asId<TrunkId>('t') });
    const promisedIn = asId<InteractionId>(item);
    return this.tell(name, { type: 'workItem:calledBack', workItemId: itemOf(item), queueId, promisedIn });
  }

  returned(name: string, agentId = lena, queueId = billing): this {
    return this.tell(name, { type: 'workItem:returned', workItemId: itemOf(name), queueId, agentId });
  }

  figures(queueId = billing) {
    return this.report.figuresOf(queueId, this.at);
  }

  names(figure: Parameters<Report['contactsOf']>[1], queueId: QueueId | null = billing): readonly string[] {
    return this.report.contactsOf(queueId, figure, this.at).map((contact) => contact.interactionId);
  }
}

export const itemOf = (name: string): WorkItemId => asId(`item-${name}`);
const offerOf = (name: string, agentId: AgentId): ReservationId => asId(`offer-${name}-${agentId}`);
