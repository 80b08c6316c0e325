import { describe, expect, it } from 'vitest';
import { LegCodec } from '../../../../../cti-bridge/channels/voice/opus/index.ts';
import { opusPairOf, type PairLeg } from '../../../../../cti-bridge/channels/voice/opus/opus-pair.ts';

type Changes = Partial<Omit<PairLeg, 'hears' | 'codec'>> & { readonly canOpus?: boolean };

/** Legs that could all talk in Opus; `who` says who hears whom. */
function legs(who: Readonly<Record<string, string>>, changes: Readonly<Record<string, Changes>> = {}): PairLeg[] {
  const hears = new Map(Object.keys(who).map((legId) => [legId, new Set<PairLeg>()]));
  const made = Object.keys(who).map((legId): PairLeg => {
    const { canOpus = true, ...change } = changes[legId] ?? {};
    return {
      legId,
      codec: new LegCodec(async () => null, canOpus),
      hears: hears.get(legId) ?? new Set(),
      inner: legId,
      farSide: {},
      sound: null,
      comfort: null,
      isMasked: false,
      isHeld: false,
      isQuiet: false,
      ...change,
    };
  });
  for (const leg of made)
    for (const heard of who[leg.legId] ?? '') hears.get(leg.legId)?.add(made.find(({ legId }) => legId === heard) as PairLeg);
  return made;
}
const pairOf = (made: readonly PairLeg[], isRecorded = false) =>
  opusPairOf(made, isRecorded)
    ?.map(({ legId }) => legId)
    .join('') ?? null;

describe('who may talk in Opus', () => {
  it.each([
    ['two who hear only each other', { a: 'b', b: 'a' }, 'ab'],
    ['two, while a third is in the call and hears nobody', { a: 'b', b: 'a', c: '' }, 'ab'],
    ['two who ask each other something, while the customer is on hold', { c: '', a: 'b', b: 'a' }, 'ab'],
    ['one hears and is not heard', { a: 'b', b: '' }, null],
    ['somebody listens to one of them', { a: 'b', b: 'a', s: 'b' }, null],
    ['somebody whispers to one of them', { a: 'bs', b: 'a', s: '' }, null],
    ['three talk', { a: 'bc', b: 'ac', c: 'ab' }, null],
    ['nobody hears anybody', { a: '', b: '' }, null],
    ['each hears another', { a: 'b', b: 'c', c: 'a' }, null],
  ])('%s', (_, who, wanted) => {
    expect(pairOf(legs(who as unknown as Record<string, string>))).toBe(wanted);
  });

  it.each<[string, Changes]>([
    ['cannot', { canOpus: false }],
    ['holds the call', { isHeld: true }],
    ['is played a sound', { sound: {} }],
    ['hears music because the other is away', { comfort: 'play' }],
    ['types a card number', { isMasked: true }],
    ['says nothing any more', { isQuiet: true }],
    ['is between two workers', { inner: null }],
    ['cannot be told', { farSide: null }],
  ])('nobody, while one of them %s', (_, change) => {
    expect(pairOf(legs({ a: 'b', b: 'a' }, { a: change }))).toBeNull();
    expect(pairOf(legs({ a: 'b', b: 'a' }, { b: change }))).toBeNull();
  });

  it('nobody, while the call is recorded or about to be', () => {
    expect(pairOf(legs({ a: 'b', b: 'a' }), true)).toBeNull();
  });
});
