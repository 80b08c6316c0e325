import { allFacts } from '../run-facts.ts';
import { factsIn, filled, writtenIn } from '../templates.ts';
import { ignore, leaveBy, type NodeKind } from './node-kind.ts';

/**
 * Sets the priority, the skills and attributes for what comes after. An attribute into which a secret is written is a secret.
 *
 *   enter  leaves by `next`, with `attribute.*`
 */
export const set: NodeKind<'set'> = {
  needs: 'nobody',
  enter(node, run) {
    const facts = allFacts(run);
    const attributes = Object.entries(node.attributes).map(([name, template]) => ({ name: `attribute.${name}`, template }));
    const isSecret = (template: string) => factsIn(template).some((name) => run.state.masked.includes(name));
    return leaveBy('next', {
      ...(node.priority !== null && { priority: node.priority }),
      ...(node.skills !== null && { skills: node.skills }),
      facts: Object.fromEntries(attributes.map(({ name, template }) => [name, filled(template, facts, writtenIn.text)])),
      masked: attributes.filter(({ template }) => isSecret(template)).map(({ name }) => name),
    });
  },
  onInput: () => ignore,
};
