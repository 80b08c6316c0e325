import { describe, expect, it } from 'vitest';
import { type Arrival, arrivalByPhone, type Identified, identify } from '../../../cti-bridge/crm/index.ts';
import { margaretsRecord } from '../flows/fakes.ts';

const cards = { cardId: 'c-old', cardIds: ['c-margaret', 'c-old'] };
const known: Identified = { kind: 'certain', reason: 'numberOnFile', record: margaretsRecord, cards };

describe('identifying', () => {
  it('is the person with the whole record, and the card that holds the number', async () => {
    const { identification, record } = await identifyBy('+447700900142', known);
    expect(identification).toMatchObject({ kind: 'certain', normalised: '+447700900142', contactId: 'c-margaret', cards });
    expect(record).toBe(margaretsRecord);
  });

  it('is unknown with the key that can be taught, where nobody has it', async () => {
    expect((await identifyBy('13900009999', { kind: 'unknown' })).identification).toEqual({
      kind: 'unknown',
      normalised: '+8613900009999',
    });
    expect((await identifyBy('6012', { kind: 'unknown' })).identification).toEqual({ kind: 'unknown', normalised: '6012' });
  });

  it('asks nobody about what cannot be looked up: no number is unknown, a withheld one anonymous', async () => {
    const store = storeOf(known);
    expect((await identify(arrivalByPhone({ number: 'alice', presentedName: null }, 'CN'), store, 0)).identification).toEqual({
      ...{ kind: 'unknown', normalised: null },
    });
    expect((await identify(arrivalByPhone({ number: null, presentedName: 'M. Okafor' }, 'CN'), store, 0)).identification).toEqual({
      kind: 'anonymous',
    });
    expect(store.asked).toEqual([]);
  });

  it('finds who withholds their number and types it in the menu; who typed in vain stays anonymous', async () => {
    const withheld = arrivalByPhone({ number: 'anonymous', presentedName: null }, 'CN', ['4711']);
    expect((await identify(withheld, storeOf(known), 0)).identification).toMatchObject({ kind: 'certain', normalised: null });
    expect((await identify(withheld, storeOf({ kind: 'unknown' }), 0)).identification).toEqual({ kind: 'anonymous' });
  });

  it('fails as the store fails: who asks sets the limit and the fallback', async () => {
    const broken = { identify: () => Promise.reject(new Error('disk')) };
    await expect(identify(arrivalByPhone({ number: '13900004126', presentedName: null }, 'CN'), broken, 0)).rejects.toThrow('disk');
  });
});

function identifyBy(number: string, answer: Identified) {
  return identify(arrivalByPhone({ number, presentedName: null }, 'CN'), storeOf(answer), 0);
}

function storeOf(answer: Identified) {
  const asked: Arrival[] = [];
  return {
    asked,
    identify: async (arrival: Arrival) => {
      asked.push(arrival);
      return answer;
    },
  };
}
