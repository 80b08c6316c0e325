import { setTimeout as pause } from 'node:timers/promises';
import { seeded } from '../../conformance/sip/memory-network.ts';
import { mediaWorkers } from '../../support/media-workers.ts';
import { CallHouse, type TalkingPair, until } from './call-house.ts';
import { Expectations, type FaultOutcome, type FaultRow, percent } from './fault-row.ts';

const audioLimitMs = 5_000;
/** Longer than anybody may wait, so that what is late has a figure too. */
const patienceMs = 30_000;
const restMs = 20_000;

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

async function hearAgain({ caller, desk }: TalkingPair): Promise<number> {
  const since = performance.now();
  const heard = await Promise.allSettled([caller.ears.tone(700, patienceMs), desk.ears.tone(440, patienceMs)]);
  return heard.every(({ status }) => status === 'fulfilled') ? performance.now() - since : Number.POSITIVE_INFINITY;
}

async function killed(
  { count, seed }: { readonly count: number; readonly seed: number },
  strike: (house: CallHouse) => Promise<number>,
  /** Between two kills: what dies again and again is given up on purpose. */
  rest = 0,
): Promise<FaultOutcome> {
  const expectations = new Expectations();
  const random = seeded(seed);
  const readyMs: number[] = [];
  const audioMs: number[] = [];
  const house = await CallHouse.open();
  try {
    await house.start();
    for (let n = 0; n < count; n++) {
      const pair = await house.talking();
      const endedBefore = ended(house);
      await pause(random() * 1_000);
      const silent = Promise.allSettled([pair.caller.ears.noTone(700, patienceMs), pair.desk.ears.noTone(440, patienceMs)]);
      const struckAt = performance.now();
      readyMs.push(await strike(house));
      await silent;
      const backAt = performance.now();
      audioMs.push((await hearAgain(pair)) + backAt - struckAt - (readyMs.at(-1) ?? 0));
      expectations.expect(ended(house) === endedBefore, `kill ${n + 1}: the call was recorded as over`);
      await pair.caller.hangUp();
      expectations.expect(await until(() => ended(house) === endedBefore + 1, 10_000), `kill ${n + 1}: the call was not closed once`);
      await pair.desk.over;
      if (n + 1 < count) await pause(rest);
    }
  } finally {
    await house.close();
  }
  const inTime = audioMs.filter((ms) => ms <= audioLimitMs).length;
  expectations.expect(percent(inTime, count) >= 95, `only ${inTime} of ${count} calls were heard again within ${audioLimitMs} ms`);
  return {
    figures: [
      {
        name: 'talking calls heard again',
        value: percent(inTime, count),
        unit: '%',
        at: `within ${audioLimitMs / 1_000} s, ${count} kills`,
      },
      { name: 'sound back, p50', value: percentile(audioMs, 0.5), unit: 'ms', at: 'from when it serves again' },
      { name: 'sound back, p99', value: percentile(audioMs, 0.99), unit: 'ms', at: 'from when it serves again' },
      { name: 'serving again, p50', value: percentile(readyMs, 0.5), unit: 'ms', at: 'from the kill' },
      { name: 'serving again, p99', value: percentile(readyMs, 0.99), unit: 'ms', at: 'from the kill' },
    ],
    failures: expectations.failures,
  };
}

const ended = (house: CallHouse): number =>
  house.read<{ ended: number }>("select count(*) as ended from interaction_event where type = 'interaction:ended'")[0]?.ended ?? 0;

export const killedRows: readonly FaultRow[] = [
  {
    name: 'bridge-killed',
    about:
      'the bridge is killed while a customer talks to a desk phone, and started again: both hear each other, and the call is closed once',
    count: 20,
    run: (options) =>
      killed(options, async (house) => {
        const since = performance.now();
        await house.kill();
        await house.start();
        return performance.now() - since;
      }),
  },
  {
    name: 'worker-killed',
    about: 'the worker that carries a talking call is killed: both hear each other again within 5 s, and the call is closed once',
    count: 20,
    run: (options) =>
      killed(
        options,
        async (house) => {
          for (const pid of mediaWorkers(house.pid)) process.kill(pid, 'SIGKILL');
          return 0;
        },
        restMs,
      ),
  },
];
