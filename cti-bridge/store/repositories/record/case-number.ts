import { sql } from 'kysely';
import type { CaseFile } from '../../../../shared/contracts/record.ts';
import type { WriteHandle } from '../../schema.ts';

const letters = { complaint: 'C', serviceRequest: 'R', repair: 'P' } as const satisfies Record<CaseFile['kind'], string>;
const factKey = 'lastCaseNumber';
const firstNumber = 10_000;

/**
 * The number a customer is told: `C-10001`. It rises, with gaps, and is given once however many bridges open cases at the same time: counting
 * up locks the row. Cases that came from elsewhere with a number of their own are stepped over.
 */
export async function nextCaseNumber(db: WriteHandle, kind: CaseFile['kind']): Promise<string> {
  await db
    .insertInto('store_fact')
    .values({ key: factKey, value: String(firstNumber) })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  // Strides grow, so that a million foreign numbers in a row cost twenty looks.
  for (let stride = 1; ; stride *= 2) {
    const { value } = await db
      .updateTable('store_fact')
      .set({ value: sql<string>`cast(cast(value as integer) + ${sql.lit(stride)} as text)` })
      .where('key', '=', factKey)
      .returning('value')
      .executeTakeFirstOrThrow();
    const number = `${letters[kind]}-${value}`;
    const taken = await db.selectFrom('customer_case').select('case_id').where('number', '=', number).executeTakeFirst();
    if (!taken) return number;
  }
}
