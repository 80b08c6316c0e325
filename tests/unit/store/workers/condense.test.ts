import { describe, expect, it } from 'vitest';
import { condense } from '../../../../cti-bridge/store/workers/condense.ts';

const append = (...events: string[]) => ({ name: 'appendEvents', args: [events] });
const save = (interactionId: string, agentId: string) => ({ name: 'saveLiveCall', args: [{ interactionId, agentId }] });
const forget = (interactionId: string) => ({ name: 'forgetLiveCall', args: [interactionId] });
const other = (name: string) => ({ name, args: [] });

describe('the calls of one flush', () => {
  it('append all events at once, also where calls are saved and offers noted between them', () => {
    const calls = [append('received'), save('c1', 'nobody'), append('queued', 'offered'), other('noteOffer'), append('answered')];
    expect(condense(calls)).toEqual([
      { index: 0, call: append('received', 'queued', 'offered', 'answered') },
      { index: 1, call: save('c1', 'nobody') },
      { index: 3, call: other('noteOffer') },
    ]);
  });

  it('note the nodes that callers passed at once, beside the events, but not across what takes them away', () => {
    const note = (...steps: string[]) => ({ name: 'noteIvrSteps', args: [steps] });
    const calls = [append('entered'), note('a'), append('left'), note('b', 'c'), other('erase'), note('d')];
    expect(condense(calls)).toEqual([
      { index: 0, call: append('entered', 'left') },
      { index: 1, call: note('a', 'b', 'c') },
      { index: 4, call: other('erase') },
      { index: 5, call: note('d') },
    ]);
  });

  it('keep events behind what may look at them, or must be there before', () => {
    const calls = [append('ended'), other('complete'), append('completed'), other('recordCaller'), append('received')];
    expect(condense(calls)).toEqual(calls.map((call, index) => ({ call, index })));
  });

  it('save each call once, as it was at last, in the order in which they were saved first', () => {
    const calls = [save('c1', 'nobody'), save('c2', 'lena'), save('c1', 'wei')];
    expect(condense(calls)).toEqual([
      { index: 0, call: save('c1', 'wei') },
      { index: 1, call: save('c2', 'lena') },
    ]);
  });

  it('do not bring back a call that is over', () => {
    const calls = [save('c1', 'lena'), forget('c1'), save('c1', 'wei'), forget('c1')];
    expect(condense(calls)).toEqual(calls.map((call, index) => ({ call, index })));
  });

  it('give each answer to who asked', () => {
    const calls = [append('a'), append('b'), other('acceptOffer'), append('c'), other('writeSomething')];
    expect(condense(calls).map(({ index, call }) => [index, call.name])).toEqual([
      [0, 'appendEvents'],
      [2, 'acceptOffer'],
      [4, 'writeSomething'],
    ]);
  });
});
