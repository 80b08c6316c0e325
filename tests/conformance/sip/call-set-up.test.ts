import { expect, test } from 'vitest';
import { callsThroughLoss } from '../../load/faults/loss.ts';

/** RFC 3261 §17: what the timers are for. `npm run fault -- loss-5 --count 10000` does the same at length. */
test.each([
  { loss: 0.01, atLeast: 0.999 },
  { loss: 0.05, atLeast: 0.999 },
  { loss: 0.2, atLeast: 0.99 },
  { loss: 0.3, atLeast: 0.9 },
])(
  'with $loss of all datagrams lost, others doubled and reordered, phones register and calls are set up and ended both ways, and nothing is stuck',
  async ({ loss, atLeast }) => {
    const result = await callsThroughLoss({ count: 250, seed: 11, network: { loss, duplicate: 0.1, reorder: 0.1 }, atLeast });
    expect(result.failures).toEqual([]);
  },
  60_000,
);

test.each(['towards us', 'from us'] as const)('with all datagrams lost %s no call is set up, and nothing is stuck', async (way) => {
  const result = await callsThroughLoss({ count: 20, seed: 3, network: { loss: 1, only: way }, atLeast: 0 });
  expect(result.failures).toEqual([]);
  expect(result).toMatchObject({ inSetUp: 0, outSetUp: 0, registered: 0 });
});
