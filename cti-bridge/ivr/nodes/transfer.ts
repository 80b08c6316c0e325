import { takeAway, whileAway } from './away.ts';
import { leaveBy, type NodeKind } from './node-kind.ts';

/**
 * Connects the caller with a number outside, for good.
 *
 *   enter            music, and calls
 *   did transferred  the run is over
 *   did failed       nobody there: leaves by `failed`
 *   timeout          leaves by `timeout`
 */
export const transfer: NodeKind<'transfer'> = {
  needs: 'answered',
  enter({ number, ringSeconds }) {
    const ringMs = ringSeconds * 1_000;
    return takeAway({ kind: 'transfer', number, ringMs }, ringMs);
  },
  onInput: (_node, _run, input) =>
    whileAway(input, (outcome) => (outcome === 'transferred' ? { then: 'end', actions: [{ type: 'transferred' }] } : leaveBy(outcome))),
};
