import type { ContactRecord, TimelinePage } from '../../../shared/contracts/contact.ts';
import { type AgentId, asId, type ContactId } from '../../../shared/ids.ts';
import type { Arrival, CustomerScope, Identified, PreferredAgents, TimelineFilter } from '../../crm/index.ts';
import type { ReadHandle } from '../schema.ts';
import { readCards } from './contact/cards.ts';
import { identifyArrival } from './contact/identify.ts';
import { readRecordOf } from './contact/record.ts';
import { companyOf, isInScope, withCompaniesIn } from './contact/summary.ts';
import { readTimelineOf } from './contact/timeline.ts';

/** What a call and its desktop wait for. A person is read by any id of theirs, over all their cards. */
export const contactReads = {
  identifyArrival: (db: ReadHandle, arrival: Arrival, at: number): Promise<Identified> => identifyArrival(db, arrival, at),

  async preferredAgents(db: ReadHandle, contactId: ContactId): Promise<PreferredAgents> {
    const cards = await readCards(db, contactId);
    if (cards.length === 0) return { lastAgent: null, accountManager: null };
    const last = await db
      .selectFrom('interaction')
      .select(['agent_id', 'completed_at'])
      .where('contact_id', 'in', idsOf(cards))
      .where('agent_id', 'is not', null)
      .where('completed_at', 'is not', null)
      .orderBy('received_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    const manager = companyOf(cards)?.manager_agent_id ?? null;
    return {
      lastAgent: last?.agent_id == null ? null : { agentId: asId<AgentId>(last.agent_id), at: last.completed_at ?? 0 },
      accountManager: manager === null ? null : asId<AgentId>(manager),
    };
  },

  async readRecord(db: ReadHandle, contactId: ContactId, at: number, scope: CustomerScope): Promise<ContactRecord | null> {
    const cards = await readCards(db, contactId);
    return cards.length === 0 || !isInScope(cards, scope) ? null : readRecordOf(db, withCompaniesIn(cards, scope), at);
  },

  async readPerson(
    db: ReadHandle,
    contactId: ContactId,
    at: number,
  ): Promise<{ readonly record: ContactRecord; readonly cardIds: readonly string[] } | null> {
    const cards = await readCards(db, contactId);
    return cards.length === 0 ? null : { record: await readRecordOf(db, cards, at), cardIds: idsOf(cards) };
  },

  async readTimeline(
    db: ReadHandle,
    contactId: ContactId,
    before: number | null,
    limit: number,
    filter: TimelineFilter,
    scope: CustomerScope,
  ): Promise<TimelinePage> {
    const cards = await readCards(db, contactId);
    return cards.length === 0 || !isInScope(cards, scope)
      ? { items: [], total: 0, nextBefore: null }
      : readTimelineOf(db, idsOf(cards), before, limit, filter);
  },

  async callsSince(db: ReadHandle, normalised: string | null, since: readonly number[], before: number): Promise<readonly number[]> {
    const counts: number[] = [];
    for (const from of since) {
      const { count } = await db
        .selectFrom('interaction')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('number', 'is', normalised)
        .where('received_at', '>=', from)
        .where('received_at', '<', before)
        .executeTakeFirstOrThrow();
      counts.push(count);
    }
    return counts;
  },
};

const idsOf = (cards: readonly { readonly contact_id: string }[]) => cards.map((card) => card.contact_id);
