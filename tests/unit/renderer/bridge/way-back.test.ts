import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wayBack } from '../../../../renderer/bridge/way-back.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** `answers`: what becomes of a question put now. */
function lost(answers: () => 'there' | 'refused' | 'silent') {
  let questions = 0;
  const opened: number[] = [];
  const begunAt = performance.now();
  const way = wayBack({
    isThere(signal) {
      questions += 1;
      const answer = answers();
      if (answer !== 'silent') return Promise.resolve(answer === 'there');
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(false)));
    },
    open: () => opened.push(performance.now() - begunAt),
    random: () => 0.5,
  });
  way.search();
  return { way, opened, questions: () => questions };
}

describe('the way back to the bridge', () => {
  it('is tried every ten seconds while nobody answers, and within a second of the first answer', async () => {
    let isBack = false;
    const { opened, questions, way } = lost(() => (isBack ? 'there' : 'refused'));
    for (let second = 0; second < 60; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
      // Each attempt fails at once, as where nothing listens.
      if (opened.length > 0) way.search();
    }
    expect(opened.length).toBeLessThanOrEqual(6);
    expect(questions()).toBeGreaterThan(100);
    const before = opened.length;
    isBack = true;
    await vi.advanceTimersByTimeAsync(600);
    expect(opened.length).toBe(before + 1);
  });

  it('is opened at the first answer when the line has just been lost', async () => {
    let isBack = false;
    const { opened } = lost(() => (isBack ? 'there' : 'refused'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(opened).toEqual([]);
    isBack = true;
    await vi.advanceTimersByTimeAsync(600);
    expect(opened).toHaveLength(1);
  });

  it('gives up a question that hangs, for it was put while the way was away', async () => {
    let isBack = false;
    const { opened } = lost(() => (isBack ? 'there' : 'silent'));
    await vi.advanceTimersByTimeAsync(100);
    isBack = true;
    await vi.advanceTimersByTimeAsync(1_399);
    expect(opened).toEqual([]);
    await vi.advanceTimersByTimeAsync(2);
    expect(opened).toHaveLength(1);
  });

  it('is tried ever more rarely where somebody answers and the line comes to nothing', async () => {
    const { opened, way } = lost(() => 'there');
    for (let tenth = 0; tenth < 200; tenth += 1) {
      await vi.advanceTimersByTimeAsync(100);
      way.search();
    }
    const apart = opened.slice(1).map((at, index) => at - (opened[index] ?? 0));
    expect(opened.length).toBeLessThan(10);
    expect(Math.max(...apart)).toBeLessThan(4_700);
    expect(apart).toEqual([...apart].sort((one, other) => one - other));
    way.connected();
    way.search();
    const before = opened.length;
    await vi.advanceTimersByTimeAsync(0);
    expect(opened.length).toBe(before + 1);
  });

  it('is sought no more once it was found, or nobody wants it', async () => {
    const { opened, questions, way } = lost(() => 'refused');
    way.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([opened, questions()]).toEqual([[], 1]);
  });
});
