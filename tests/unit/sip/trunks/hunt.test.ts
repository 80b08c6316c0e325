import { expect, it } from 'vitest';
import { VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { createHuntingLeg } from '../../../../cti-bridge/sip/trunks/hunt.ts';
import { FakeOutgoingLeg } from '../../../support/fake-sip.ts';

/** Two ways to a number; what is told of each. */
function hunting() {
  const told: string[] = [];
  const legs = ['first', 'second'].map(
    (name) => new FakeOutgoingLeg({ extension: name, from: { user: '', displayName: '' }, offer: name }),
  );
  const tries = legs.map((leg) => ({
    start: () => {
      told.push(`tried ${leg.request.offer}`);
      return leg;
    },
    onAnswered: () => void told.push(`${leg.request.offer} is well`),
    onFailed: () => void told.push(`${leg.request.offer} failed`),
  }));
  return { told, legs, hunt: createHuntingLeg(tries, new VirtualClock()) };
}

it.each([
  [488, ['tried first', 'first is well', 'tried second']],
  [415, ['tried first', 'first is well', 'tried second']],
  [606, ['tried first', 'first is well', 'tried second']],
  [503, ['tried first', 'first failed', 'tried second']],
  [408, ['tried first', 'first failed', 'tried second']],
  [486, ['tried first', 'first is well']],
  [404, ['tried first', 'first is well']],
  [603, ['tried first', 'first is well']],
])('%i: whose fault it is, and whether the next is tried', async (status, wanted) => {
  const { told, legs } = hunting();
  legs[0]?.fail({ cause: 'rejected', status });
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual(wanted);
});

it('ends as the last one says when none takes the offer', async () => {
  const { legs, hunt } = hunting();
  legs[0]?.fail({ cause: 'rejected', status: 488 });
  await new Promise((resolve) => setImmediate(resolve));
  legs[1]?.fail({ cause: 'rejected', status: 488 });
  expect(await hunt?.outcome).toMatchObject({ ok: false, end: { status: 488 } });
});
