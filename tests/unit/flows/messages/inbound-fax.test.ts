import { expect, test } from 'vitest';
import { writtenHouse } from './written-house.ts';

const gateway = { address: 'noreply@fax.example', name: 'Fax gateway' };

async function faxed(subject: string) {
  const house = writtenHouse();
  await house.mail({ from: gateway, subject }, null, 'fax');
  return { conversation: [...house.store.conversations.values()][0], message: house.store.messages[0] };
}

test('a fax is by the number it came from, where its gateway says so, and is answered to the gateway all the same', async () => {
  const { conversation, message } = await faxed('Fax from +44 20 7946 0911, 3 pages');
  expect(conversation).toMatchObject({ channel: 'document', address: gateway.address });
  expect(conversation?.name?.replaceAll(/\D/g, '')).toMatch(/2079460911$/);
  expect(message?.author).toEqual({ kind: 'customer', name: conversation?.name });
});

test('a fax number that could be a card’s is a fax number', async () => {
  const { conversation } = await faxed('Fax from +8613800000004');
  expect(conversation?.name?.replaceAll(/\D/g, '')).toMatch(/13800000004$/);
  const { conversation: other } = await faxed('Fax from 8613800000004');
  expect(other?.name).toBe(conversation?.name);
});

test('a fax of which nobody says whose it is, is by the gateway', async () => {
  const { conversation, message } = await faxed('A new fax');
  expect(conversation?.name).toBe('Fax gateway');
  expect(message?.author.name).toBe('Fax gateway');
});

test('pages are counted of all that comes as a fax, and of mails only where that costs nothing', async () => {
  const file = (fileName: string, mediaType: string) => ({
    ...{ fileName, name: fileName, mediaType, bytes: 1, contentId: null, isInline: false },
  });
  const files = [file('a', 'application/pdf'), file('b', 'image/tiff'), file('c', 'text/plain')];
  const counted = async (sourceId: string) => {
    const house = writtenHouse();
    const stored: (number | null)[] = [];
    house.store.onFiles = (each) => stored.push(...each.map(({ pages }) => pages));
    await house.mail({ files }, 'wang@example.cn', sourceId);
    return stored;
  };
  expect(await counted('fax')).toEqual([3, 3, null]);
  expect(await counted('care')).toEqual([null, 3, null]);
});
