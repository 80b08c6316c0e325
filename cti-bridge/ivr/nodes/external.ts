import { openFacts } from '../run-facts.ts';
import { filled, writtenIn } from '../templates.ts';
import { takeAway, whileAway } from './away.ts';
import { leaveBy, type NodeKind } from './node-kind.ts';

/**
 * Sends the caller through an IVR elsewhere and takes them back with what it found out. No secret goes with them.
 *
 *   enter         music, and calls, with what is to be sent along
 *   did returned  leaves by `returned`, with `passed.*`
 *   did failed    it was not reached: leaves by `failed`
 *   timeout       it kept them longer than it may: leaves by `timeout`
 */
export const external: NodeKind<'external'> = {
  needs: 'answered',
  enter(node, run) {
    const facts = openFacts(run);
    const sends = Object.fromEntries(Object.entries(node.sends).map(([name, text]) => [name, filled(text, facts, writtenIn.text)]));
    const [ringMs, maxMs] = [node.ringSeconds * 1_000, node.maxSeconds * 1_000];
    return takeAway({ kind: 'external', number: node.number, sends, takes: node.takes, ringMs, maxMs }, ringMs + maxMs);
  },
  onInput: (node, _run, input) =>
    whileAway(input, (outcome, facts) => {
      const wanted = new Set(node.takes.map(({ as }) => `passed.${as}`));
      return leaveBy(outcome, { facts: Object.fromEntries(Object.entries(facts).filter(([name]) => wanted.has(name))) });
    }),
};
