import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArrivedText, LongTexts, partsLimitMs, partsWithoutCards } from '../../../cti-bridge/interactions/index.ts';

interface Given {
  readonly reference?: number;
  readonly total?: number;
  readonly at?: number;
  readonly from?: string;
}

const arrived = (index: number, text: string, { reference = 7, total = 3, at = 0, from = '+8613900004126' }: Given = {}): ArrivedText => ({
  sourceId: 'main',
  onceKey: null,
  receivedAt: at,
  from,
  to: '10690',
  text,
  part: { reference, total, index },
});

const texts = (all: readonly (readonly { readonly text: string }[])[]) => all.flat().map(({ text }) => text);

describe('a long text message', () => {
  it.each([
    ['in order', [1, 2, 3]],
    ['the other way round', [3, 2, 1]],
    ['mixed', [2, 3, 1]],
    ['with copies', [2, 2, 3, 2, 1]],
    ['with copies after it was whole', [1, 2, 3, 3, 1, 2]],
  ])('is the right text when its parts come %s', (_how, order) => {
    const long = new LongTexts();
    const given = order.map((index) => long.add(arrived(index, ['one ', 'two ', 'three'][index - 1] ?? '')));
    expect(texts(given)).toEqual(['one two three']);
    expect(given.flat()[0]?.missing).toEqual([]);
    expect(long.dueAt).toBeNull();
    expect(long.due(partsLimitMs * 2)).toEqual([]);
  });

  it.each([
    ['the first', [2, 3], '[…] twothree', [1]],
    ['one in the middle', [3, 1], 'one […] three', [2]],
    ['the last', [1, 2], 'onetwo […]', [3]],
    ['all but one', [2], '[…] two […]', [1, 3]],
  ])('is shown as it is after five minutes without %s', (_which, order, text, missing) => {
    const long = new LongTexts();
    for (const index of order)
      expect(long.add(arrived(index, ['one', 'two', 'three'][index - 1] ?? '', { at: index * 1_000 }))).toEqual([]);
    const first = (order[0] ?? 0) * 1_000;
    expect(long.dueAt).toBe(first + partsLimitMs);
    expect(long.due(first + partsLimitMs - 1)).toEqual([]);
    const [whole] = long.due(first + partsLimitMs);
    expect(whole?.text).toBe(text);
    expect(whole?.missing).toEqual(missing);
    expect(long.dueAt).toBeNull();
  });

  it('gives what waited too long when something else comes, and begins anew with a part that comes after that', () => {
    const long = new LongTexts();
    long.add(arrived(1, 'a', { total: 2 }));
    expect(texts([long.add(arrived(2, 'b', { total: 2, at: partsLimitMs }))])).toEqual(['a […]']);
    expect(texts([long.due(partsLimitMs * 2)])).toEqual(['[…] b']);
  });

  it('is another when its reference is used again for other words', () => {
    const long = new LongTexts();
    long.add(arrived(1, 'old', { total: 2 }));
    expect(texts([long.add(arrived(1, 'new ', { total: 2 }))])).toEqual(['old […]']);
    expect(texts([long.add(arrived(2, 'words', { total: 2 }))])).toEqual(['new words']);
    expect(texts([long.add(arrived(1, 'third ', { total: 2 })), long.add(arrived(2, 'one', { total: 2 }))])).toEqual(['third one']);
  });

  it('is not mixed with that of another sender, of another reference or of another length', () => {
    const long = new LongTexts();
    const given = [
      long.add(arrived(1, 'a', { total: 2 })),
      long.add(arrived(2, 'x', { total: 2, from: '+1' })),
      long.add(arrived(2, 'y', { total: 2, reference: 8 })),
      long.add(arrived(2, 'z', { total: 3 })),
    ];
    expect(given.flat()).toEqual([]);
  });

  it('passes on at once what has no parts', () => {
    const long = new LongTexts();
    expect(texts([long.add({ ...arrived(1, 'short'), part: null }), long.add(arrived(1, 'one of one', { total: 1 }))])).toEqual([
      'short',
      'one of one',
    ]);
  });

  it('comes out once and whole, however its parts are shuffled and doubled', () => {
    const parts = fc.integer({ min: 2, max: 9 }).chain((total) =>
      fc.record({
        total: fc.constant(total),
        order: fc
          .array(fc.integer({ min: 1, max: total }), { maxLength: 12 })
          .chain((copies) =>
            fc.shuffledSubarray([...copies, ...Array.from({ length: total }, (_, at) => at + 1)], { minLength: copies.length + total }),
          ),
      }),
    );
    fc.assert(
      fc.property(parts, ({ total, order }) => {
        const long = new LongTexts();
        const given = order.map((index) => long.add(arrived(index, `<${index}>`, { total })));
        expect(texts(given)).toEqual([Array.from({ length: total }, (_, at) => `<${at + 1}>`).join('')]);
      }),
    );
  });
});

describe('a card number over two parts', () => {
  const came = ['卡 😀 4111 1111 11', '11 1111, to 09/29 ', '123'];
  const wholeOf = (words: readonly string[]) => {
    const long = new LongTexts();
    const [whole] = words.flatMap((text, at) => long.add(arrived(at + 1, text)));
    if (!whole) throw new Error('It is not whole.');
    return whole;
  };

  it('is hidden in both of them once they are together', () => {
    expect(partsWithoutCards(wholeOf(came))).toEqual(['卡 😀 •••• •••• ••', '•• 1111, to 09/29 ', '123']);
    expect(partsWithoutCards(wholeOf(['one ', 'two ', 'three']))).toEqual(['one ', 'two ', 'three']);
  });

  it('does not keep its parts from being known again after a restart, nor makes others pass for them', () => {
    const { parts } = wholeOf(came);
    const kept = partsWithoutCards(wholeOf(came));
    const long = new LongTexts();
    long.remember(
      parts.map((part, at) => ({ ...part, text: kept[at] ?? '' })),
      60_000,
    );
    expect(came.map((text, at) => long.isCopy(arrived(at + 1, text)))).toEqual([true, true, true]);
    expect(long.isCopy(arrived(1, '卡 😀 4111 1111 11x'))).toBe(false);
    expect(long.isCopy(arrived(2, '11 1112, to 09/29 '))).toBe(false);
  });
});
