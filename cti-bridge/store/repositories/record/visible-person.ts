import { type RawBuilder, sql } from 'kysely';
import type { CustomerScope } from '../../../crm/index.ts';

/**
 * A condition on a row that has a person, by its column with the name of the table: that they may be seen. A person is a customer of every office that one of their cards
 * belongs to; who belongs to none is everybody's.
 */
export function isVisiblePerson({ units }: CustomerScope, contactId: RawBuilder<unknown>): RawBuilder<boolean> {
  if (units === null) return sql<boolean>`1 = 1`;
  const cards = sql`person as own inner join person as card on card.head_id = own.head_id where own.contact_id = ${contactId}`;
  const ofNobody = sql`not exists (select 1 from ${cards} and card.org_unit_id is not null)`;
  if (units.length === 0) return sql<boolean>`${ofNobody}`;
  return sql<boolean>`(${ofNobody} or exists (select 1 from ${cards} and card.org_unit_id in (${sql.join(units)})))`;
}
