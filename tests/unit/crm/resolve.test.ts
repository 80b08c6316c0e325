import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Arrival, arrivalByChat, arrivalByEmail, arrivalByPhone, type Claim, resolve } from '../../../cti-bridge/crm/index.ts';
import { days } from '../../../shared/duration.ts';

const at = Date.UTC(2026, 10, 21, 10);
const call: Arrival = arrivalByPhone({ number: '+447700900142', presentedName: null }, 'GB');
const entering = (...entered: string[]): Arrival => ({ ...call, entered });
const showing = (presentedName: string): Arrival => ({ ...call, presentedName });

function claim(headId: string, more: Partial<Claim> = {}): Claim {
  return {
    ...{ headId, cardId: headId, name: headId, by: 'arrival', isVerified: false, isShared: false, lastUsedAt: null, throughAccount: null },
    ...more,
  };
}
const kemp = { name: 'Kemp & Sons', kind: 'company' };
const codes = (resolution: ReturnType<typeof resolve>) =>
  resolution.kind === 'candidates'
    ? resolution.candidates.map((each) => [each.headId, each.reasons.map(({ code }) => code)])
    : resolution.kind;

describe('who arrives', () => {
  it.each<[string, Arrival, Claim[], object]>([
    ['nobody has it', call, [], { kind: 'unknown' }],
    ['one has it', call, [claim('ada')], { kind: 'certain', headId: 'ada', cardId: 'ada', reason: 'numberOnFile' }],
    ['one has it, verified', call, [claim('ada', { isVerified: true })], { kind: 'certain', reason: 'verifiedNumber' }],
    ['one writes from it', { ...call, kind: 'email' }, [claim('ada')], { kind: 'certain', reason: 'emailOnFile' }],
    ['one writes from it, verified', { ...call, kind: 'email' }, [claim('ada', { isVerified: true })], { reason: 'verifiedEmail' }],
    ['one was in the chat before', { ...call, kind: 'chatVisitor' }, [claim('ada')], { kind: 'certain', reason: 'visitorKnown' }],
    [
      'two cards of one person have it: the card that used it last',
      call,
      [claim('ada', { cardId: 'ada-1', lastUsedAt: 1 }), claim('ada', { cardId: 'ada-2', lastUsedAt: 2 })],
      { kind: 'certain', headId: 'ada', cardId: 'ada-2' },
    ],
    [
      'one entered their number and calls from a line of nobody',
      entering('4711'),
      [claim('ada', { by: 'entered' })],
      { kind: 'certain', headId: 'ada', reason: 'enteredId' },
    ],
    [
      'one of several on the line entered their number: the card with the line',
      entering('4711'),
      [claim('ada', { cardId: 'ada-line' }), claim('bob'), claim('ada', { cardId: 'ada-id', by: 'entered' })],
      { kind: 'certain', headId: 'ada', cardId: 'ada-line', reason: 'enteredId' },
    ],
    [
      'a number of the company, entered on the own line of one of its people',
      entering('4711'),
      [claim('ada'), claim('ada', { by: 'entered', throughAccount: kemp }), claim('bob', { by: 'entered', throughAccount: kemp })],
      { kind: 'certain', headId: 'ada', reason: 'enteredId' },
    ],
  ])('%s', (_, arrival, claims, expected) => {
    expect(resolve(arrival, claims, at)).toMatchObject(expected);
  });

  it('is never certain on a shared line, however few have it', () => {
    expect(resolve(call, [claim('ada', { isShared: true })], at).kind).toBe('candidates');
    expect(resolve(call, [claim('ada', { throughAccount: kemp })], at).kind).toBe('candidates');
    expect(resolve(call, [claim('ada'), claim('ada', { isShared: true })], at).kind).toBe('candidates');
  });

  it('is not certain when the line says one and the menu another', () => {
    const found = resolve(entering('4711'), [claim('ada'), claim('bob', { by: 'entered' })], at);
    expect(codes(found)).toEqual([
      ['bob', ['enteredId']],
      ['ada', ['ownLine']],
    ]);
  });

  it('is not certain by a number of the company alone', () => {
    const entered = { by: 'entered', throughAccount: kemp } as const;
    expect(resolve(entering('4711'), [claim('ada', entered)], at)).toMatchObject({
      kind: 'candidates',
      candidates: [{ headId: 'ada', cardId: null, reasons: [{ code: 'enteredId', facts: { account: 'Kemp & Sons' } }] }],
    });
  });

  it('ranks by how long ago the line was used, and says when', () => {
    const ago = (ms: number) => ({ isShared: true, lastUsedAt: at - ms });
    const found = resolve(
      call,
      [claim('year', ago(days(300))), claim('day', ago(1)), claim('never', { isShared: true }), claim('week', ago(days(5)))],
      at,
    );
    expect(found.kind === 'candidates' && found.candidates.map((each) => each.headId)).toEqual(['day', 'week', 'year', 'never']);
    expect(found).toMatchObject({ candidates: [{ reasons: [{ code: 'recentUse', facts: { at: at - 1 } }, {}, {}] }, {}, {}, {}] });
  });

  it('puts the one first whose name was sent along, and never takes the name as proof', () => {
    const used = claim('Arthur Kemp', { isShared: true, lastUsedAt: at - 1 });
    const named = claim('Joanna Kemp', { isShared: true });
    expect(codes(resolve(showing('J KEMP'), [used, named], at))).toEqual([
      ['Joanna Kemp', ['nameGiven', 'sharedLine', 'severalHave']],
      ['Arthur Kemp', ['recentUse', 'sharedLine', 'severalHave']],
    ]);
    expect(resolve(showing('Joanna Kemp'), [named], at).kind).toBe('candidates');
  });

  it('says whose line it is, and how many have it', () => {
    const found = resolve(
      call,
      [claim('ada', { throughAccount: { name: '周建平家庭', kind: 'household' } }), claim('bob', { isVerified: true })],
      at,
    );
    expect(found).toMatchObject({
      candidates: [
        { headId: 'bob', reasons: [{ code: 'verified' }, { code: 'ownLine' }, { code: 'severalHave', facts: { count: 2 } }] },
        { headId: 'ada', cardId: null, reasons: [{ code: 'sharedLine', facts: { account: '周建平家庭', kind: 'household' } }, {}] },
      ],
    });
  });

  it('suggests that the line is shared when two have it as their own, and not when one does', () => {
    expect(resolve(call, [claim('ada'), claim('bob')], at)).toMatchObject({ suggestShared: true });
    expect(resolve(call, [claim('ada'), claim('bob', { isShared: true })], at)).toMatchObject({ suggestShared: false });
  });

  it('names nine at most', () => {
    const found = resolve(
      call,
      Array.from({ length: 40 }, (_, index) => claim(`p${index}`)),
      at,
    );
    expect(found.kind === 'candidates' && found.candidates).toHaveLength(9);
  });

  it('answers the same in whatever order the claims come', () => {
    const claims = fc.array(
      fc.record<Claim>({
        headId: fc.constantFrom('a', 'b', 'c'),
        cardId: fc.constantFrom('1', '2', '3', '4'),
        name: fc.constantFrom('Ada Lin', 'Bob Lin', '林达'),
        by: fc.constantFrom('arrival', 'entered'),
        isVerified: fc.boolean(),
        isShared: fc.boolean(),
        lastUsedAt: fc.constantFrom(null, 0, at - days(2), at - 1),
        throughAccount: fc.constantFrom(null, kemp, { name: 'Kemp', kind: 'household' }),
      }),
      { maxLength: 12 },
    );
    const shuffled = claims.chain((each) => fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length })));
    const arrival = fc.constantFrom(call, entering('1'), showing('A. Lin'), showing('林达'));
    fc.assert(
      fc.property(shuffled, arrival, ([one, other], arriving) => {
        expect(resolve(arriving, other, at)).toEqual(resolve(arriving, one, at));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('what somebody arrives with', () => {
  it('is the address of a message, and the name beside it', () => {
    expect(arrivalByEmail('"Okafor, Margaret" <M.Okafor@HarbourVale.example>')).toMatchObject({
      ...{ kind: 'email', key: 'm.okafor@harbourvale.example', presentedName: 'Okafor, Margaret' },
    });
    expect(arrivalByEmail(' chen@donghe.example ')).toMatchObject({ key: 'chen@donghe.example', presentedName: null });
    expect(arrivalByEmail('undisclosed recipients')).toMatchObject({ key: null, isAnonymous: false });
  });

  it('is the visitor of a chat, who is anonymous without one', () => {
    expect(arrivalByChat(' v-1 ', 'Ada')).toMatchObject({ kind: 'chatVisitor', key: 'v-1', presentedName: 'Ada', isAnonymous: false });
    expect(arrivalByChat(null, null)).toMatchObject({ key: null, isAnonymous: true });
  });

  it('is the number of a call or an SMS by its key, and what was typed', () => {
    expect(arrivalByPhone({ number: '13900009999', presentedName: null }, 'CN', [' 4711 ', ''])).toMatchObject({
      key: '+8613900009999',
      entered: ['4711'],
    });
    expect(arrivalByPhone({ number: null, presentedName: 'M. Okafor' }, 'CN')).toMatchObject({ key: null, isAnonymous: true });
    expect(arrivalByPhone({ number: 'alice', presentedName: null }, 'CN')).toMatchObject({ key: null, isAnonymous: false });
  });
});
