import { describe, expect, it } from 'vitest';
import { silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { SearchUpkeep } from '../../../cti-bridge/store/search/upkeep.ts';

/** A store that answers as the list says, then that there is nothing more. */
function upkeepOver(answers: (boolean | Error)[], isBusy = () => false, quietMs = () => Number.POSITIVE_INFINITY, tookMs = 0) {
  const clock = new VirtualClock();
  const asked: string[] = [];
  const upkeep = new SearchUpkeep({
    clock,
    log: silentLog,
    isBusy,
    quietMs,
    write: async (name) => {
      asked.push(name);
      if (tookMs > 0) await new Promise<void>((done) => clock.timer(tookMs, done));
      const answer = answers.shift() ?? false;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { clock, asked, upkeep };
}

describe('the upkeep of the search', () => {
  it('writes everybody first, in small lots, then who is due, tidies up, and then looks now and then', async () => {
    const { clock, asked } = upkeepOver([true, true, false, true, false, true, false]);
    await clock.run(100);
    expect(asked).toEqual([
      ...['indexEverything', 'indexEverything', 'indexEverything'],
      ...['indexDue', 'indexDue', 'mergeIndex', 'mergeIndex'],
    ]);
    await clock.run(1_800);
    expect(asked).toHaveLength(7);
    await clock.run(200);
    expect(asked.slice(7)).toEqual(['indexDue']);
  });

  it('leaves the writer to mass work, but for a lot a second', async () => {
    let isBusy = true;
    const { clock, asked } = upkeepOver(Array(100).fill(true), () => isBusy);
    await clock.run(5_000);
    expect(asked.length).toBeLessThanOrEqual(6);
    expect(asked.length).toBeGreaterThan(3);
    isBusy = false;
    await clock.run(2_000);
    expect(asked.length).toBeGreaterThan(50);
  });

  it('has the writer for a tenth of the time while calls come, and for half of it when they have not for a while', async () => {
    let quietMs = 100;
    const { clock, asked } = upkeepOver(
      Array(1_000).fill(true),
      () => false,
      () => quietMs,
      10,
    );
    await clock.run(10_000);
    expect(asked.length).toBeGreaterThanOrEqual(95);
    expect(asked.length).toBeLessThanOrEqual(101);
    quietMs = 6_000;
    const before = asked.length;
    await clock.run(2_000);
    expect(asked.length - before).toBeGreaterThan(90);
  });

  it('writes the whole index anew every ten minutes at most', async () => {
    const { clock, asked } = upkeepOver([false, false, true, false]);
    await clock.run(9 * 60_000);
    expect(asked.filter((name) => name === 'mergeIndex')).toHaveLength(2);
    await clock.run(2 * 60_000);
    expect(asked.filter((name) => name === 'mergeIndex').length).toBeGreaterThan(2);
  });

  it('looks for something to merge as often as for who is due while there is nothing', async () => {
    const { clock, asked } = upkeepOver([]);
    await clock.run(60_000);
    expect(asked.filter((name) => name === 'mergeIndex').length).toBeGreaterThan(20);
  });

  it('waits when the disk fails, and goes on where it was', async () => {
    const { clock, asked } = upkeepOver([true, new Error('disk full'), false]);
    await clock.run(1_000);
    expect(asked).toHaveLength(2);
    await clock.run(30_000);
    expect(asked.slice(0, 4)).toEqual(['indexEverything', 'indexEverything', 'indexEverything', 'indexDue']);
  });

  it('ends when told, with nothing left to fire', async () => {
    const { clock, asked, upkeep } = upkeepOver([true, true]);
    await clock.run(10);
    upkeep.stop();
    await clock.run(60_000);
    expect([asked.length, clock.pending]).toEqual([1, 0]);
  });
});
