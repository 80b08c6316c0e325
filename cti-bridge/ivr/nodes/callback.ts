import { begin, during } from './deed.ts';
import { ignore, leaveBy, type NodeKind, type Outcome, playAll } from './node-kind.ts';

/** How long the promise may take to be kept safe. */
const promised = { whileWaiting: null, limitMs: 5_000 };

/**
 * Offers to call the caller back, and with the key named keeps their place in the queue. After that the flow goes on: it says so, and hangs up.
 *
 *   enter            plays the offer
 *   played           starts the wait for the key
 *   digit            the key: asks for the promise; another one leaves by `declined`
 *   timeout          leaves by `declined`
 *   did promised     leaves by `promised`
 *   did notPossible  withheld number, or a queue that calls nobody back: leaves by `notPossible`
 */
export const callback: NodeKind<'callback'> = {
  needs: 'answered',
  enter: (node, run) => playAll(node.prompts, run, { kind: 'key', attempt: 1 }, () => waitForKey(node.waitMs)),
  onInput(node, run, input) {
    if (run.state.waiting.kind !== 'key') {
      return during(promised, run, input, ({ outcome }) =>
        leaveBy(outcome, outcome === 'promised' ? { actions: [{ type: 'callbackKept', queueId: node.queueId }] } : {}),
      );
    }
    switch (input.type) {
      case 'played':
        return waitForKey(node.waitMs);
      case 'timeout':
        return leaveBy('declined', { path: [{ code: 'silent', facts: {} }] });
      case 'digit': {
        if (input.digit !== node.acceptKey) return leaveBy('declined', { key: input.digit });
        const asked = begin({ kind: 'promiseCallback', queueId: node.queueId }, promised, run);
        return asked.then === 'wait' ? { ...asked, key: input.digit } : asked;
      }
      default:
        return ignore;
    }
  },
};

function waitForKey(ms: number): Outcome {
  return { then: 'wait', waiting: { kind: 'key', attempt: 1 }, actions: [{ type: 'wait', ms }] };
}
