import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Matching, type MatchingInput, match, nothingMatched } from '../../../../renderer/phone/index.ts';

function run(...inputs: MatchingInput[]) {
  let state: Matching = nothingMatched;
  const effects: string[] = [];
  for (const input of inputs) {
    const next = match(state, input);
    state = next.state;
    effects.push(...next.effects.map((effect) => `${effect.type} ${effect.call}`));
  }
  return { state, effects };
}
const offered: MatchingInput = { type: 'offered', reservationId: 'r' };
const invited: MatchingInput = { type: 'invited', call: 'c', reservationId: 'r' };
const clicked: MatchingInput = { type: 'answerClicked', reservationId: 'r' };
const ended = (isAnswered: boolean): MatchingInput => ({ type: 'offerEnded', reservationId: 'r', isAnswered });

describe('matching INVITEs to offers', () => {
  it('answers on the click when offer and INVITE are both there', () => {
    expect(run(offered, invited, clicked).effects).toEqual(['prepare c', 'answer c']);
  });

  it('prepares a call as soon as it rings for an offer, and no other', () => {
    expect(run(offered, invited).effects).toEqual(['prepare c']);
    expect(run(invited, offered).effects).toEqual(['watch c', 'prepare c']);
    expect(run(invited).effects).toEqual(['watch c']);
    expect(run({ type: 'rejoin', reservationId: 'r' }, invited).effects).toEqual(['answer c']);
  });

  it('waits for the INVITE when Answer is pressed before it comes', () => {
    expect(run(offered, clicked).effects).toEqual([]);
    expect(run(offered, clicked, invited).effects).toEqual(['answer c']);
  });

  it('takes an INVITE that was faster than its offer, without refusing it later', () => {
    expect(run(invited, offered, { type: 'patienceOver', call: 'c' }, clicked).effects).toEqual(['watch c', 'prepare c', 'answer c']);
  });

  it('refuses an INVITE that no offer ever claims', () => {
    const stranger: MatchingInput = { type: 'invited', call: 's', reservationId: null };
    expect(run(stranger, { type: 'patienceOver', call: 's' }, { type: 'patienceOver', call: 's' }).effects).toEqual([
      'watch s',
      'refuse s',
    ]);
  });

  it('answers once, however often Answer is pressed', () => {
    expect(run(offered, invited, clicked, clicked).effects).toEqual(['prepare c', 'answer c']);
  });

  it('answers nothing after the offer has ended, and clears up a call whose CANCEL was lost', () => {
    expect(run(offered, invited, ended(false), clicked, { type: 'patienceOver', call: 'c' }).effects).toEqual([
      'prepare c',
      'watch c',
      'refuse c',
    ]);
  });

  it('leaves the answered call alone when its offer ends as answered', () => {
    expect(run(offered, invited, clicked, ended(true), { type: 'patienceOver', call: 'c' }).effects).toEqual(['prepare c', 'answer c']);
  });

  it('lets go of the call when another phone answered', () => {
    expect(run(offered, invited, ended(true), { type: 'patienceOver', call: 'c' }).effects).toEqual(['prepare c', 'watch c', 'refuse c']);
  });

  it('rejoins by answering by itself', () => {
    expect(run({ type: 'rejoin', reservationId: 'r' }, invited).effects).toEqual(['answer c']);
  });

  it('rejoins again after the first try was lost', () => {
    const again: MatchingInput = { type: 'invited', call: 'c2', reservationId: 'r' };
    expect(
      run({ type: 'rejoin', reservationId: 'r' }, invited, { type: 'callEnded', call: 'c' }, { type: 'rejoin', reservationId: 'r' }, again)
        .effects,
    ).toEqual(['answer c', 'answer c2']);
  });

  it('takes a second INVITE for an offer that still rings', () => {
    const again: MatchingInput = { type: 'invited', call: 'c2', reservationId: 'r' };
    expect(run(offered, invited, { type: 'callEnded', call: 'c' }, again, clicked).effects).toEqual([
      'prepare c',
      'prepare c2',
      'answer c2',
    ]);
  });

  it('never both answers and refuses a call, and never answers one twice, whatever happens', () => {
    const id = fc.constantFrom('r1', 'r2');
    const call = fc.constantFrom('a', 'b');
    const input = fc.oneof(
      fc.record({ type: fc.constant('offered' as const), reservationId: id }),
      fc.record({ type: fc.constant('answerClicked' as const), reservationId: id }),
      fc.record({ type: fc.constant('rejoin' as const), reservationId: id }),
      fc.record({ type: fc.constant('offerEnded' as const), reservationId: id, isAnswered: fc.boolean() }),
      fc.record({ type: fc.constant('patienceOver' as const), call }),
    );
    fc.assert(
      fc.property(fc.array(input, { maxLength: 12 }), fc.nat(12), fc.nat(12), (inputs, first, second) => {
        // Each call is invited once, at some moment.
        const script: MatchingInput[] = [...inputs];
        script.splice(Math.min(first, script.length), 0, { type: 'invited', call: 'a', reservationId: 'r1' });
        script.splice(Math.min(second, script.length), 0, { type: 'invited', call: 'b', reservationId: 'r2' });
        const { effects } = run(...script);
        for (const key of ['a', 'b'])
          expect(effects.filter((effect) => effect === `answer ${key}` || effect === `refuse ${key}`).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});
