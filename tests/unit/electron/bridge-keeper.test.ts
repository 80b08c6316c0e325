import { expect, test } from 'vitest';
import { BridgeKeeper, pauseBeforeRestart, sameAddresses } from '../../../electron/bridge-host/bridge-keeper.ts';
import type { BridgeAddresses } from '../../../electron/bridge-host/index.ts';

const addresses = { http: 'http://127.0.0.1:8600', sip: '[::1]:5060' };

/** Bridges that end when told to, and time that passes when somebody waits. */
function house() {
  let nowMs = 0;
  const said: string[] = [];
  const starts: { readonly before: BridgeAddresses | null; readonly at: number }[] = [];
  const ends: ((signal: NodeJS.Signals | null) => void)[] = [];
  let isReady = true;
  const keeper = new BridgeKeeper({
    start(before) {
      starts.push({ before, at: nowMs });
      const { promise: ended, resolve } = Promise.withResolvers<{ code: number | null; signal: NodeJS.Signals | null }>();
      const end = (signal: NodeJS.Signals | null) => resolve({ code: signal === null ? 0 : null, signal });
      ends.push(end);
      const ready = isReady ? Promise.resolve(addresses) : Promise.reject(new Error('Port 8600 is taken.'));
      ready.catch(() => {});
      return {
        ready,
        ended,
        askToDrain: () => end(null),
        drain: async () => end(null),
        kill: () => end('SIGKILL'),
      };
    },
    say: (line) => said.push(line),
    now: () => nowMs,
    pause: async (ms) => {
      nowMs += ms;
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    keeper,
    said,
    starts,
    settle,
    pass: (ms: number) => {
      nowMs += ms;
    },
    neverReady: () => {
      isReady = false;
    },
    async die() {
      ends.at(-1)?.('SIGKILL');
      await settle();
    },
  };
}

test('a bridge that died is started again at once, where it served', async () => {
  const { keeper, starts, said, die } = house();
  expect(await keeper.ready).toEqual(addresses);
  await die();
  expect(starts).toEqual([
    { before: null, at: 0 },
    { before: addresses, at: 100 },
  ]);
  expect(said).toEqual(['The bridge ended by itself (SIGKILL). It is started again.']);
  expect(sameAddresses(addresses)).toEqual(['--port', '8600', '--sip-port', '5060']);
  expect(sameAddresses(null)).toEqual([]);
});

test('one that dies again and again is started five times within a minute, later each time, then left down and said so', async () => {
  const { keeper, starts, said, die } = house();
  for (let death = 0; death < 6; death++) await die();
  expect(await keeper.ended).toEqual({ code: null, signal: 'SIGKILL', gaveUp: true });
  expect(starts.map(({ at }) => at)).toEqual([0, 100, 400, 1_300, 4_000, 9_000]);
  expect(said.at(-1)).toBe('The bridge ended by itself (SIGKILL) 6 times, 6 of them within a minute. It is left down.');
});

test('one that dies now and then is always started again', async () => {
  const { starts, die, pass } = house();
  for (let death = 0; death < 20; death++) {
    await die();
    pass(15_000);
  }
  expect(starts).toHaveLength(21);
  expect(pauseBeforeRestart([0, 60_000])).toBe(100);
  expect(pauseBeforeRestart([1, 60_000])).toBe(300);
});

test('one that is started again and cannot serve counts as dead', async () => {
  const { keeper, starts, die, neverReady } = house();
  await keeper.ready;
  neverReady();
  for (let death = 0; death < 6; death++) await die();
  expect(await keeper.ended).toMatchObject({ gaveUp: true });
  expect(starts.at(-1)).toMatchObject({ before: addresses });
});

test('one that was asked to end stays ended, also while it is about to be started again', async () => {
  const drained = house();
  await drained.keeper.ready;
  await drained.keeper.drain();
  expect(await drained.keeper.ended).toEqual({ code: 0, signal: null, gaveUp: false });
  expect(drained.starts).toHaveLength(1);

  const killed = house();
  await killed.keeper.ready;
  await killed.die();
  killed.keeper.kill();
  expect(await killed.keeper.ended).toMatchObject({ gaveUp: false });
  expect(killed.starts).toHaveLength(2);
});
