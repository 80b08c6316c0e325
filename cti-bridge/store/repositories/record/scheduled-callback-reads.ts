import { sql } from 'kysely';
import type { CallbackOutcome, CustomerScope, StandingCallback } from '../../../crm/index.ts';
import type { ReadHandle } from '../../schema.ts';
import { agentNames } from './case-reads.ts';
import { readGroup } from './group.ts';
import { isVisiblePerson } from './visible-person.ts';

export const standingStates = ['agreed', 'inLine'] as const;
/** More than one agent can have promised. */
const mostShown = 500;

export const scheduledCallbackReads = {
  readStandingCallbacks: (db: ReadHandle): Promise<StandingCallback[]> => standingWhere(db, { most: null }),

  async readScheduledCallbacksOf(db: ReadHandle, contactId: string, scope: CustomerScope): Promise<StandingCallback[] | null> {
    const group = await readGroup(db, contactId, scope);
    return group && standingWhere(db, { contactIds: group.contactIds });
  },

  readScheduledCallbacksOfAgent: (db: ReadHandle, agentId: string, scope: CustomerScope): Promise<StandingCallback[]> =>
    standingWhere(db, { agentId, scope }),

  async findScheduledCallback(db: ReadHandle, callbackId: string, scope: CustomerScope): Promise<StandingCallback | null> {
    const [found] = await standingWhere(db, { callbackId, scope });
    return found ?? null;
  },
};

interface Wanted {
  readonly callbackId?: string;
  readonly contactIds?: readonly string[];
  readonly numberKey?: string;
  readonly queueId?: string;
  readonly agentId?: string;
  readonly scope?: CustomerScope;
  /** Null: all. */
  readonly most?: number | null;
}

/** Those that are owed, by when they are due. Of these people or of this number, where one is named. */
export async function standingWhere(db: ReadHandle, wanted: Wanted): Promise<StandingCallback[]> {
  const { callbackId, contactIds, numberKey, queueId, agentId, scope, most = mostShown } = wanted;
  const rows = await db
    .selectFrom('scheduled_callback as agreed')
    .leftJoin('callback', 'callback.work_item_id', 'agreed.work_item_id')
    .leftJoin('promise', 'promise.promise_id', 'agreed.callback_id')
    .leftJoin('person as own', 'own.contact_id', 'agreed.contact_id')
    .leftJoin('person as head', 'head.contact_id', 'own.head_id')
    .selectAll('agreed')
    .select(['callback.state as call_state', 'head.name as name'])
    // Whoever takes over a customer takes over what was promised to them.
    .select(sql<string | null>`coalesce(promise.owner_agent_id, agreed.agent_id)`.as('owner_id'))
    .where('agreed.state', 'in', standingStates)
    .where((where) =>
      where.and([
        ...(callbackId === undefined ? [] : [where('agreed.callback_id', '=', callbackId)]),
        ...(queueId === undefined ? [] : [where('agreed.queue_id', '=', queueId)]),
        ...(agentId === undefined ? [] : [sql<boolean>`coalesce(promise.owner_agent_id, agreed.agent_id) = ${agentId}`]),
        ...(contactIds === undefined && numberKey === undefined
          ? []
          : [
              where.or([
                ...(contactIds && contactIds.length > 0 ? [where('agreed.contact_id', 'in', [...contactIds])] : []),
                ...(numberKey === undefined ? [] : [where('agreed.number_key', '=', numberKey)]),
              ]),
            ]),
        ...(scope === undefined
          ? []
          : [where.or([where('agreed.contact_id', 'is', null), isVisiblePerson(scope, sql.ref('agreed.contact_id'))])]),
      ]),
    )
    .orderBy('agreed.due_at')
    .orderBy('agreed.callback_id')
    .$if(most !== null, (query) => query.limit(most ?? mostShown))
    .execute();
  const names = await agentNames(
    db,
    rows.flatMap((row) => row.owner_id ?? []),
  );
  return rows.map((row) => ({
    callbackId: row.callback_id,
    contactId: row.contact_id,
    name: row.name ?? row.number ?? '',
    number: row.number ?? '',
    numberKey: row.number_key ?? '',
    text: row.about ?? '',
    at: Number(row.due_at),
    until: Number(row.until_at),
    queueId: row.queue_id,
    ownerAgentId: row.owner_id,
    ownerName: names.get(row.owner_id ?? '') ?? null,
    state: row.state === 'inLine' ? 'inLine' : 'agreed',
    madeBy: row.made_by,
    madeAt: Number(row.made_at),
    interactionId: row.interaction_id,
    peer: row.peer,
    trunkId: row.trunk_id,
    dialled: row.dialled,
    locale: row.locale,
    workItemId: row.work_item_id,
    ended: row.call_state === null || row.call_state === 'pending' ? null : (row.call_state as CallbackOutcome),
  }));
}
