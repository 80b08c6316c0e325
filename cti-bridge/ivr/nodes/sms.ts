import { openFacts } from '../run-facts.ts';
import { filled, writtenIn } from '../templates.ts';
import { begin, during } from './deed.ts';
import { leaveBy, type NodeKind } from './node-kind.ts';

const handedOver = { whileWaiting: null, limitMs: 10_000 };

/**
 * Sends a text message in the language in force. No secret goes into it.
 *
 *   enter        sends; to a fact that nobody knows, leaves by `notSent` at once
 *   did sent     handed over to be sent: leaves by `sent`
 *   did notSent  leaves by `notSent`
 *   other inputs as of everything that is waited for, see `deed.ts`
 */
export const sms: NodeKind<'sms'> = {
  needs: 'nobody',
  enter(node, run) {
    const facts = openFacts(run);
    const to = node.to === null ? null : facts(node.to);
    if (to === undefined) return leaveBy('notSent');
    return begin({ kind: 'sms', to, text: filled(node.text[run.state.locale], facts, writtenIn.text) }, handedOver, run);
  },
  onInput: (_node, run, input) => during(handedOver, run, input, ({ outcome }) => leaveBy(outcome)),
};
