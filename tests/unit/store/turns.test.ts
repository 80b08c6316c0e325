import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { Turns, turnLimits } from '../../../cti-bridge/store/workers/turns.ts';

const immediates = async () => {
  for (let at = 0; at < 5; at++) await new Promise((resolve) => setImmediate(resolve));
};

function open() {
  const clock = new VirtualClock();
  const turns = new Turns(clock);
  const done: string[] = [];
  const begin = (name: string) => void turns.turn((quietMs) => done.push(`${name} after ${quietMs} ms`));
  const pass = async (ms: number) => {
    await clock.advance(ms);
    await immediates();
  };
  return { turns, done, begin, pass };
}

describe('work that nobody waits for', () => {
  it('is done at once where nothing was asked', async () => {
    const { done, begin, pass } = open();
    begin('rows');
    await pass(0);
    expect(done).toEqual(['rows after Infinity ms']);
  });

  it('waits for the lull between two calls, not between two questions of one', async () => {
    const { turns, done, begin, pass } = open();
    turns.after(Promise.resolve(), 'asked');
    begin('rows');
    await pass(4);
    turns.after(Promise.resolve(), 'asked');
    await pass(turnLimits.lullMs - 1);
    expect(done).toEqual([]);
    await pass(1);
    expect(done).toEqual([`rows after ${turnLimits.lullMs} ms`]);
  });

  it('comes all the same where there is never a lull', async () => {
    const { turns, done, begin, pass } = open();
    turns.after(Promise.resolve(), 'asked');
    begin('rows');
    for (let ms = 0; ms < turnLimits.longestWaitMs + turnLimits.lullMs; ms += 5) {
      expect(done.length === 0 || ms >= turnLimits.longestWaitMs).toBe(true);
      turns.after(Promise.resolve(), 'asked');
      await pass(5);
    }
    expect(done).toHaveLength(1);
  });

  it('does not wait for what the bridge asks for itself', async () => {
    const { turns, done, begin, pass } = open();
    turns.after(Promise.resolve(), 'upkeep');
    begin('rows');
    await pass(0);
    expect(done).toHaveLength(1);
  });

  it('waits until what was asked is done, however long that takes', async () => {
    const { turns, done, begin, pass } = open();
    const asked = Promise.withResolvers<void>();
    turns.after(asked.promise, 'asked');
    begin('rows');
    await pass(turnLimits.longestWaitMs * 3);
    expect(done).toEqual([]);
    asked.resolve();
    await pass(0);
    expect(done).toHaveLength(1);
  });

  it('goes on in its order behind a piece that failed', async () => {
    const { turns, done, begin, pass } = open();
    const failed = turns.turn(() => {
      throw new Error('disk full');
    });
    begin('next');
    await expect(failed).rejects.toThrow('disk full');
    await pass(0);
    expect(done).toEqual(['next after Infinity ms']);
  });
});
