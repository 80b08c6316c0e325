import type { SelectQueryBuilder } from 'kysely';
import type { CustomerScope, LapsedRule } from '../../../crm/index.ts';
import type { ReadHandle, Schema } from '../../schema.ts';

/** What happened between us and somebody. A bill or an offer is no contact. */
const contactKinds = ['call', 'email', 'sms', 'chat', 'visit', 'case', 'note', 'promise'];

/**
 * The heads of people of whom nothing was heard since `silentSince` on any of their cards, who have nothing open with us, and whom nothing
 * keeps. Who came into the record later than that cannot have been silent.
 */
export function lapsedPeople(
  db: ReadHandle,
  { silentSince, stages }: LapsedRule,
  { units }: CustomerScope,
  at: number,
): SelectQueryBuilder<Schema, 'person', object> {
  const silent = db
    .selectFrom('person')
    .whereRef('person.contact_id', '=', 'person.head_id')
    .where('person.created_at', '<', silentSince)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('person as card')
            .select('card.contact_id')
            .whereRef('card.head_id', '=', 'person.contact_id')
            .where((where) =>
              where.or([
                where('card.created_at', '>=', silentSince),
                where.exists(
                  where
                    .selectFrom('timeline_entry')
                    .select('entry_id')
                    .whereRef('timeline_entry.contact_id', '=', 'card.contact_id')
                    .where('timeline_entry.at', '>=', silentSince)
                    .where('timeline_entry.kind', 'in', contactKinds),
                ),
                where.exists(
                  where
                    .selectFrom('interaction')
                    .select('interaction_id')
                    .whereRef('interaction.contact_id', '=', 'card.contact_id')
                    .where('interaction.received_at', '>=', silentSince),
                ),
                where.exists(
                  where
                    .selectFrom('customer_case')
                    .select('case_id')
                    .whereRef('customer_case.contact_id', '=', 'card.contact_id')
                    .where('customer_case.closed_at', 'is', null),
                ),
                where.exists(
                  where
                    .selectFrom('promise')
                    .select('promise_id')
                    .whereRef('promise.contact_id', '=', 'card.contact_id')
                    .where('promise.kept_at', 'is', null),
                ),
                where.exists(
                  where
                    .selectFrom('legal_hold')
                    .select('legal_hold.contact_id')
                    .whereRef('legal_hold.contact_id', '=', 'card.contact_id')
                    .where((hold) => hold.or([hold('legal_hold.until', 'is', null), hold('legal_hold.until', '>', at)])),
                ),
              ]),
            ),
        ),
      ),
    );
  const inStage = stages.length === 0 ? silent : silent.where('person.stage', 'in', [...stages]);
  const seen =
    units === null
      ? inStage
      : inStage.where((where) => where.or([where('person.org_unit_id', 'is', null), where('person.org_unit_id', 'in', [...units])]));
  return seen as unknown as SelectQueryBuilder<Schema, 'person', object>;
}
