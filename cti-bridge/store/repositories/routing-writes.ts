import { sql } from 'kysely';
import type { AgentId, ReservationId, WorkItemId } from '../../../shared/ids.ts';
import type { WriteHandle } from '../schema.ts';

/** An entry of the decision log on its way to the disk: numbered already, so that it may be sent again. */
export interface DecisionRow {
  readonly sequence: number;
  readonly at: number;
  readonly body: string;
  readonly subjects: readonly string[];
}

export const routingWrites = {
  /** A number that is taken stays with whom it was given to: the newcomer's acceptance then finds no offer, and loses. */
  async noteOffer(db: WriteHandle, reservationId: ReservationId, workItemId: WorkItemId, fencing: number, at: number): Promise<void> {
    await db
      .insertInto('routing_offer')
      .values({ fencing, reservation_id: reservationId, work_item_id: workItemId, state: 'standing', offered_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },

  /** Also one whose acceptance was on its way when its time ran out: it would keep the item from everybody else. */
  async withdrawOffer(db: WriteHandle, reservationId: ReservationId): Promise<void> {
    await db
      .updateTable('routing_offer')
      .set({ state: 'withdrawn' })
      .where('reservation_id', '=', reservationId)
      .where('state', 'in', ['standing', 'accepted'])
      .execute();
  },

  /**
   * The one compare-and-set of an acceptance: one statement, so that between two writers one comes first and the other finds the item
   * taken. `attempt` names this very call: sent again after a crash of the writer it has won still, while anybody else's has not.
   */
  async acceptOffer(
    db: WriteHandle,
    acceptance: {
      readonly workItemId: WorkItemId;
      readonly reservationId: ReservationId;
      readonly agentId: AgentId;
      readonly fencing: number;
      readonly at: number;
    },
    attempt: string,
  ): Promise<'won' | 'lost'> {
    const { workItemId, reservationId, agentId, fencing, at } = acceptance;
    const { numAffectedRows } = await sql`
      update routing_offer set state = 'accepted', agent_id = ${agentId}, attempt = ${attempt}, accepted_at = ${at}
      where fencing = ${fencing} and reservation_id = ${reservationId} and work_item_id = ${workItemId}
        and (state = 'accepted' and attempt = ${attempt} or state = 'standing'
          and not exists (select 1 from routing_offer taken where taken.work_item_id = ${workItemId} and taken.state = 'accepted'))
    `.execute(db);
    return numAffectedRows === 1n ? 'won' : 'lost';
  },

  async releaseItem(db: WriteHandle, workItemId: WorkItemId): Promise<void> {
    await sql`
      update routing_offer set state = 'released' where work_item_id = ${workItemId} and state in ('standing', 'accepted')
    `.execute(db);
  },

  async releaseAllOffers(db: WriteHandle): Promise<number> {
    const { numAffectedRows } = await sql`
      update routing_offer set state = 'released' where state in ('standing', 'accepted')
    `.execute(db);
    return Number(numAffectedRows ?? 0);
  },

  async appendDecisions(db: WriteHandle, rows: readonly DecisionRow[]): Promise<void> {
    if (rows.length === 0) return;
    await db
      .insertInto('routing_decision')
      .values(rows.map(({ sequence, at, body }) => ({ sequence, at, body })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const subjects = rows.flatMap(({ sequence, subjects: ids }) => ids.map((subject_id) => ({ subject_id, sequence })));
    if (subjects.length === 0) return;
    await db
      .insertInto('routing_subject')
      .values(subjects)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },

  /**
   * Deletes at most `limit` of the oldest entries, all older than `before`, and says so in `routing_pruned`. Resolves with the number of
   * entries gone; fewer than `limit` means that nothing old is left.
   */
  async pruneDecisions(db: WriteHandle, before: number, limit: number, at: number): Promise<number> {
    const oldest = await db.selectFrom('routing_decision').select(['sequence', 'at']).orderBy('sequence').limit(limit).execute();
    const young = oldest.findIndex((row) => row.at >= before);
    const gone = young === -1 ? oldest : oldest.slice(0, young);
    const [first, last] = [gone[0], gone.at(-1)];
    if (!first || !last) return 0;
    await db
      .insertInto('routing_pruned')
      .values({ last_sequence: last.sequence, first_sequence: first.sequence, older_than: before, pruned_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await db.deleteFrom('routing_subject').where('sequence', '<=', last.sequence).execute();
    await db.deleteFrom('routing_decision').where('sequence', '<=', last.sequence).execute();
    return gone.length;
  },

  /** The same for offers that are over. The last one stays, whatever its age: the next number is counted from it. */
  async pruneOffers(db: WriteHandle, before: number, limit: number): Promise<number> {
    const oldest = await db
      .selectFrom('routing_offer')
      .select(['fencing', 'state', 'offered_at'])
      .where('fencing', '<', ({ selectFrom }) => selectFrom('routing_offer').select(({ fn }) => fn.max('fencing').as('last')))
      .orderBy('fencing')
      .limit(limit)
      .execute();
    const isOver = ({ state }: { state: string }) => state === 'withdrawn' || state === 'released';
    const gone = oldest.filter((row) => row.offered_at < before && isOver(row)).map(({ fencing }) => fencing);
    if (gone.length > 0) await db.deleteFrom('routing_offer').where('fencing', 'in', gone).execute();
    return gone.length;
  },
};
