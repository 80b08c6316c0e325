import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Card, headsOf, ownersOf, shownFields } from '../../../cti-bridge/crm/index.ts';
import type { PersonFields } from '../../../shared/contracts/record.ts';

const empty: PersonFields = {
  ...{ name: 'Ada Lin', title: null, locale: 'en', tier: 'standard', segment: null, stage: null, birthday: null, orgUnitId: null },
  ...{ prefersChannel: null, prefersFrom: null, prefersUntil: null },
  ...{ allowsRecording: true, allowsCallOffers: true, allowsSmsOffers: true, allowsEmailOffers: true, custom: {} },
};
const card = (contactId: string, updatedAt: number, fields: Partial<PersonFields> = {}): Card => ({
  ...{ contactId, headId: 'head', updatedAt },
  fields: { ...empty, ...fields },
});

describe('heads', () => {
  it('are the cards that nobody absorbed, however deep the others hang', () => {
    const edges = [
      { keptId: 'a', absorbedId: 'b' },
      { keptId: 'b', absorbedId: 'c' },
    ];
    expect([...headsOf(['a', 'b', 'c', 'd'], edges).values()]).toEqual(['a', 'a', 'a', 'd']);
    expect([...headsOf(['a', 'b', 'c'], edges.slice(1)).values()]).toEqual(['a', 'b', 'b']);
  });

  it('pass over a card that is gone, and a loop, which no merge makes, ends', () => {
    expect([...headsOf(['b'], [{ keptId: 'a', absorbedId: 'b' }]).values()]).toEqual(['b']);
    const loop = [
      { keptId: 'a', absorbedId: 'b' },
      { keptId: 'b', absorbedId: 'a' },
    ];
    expect(new Set(headsOf(['a', 'b', 'c'], [...loop, { keptId: 'b', absorbedId: 'c' }]).values()).size).toBeLessThanOrEqual(2);
  });
});

describe('what is shown of several cards', () => {
  const head = card('head', 1, { name: 'Ada Lin', tier: 'standard', custom: { colour: 'blue' } });
  const late = card('b', 9, { name: 'A. Lin', tier: 'gold', title: 'Buyer', custom: { colour: 'red', size: 4 } });
  const early = card('a', 2, { title: 'Clerk', segment: 'retail', allowsSmsOffers: false });

  it("is the head's, and what it leaves empty is the latest changed card's that has it", () => {
    expect(shownFields([early, late, head])).toEqual({
      ...empty,
      ...{ name: 'Ada Lin', tier: 'standard', title: 'Buyer', segment: 'retail', allowsSmsOffers: false },
      custom: { colour: 'blue', size: 4 },
    });
  });

  it('breaks a tie by the lesser id', () => {
    expect(shownFields([head, card('z', 5, { title: 'Z' }), card('m', 5, { title: 'M' })]).title).toBe('M');
  });

  it('is changed on the card it is shown from; what nobody has, on the head; a refusal, on all who refuse', () => {
    const cards = [early, late, head];
    expect(ownersOf(cards, 'name')).toEqual(['head']);
    expect(ownersOf(cards, 'title')).toEqual(['b']);
    expect(ownersOf(cards, 'segment')).toEqual(['a']);
    expect(ownersOf(cards, 'birthday')).toEqual(['head']);
    expect(ownersOf(cards, 'allowsSmsOffers')).toEqual(['a']);
    expect(ownersOf(cards, 'allowsRecording')).toEqual(['head']);
    expect(ownersOf(cards, { custom: 'size' })).toEqual(['b']);
    expect(ownersOf(cards, { custom: 'weight' })).toEqual(['head']);
  });

  it('does not depend on the order in which the cards are read', () => {
    const fields = fc.record({
      title: fc.constantFrom(null, '', 'x', 'y'),
      segment: fc.constantFrom(null, 's'),
      allowsRecording: fc.boolean(),
    });
    const some = fc.uniqueArray(fc.tuple(fc.constantFrom('head', 'a', 'b', 'c'), fc.nat({ max: 2 }), fields), {
      selector: ([id]) => id,
      minLength: 1,
    });
    fc.assert(
      fc.property(
        some.chain((each) => fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length }))),
        ([one, other]) => {
          const of = (list: typeof one) => shownFields(list.map(([id, updatedAt, given]) => card(id, updatedAt, given)));
          expect(of(other)).toEqual(of(one));
        },
      ),
    );
  });
});
