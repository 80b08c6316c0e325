import type { AwayTimes } from './away-desk.ts';
import { Expectations, type FaultRow } from './fault-row.ts';

const limits = { connectedMs: 5_000, backMs: 8_000 } as const;
/** Long enough for what a browser holds against a page whose every attempt failed. */
const awayMs = [10_000, 30_000, 60_000, 120_000] as const;

export const bridgeRefuses: FaultRow = {
  name: 'bridge-refuses',
  about:
    'nobody listens at the bridge’s address for ten seconds to two minutes, and every attempt of a desktop is refused at once: it is connected within 5 s of the first moment somebody listens, and a waiting call rings within 8 s',
  count: awayMs.length,
  async run({ count }) {
    // A browser is loaded for this row alone.
    const { AwayDesk } = await import('./away-desk.ts');
    const expectations = new Expectations();
    const times: (Pick<AwayTimes, 'connectedMs' | 'backMs'> & { readonly awayMs: number })[] = [];
    const desk = await AwayDesk.open();
    try {
      for (let cycle = 0; cycle < count; cycle += 1) {
        const forMs = awayMs[cycle % awayMs.length] ?? awayMs[0];
        const away = await desk.refused(forMs);
        times.push({ ...away.times, awayMs: forMs });
        for (const problem of away.problems) expectations.expect(false, `after ${forMs / 1_000} s: ${problem}`);
        for (const name of ['connectedMs', 'backMs'] as const)
          expectations.expect(
            away.times[name] <= limits[name],
            `after ${forMs / 1_000} s away, ${name} ${Math.round(away.times[name])}, limit ${limits[name]}`,
          );
        await desk.hangUp(away.call);
      }
    } finally {
      await desk.close();
    }
    return {
      figures: times.flatMap(({ connectedMs, backMs, awayMs: forMs }) => [
        { name: `connected after ${forMs / 1_000} s away`, value: connectedMs, unit: 'ms', at: `limit ${limits.connectedMs}` },
        { name: `a waiting call rings after ${forMs / 1_000} s away`, value: backMs, unit: 'ms', at: `limit ${limits.backMs}` },
      ]),
      failures: expectations.failures,
    };
  },
};
