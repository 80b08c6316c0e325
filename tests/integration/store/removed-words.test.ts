import { expect, it } from 'vitest';
import { tablesWith } from '../../../cti-bridge/store/dialect.ts';
import { removedKinds } from '../../../renderer/features/privacy/words.ts';
import { databases } from '../../support/each-database.ts';

/** Rows of these stay, without the person, or are none of the record. */
const kept = ['visit', 'legal_hold'];
/** What is found by a contact of theirs, or lies beside the database. */
const byOtherWays = ['draft', 'recording', 'mention', 'file', 'import_file'];

it('whatever goes with a person who is erased has a name for whoever erases them', async () => {
  const database = await databases[0].open();
  const tables = await tablesWith(database.db, 'contact_id');
  await database.close();
  expect(tables.length).toBeGreaterThan(20);
  const removed = [...tables.filter((table) => !kept.includes(table)), ...byOtherWays];
  const names: readonly string[] = removedKinds;
  expect(removed.filter((kind) => !names.includes(kind))).toEqual([]);
});
