import { type AgentId, asId, type InteractionId } from '../../../shared/ids.ts';
import type { BegunCall } from '../../dialplan/index.ts';
import type { ReadHandle } from '../schema.ts';

export const callsOutReads = {
  async readCallsOutSince(db: ReadHandle, since: number): Promise<readonly BegunCall[]> {
    const dialled = await db
      .selectFrom('interaction_event as received')
      .innerJoin('interaction_event as offered', (join) =>
        join.onRef('offered.interaction_id', '=', 'received.interaction_id').on('offered.type', '=', 'reservation:offered'),
      )
      .leftJoin('interaction', 'interaction.interaction_id', 'received.interaction_id')
      .select(['received.at', 'offered.body', 'interaction.number', 'received.interaction_id'])
      .where('received.at', '>=', since)
      .where('received.type', '=', 'interaction:received')
      .where('received.body', 'like', '%"direction":"outbound"%')
      // The next part of a call out that was handed on is no other call.
      .where('received.body', 'not like', '%"continues":%')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('interaction_event as promised')
              .select('promised.sequence')
              .whereRef('promised.interaction_id', '=', 'received.interaction_id')
              .where('promised.type', '=', 'workItem:calledBack'),
          ),
        ),
      )
      .orderBy('offered.sequence')
      .execute();
    const asked = await db
      .selectFrom('interaction_event')
      .select(['at', 'body'])
      .where('at', '>=', since)
      .where('type', '=', 'call:asked')
      .where('body', 'like', '%"to":"outside"%')
      .execute();
    // Offered again after it was lost, it is still one call, and of whoever dialled it.
    const first = new Map<string, (typeof dialled)[number]>();
    for (const row of dialled) if (!first.has(row.interaction_id)) first.set(row.interaction_id, row);
    return [...[...first.values()].map((row) => begun(row, row.number)), ...asked.map((row) => begun(row, null))].sort(
      (one, other) => one.at - other.at,
    );
  },

  async readCallsOutAmong(db: ReadHandle, interactionIds: readonly InteractionId[]) {
    const found: { readonly interactionId: InteractionId; readonly number: string | null }[] = [];
    for (const interactionId of interactionIds) {
      if (!(await wasDialled(db, interactionId))) continue;
      const row = await db.selectFrom('interaction').select('number').where('interaction_id', '=', interactionId).executeTakeFirst();
      found.push({ interactionId, number: row?.number ?? null });
    }
    return found;
  },
};

/** By an agent. What a call was is told by its first part. */
async function wasDialled(db: ReadHandle, last: InteractionId): Promise<boolean> {
  const seen = new Set<InteractionId>();
  for (let part: InteractionId | undefined = last; part !== undefined && !seen.has(part); ) {
    seen.add(part);
    const events: readonly { readonly type: string; readonly body: string }[] = await db
      .selectFrom('interaction_event')
      .select(['type', 'body'])
      .where('interaction_id', '=', part)
      .where('type', 'in', ['interaction:received', 'workItem:calledBack'])
      .execute();
    const received = events.find(({ type }) => type === 'interaction:received');
    if (!received || events.length > 1) return false;
    const { direction, continues } = JSON.parse(received.body) as { readonly direction: string; readonly continues?: InteractionId };
    if (direction !== 'outbound') return false;
    part = continues;
  }
  return true;
}

function begun({ at, body }: { readonly at: number; readonly body: string }, number: string | null): BegunCall {
  const { agentId } = JSON.parse(body) as { readonly agentId: string };
  return { agentId: asId<AgentId>(agentId), at, number };
}
