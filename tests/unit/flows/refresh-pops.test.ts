import { describe, expect, it } from 'vitest';
import { refreshPops } from '../../../cti-bridge/flows/refresh-pops.ts';
import { callTalking, lena, margaret, margaretsRecord, newHouse } from './fakes.ts';

describe('a record that becomes another while its person is on the line', () => {
  it('is shown to whoever has them in hand, by any of their ids', async () => {
    const house = newHouse();
    house.contacts.found = [{ ...margaret, cardId: 'c-margaret-2' }];
    await callTalking(house);
    house.contacts.readPerson = async (contactId) => ({
      record: { ...margaretsRecord, name: `of ${contactId}` },
      cardIds: ['c-margaret-2', 'c-third'],
    });
    await refreshPops(['c-nobody'], house.context);
    expect(house.desktops.of('pop:updated')).toEqual([]);
    await refreshPops(['c-margaret'], house.context);
    await refreshPops(['c-third'], house.context);
    expect(house.desktops.of('pop:updated', lena)).toMatchObject([
      { pop: { match: { kind: 'certain', reason: 'numberOnFile', contact: { name: 'of c-margaret-2' } } } },
      {},
    ]);
    expect(house.live.all()[0]?.contactId).toBe('c-margaret-2');
  });

  it('stays as it is shown when the store does not answer, or knows nobody any more', async () => {
    const house = newHouse();
    await callTalking(house);
    house.contacts.readPerson = () => Promise.reject(new Error('disk'));
    await refreshPops(['c-margaret'], house.context);
    house.contacts.readPerson = async () => null;
    await refreshPops(['c-margaret'], house.context);
    expect(house.desktops.of('pop:updated')).toEqual([]);
    expect(house.live.all()[0]?.record?.name).toBe('Margaret Okafor');
  });
});
