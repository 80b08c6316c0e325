import { loadavg } from 'node:os';
import { seeded } from '../../conformance/sip/memory-network.ts';
import type { AwayTimes } from './away-desk.ts';
import { Expectations, type FaultRow } from './fault-row.ts';

const limits = { toldMs: 10_000, knownMs: 15_000, backMs: 5_000, rejoinedMs: 8_000 } as const;
/** Callers come before and after the bridge can know that nobody is there. */
const earlyCallWithinMs = 8_000;
const awayLongerMs = 5_000;

const at = (values: readonly number[], share: number): number =>
  [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)] ?? Number.NaN;

export const desktopAsleep: FaultRow = {
  name: 'desktop-asleep',
  about:
    'the way to an agent’s desktop is lost without a word and given back from another address, idle and in a call by turns: the screen says so within 10 s, nothing is offered meanwhile, and a waiting call rings 5 s after there is a way; the same call goes on after 8 s',
  count: 50,
  async run({ count, seed }) {
    // A browser is loaded for this row alone.
    const { AwayDesk } = await import('./away-desk.ts');
    const expectations = new Expectations();
    const random = seeded(seed);
    const idle: AwayTimes[] = [];
    const talking: AwayTimes[] = [];
    let desk = await AwayDesk.open();
    try {
      for (let cycle = 1; cycle <= count; cycle += 2) {
        const callsAfterMs = random() < 0.5 ? random() * earlyCallWithinMs : null;
        const longerMs = random() * awayLongerMs;
        try {
          const away = await desk.idle(callsAfterMs);
          idle.push(away.times);
          for (const problem of away.problems) expectations.expect(false, `cycle ${cycle}: ${problem}`);
          if (cycle < count) {
            const during = await desk.inCall(away.call, 1_100 + (cycle % 8) * 100, longerMs);
            talking.push(during.times);
            for (const problem of during.problems) expectations.expect(false, `cycle ${cycle + 1}: ${problem}`);
          }
          await desk.hangUp(away.call);
          const said = [idle.at(-1), talking.at(-1)].map((times) => times && Object.values(times).map(Math.round).join(' '));
          console.error(`  cycle ${cycle}: idle ${said[0]}, in a call ${said[1]} ms (told, known, connected, back)`);
        } catch (error) {
          // What did not happen at all has no figure; the rest begins with a desktop of its own.
          expectations.expect(false, `cycle ${cycle} or ${cycle + 1}: ${String(error).split('\n', 1)[0]}`);
          await desk.close();
          desk = await AwayDesk.open();
        }
      }
    } finally {
      await desk.close();
    }

    const both = [...idle, ...talking];
    const measured = [
      {
        name: 'the screen says that it is not reachable',
        values: both.map(({ toldMs }) => toldMs),
        limit: limits.toldMs,
        from: 'the loss',
      },
      { name: 'a supervisor sees it', values: both.map(({ knownMs }) => knownMs), limit: limits.knownMs, from: 'the loss' },
      { name: 'connected again', values: both.map(({ connectedMs }) => connectedMs), limit: limits.backMs, from: 'when there is a way' },
      { name: 'a waiting call rings', values: idle.map(({ backMs }) => backMs), limit: limits.backMs, from: 'when there is a way' },
      { name: 'both hear each other', values: talking.map(({ backMs }) => backMs), limit: limits.rejoinedMs, from: 'when there is a way' },
    ];
    for (const { name, values, limit } of measured)
      expectations.expect(
        values.every((ms) => ms <= limit),
        `${name}: ${Math.round(Math.max(...values))} ms, limit ${limit} ms`,
      );
    return {
      figures: [
        ...measured.flatMap(({ name, values, limit, from }) => [
          { name: `${name}, p95`, value: at(values, 0.95), unit: 'ms', at: `from ${from}, n=${values.length}` },
          { name: `${name}, worst`, value: Math.max(...values), unit: 'ms', at: `limit ${limit}` },
        ]),
        { name: 'load of the machine', value: loadavg()[1] ?? Number.NaN, unit: '', at: 'of the last five minutes' },
      ],
      failures: expectations.failures,
    };
  },
};
