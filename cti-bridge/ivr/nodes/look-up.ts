import type { NodeOf } from '../../../shared/contracts/ivr/nodes.ts';
import { allFacts } from '../run-facts.ts';
import { begin, during } from './deed.ts';
import { leaveBy, type NodeKind } from './node-kind.ts';

/**
 * Looks up the customer, their open case or what they owe, by the number of the call or by what is known as a fact. What is found takes the
 * place of what was known of it before. A customer who was known by their number stays known when what they typed leads to nobody.
 *
 *   enter         looks up; by a fact that nobody knows, leaves by `notFound` at once
 *   did found     leaves by `found`, with `customer.*`, `case.*` or `balance.*`
 *   did notFound  leaves by `notFound`
 *   other inputs  as of everything that is waited for, see `deed.ts`
 */
export const lookUp: NodeKind<'lookUp'> = {
  needs: 'nobody',
  enter(node, run) {
    const by = node.by === null ? null : allFacts(run)(node.by);
    return by === undefined ? notFound(node) : begin({ kind: 'lookUp', what: node.what, by }, node, run);
  },
  onInput: (node, run, input) =>
    during(node, run, input, ({ outcome, facts }) => {
      if (outcome === 'notFound') return notFound(node);
      const family = `${node.what}.`;
      const found = Object.fromEntries(Object.entries(facts).filter(([name]) => name.startsWith(family)));
      return leaveBy(outcome, outcome === 'found' ? { facts: found, forgets: family } : {});
    }),
};

function notFound({ what }: NodeOf['lookUp']) {
  return leaveBy('notFound', what === 'customer' ? {} : { forgets: `${what}.` });
}
