import { expect, it } from 'vitest';
import type { ContactId } from '../../../../shared/ids.ts';
import { asId } from '../../../../shared/ids.ts';
import { writtenHouse } from './written-house.ts';

/** A letter comes in, and whoever brought it said whose it is. */
async function letterOf(contactId: string) {
  const house = writtenHouse();
  // What a letter comes by tells nothing.
  const named = { fileName: 'lease.pdf', contactId: asId<ContactId>(contactId) };
  const content = (async function* () {
    yield Buffer.from('%PDF-1.7');
  })();
  Object.assign(house.store, { readDraft: async () => null });
  const files = { open: async () => ({ bytes: 8, content }) };
  Object.assign(house.files, files);
  const envelope = { from: null, to: [], ...named };
  const { messages, clock } = house;
  const empty = (async function* () {})();
  await messages.arrivals.keep({
    channel: 'document',
    sourceId: 'letters',
    onceKey: 'o-1',
    receivedAt: clock.now(),
    envelope,
    content: empty,
  });
  await clock.run(0);
  return house;
}

it('a document is on the record of whom it was said to be of from its arrival on, and nobody is looked for', async () => {
  const { contacts, store, events } = await letterOf('c-margaret');
  expect(contacts.asked).toEqual([]);
  expect(store.timelines).toMatchObject([{ contactId: 'c-margaret' }]);
  expect([...store.conversations.values()]).toMatchObject([{ contactId: 'c-margaret', subject: 'lease.pdf' }]);
  expect(events.find(({ type }) => type === 'interaction:identified')).toMatchObject({ match: 'certain', contactId: 'c-margaret' });
});

it('a document of somebody who was erased meanwhile waits as that of a stranger', async () => {
  const { store, events } = await letterOf('c-erased');
  expect(store.timelines).toEqual([]);
  expect(store.works.size).toBe(1);
  expect(events.find(({ type }) => type === 'interaction:identified')).toMatchObject({ match: 'unknown' });
});
