import { expect, test } from 'vitest';
import { ConnectionLimits } from '../../../../cti-bridge/sip/index.ts';

const options = { total: 6, perAddress: 3, strangers: 4 };

function room() {
  const limits = new ConnectionLimits(options);
  const closed: string[] = [];
  const admit = (name: string, address = name, isTrusted = false) => {
    const place = limits.admit(address, isTrusted, () => {
      closed.push(name);
      place?.leave();
    });
    return place;
  };
  return { limits, closed, admit };
}

test('from one address so many and no more, until one leaves; a trunk is not counted so', () => {
  const { admit, closed } = room();
  const places = [1, 2, 3, 4].map((name) => admit(`${name}`, 'x'));
  expect(places.map((place) => place !== null)).toEqual([true, true, true, false]);
  places[0]?.leave();
  places[0]?.leave();
  expect(admit('5', 'x')).not.toBeNull();
  expect(admit('6', 'x')).toBeNull();
  expect(admit('trunk', 'x', true)).not.toBeNull();
  expect(closed).toEqual([]);
});

test('the stranger who has waited longest makes room, whoever has registered never does', () => {
  const { limits, admit, closed } = room();
  admit('a')?.settle(true);
  for (const name of ['b', 'c', 'd', 'e']) admit(name);
  expect(admit('f')).not.toBeNull();
  expect(closed).toEqual(['b']);
  expect(limits.strangers).toBe(4);
});

test('when all places are taken by those who have registered nobody is let in', () => {
  const { limits, admit, closed } = room();
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) admit(name)?.settle(true);
  expect(admit('g')).toBeNull();
  expect([limits.open, closed]).toEqual([6, []]);
});

test('who is no longer registered is a stranger again, the newest of them', () => {
  const { admit, closed } = room();
  const first = admit('a');
  first?.settle(true);
  for (const name of ['b', 'c', 'd']) admit(name);
  first?.settle(false);
  admit('e');
  admit('f');
  expect(closed).toEqual(['b', 'c']);
});
