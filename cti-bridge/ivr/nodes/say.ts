import type { Facts } from '../../../shared/conditions.ts';
import type { SpokenPart } from '../../../shared/contracts/ivr/nodes.ts';
import { openFacts } from '../run-facts.ts';
import { spoken } from '../speech/index.ts';
import { ignore, leaveBy, type NodeKind, playAll } from './node-kind.ts';

/**
 * Says a sentence put together of prompts and of what is known: a balance, a day, a number digit by digit, spoken in the language in force.
 * What nobody knows is left out, and a secret is never said. A key ends it, as it does a `play`.
 *
 *   enter   plays and waits; with nothing to say leaves at once
 *   played  leaves by `next`
 *   digit   stops playing and leaves by `next`; the key is typed ahead
 */
export const say: NodeKind<'say'> = {
  needs: 'answered',
  enter(node, run) {
    const facts = openFacts(run);
    const today = run.house.fact('now.date');
    const prompts = node.parts.flatMap((part) => promptsOf(part, facts, run.state.locale, today));
    return playAll(prompts, run, { kind: 'played' }, () => leaveBy('next'));
  },
  onInput(_node, _run, input) {
    if (input.type === 'played') return leaveBy('next');
    return input.type === 'digit' ? leaveBy('next', { typedAhead: input.digit }) : ignore;
  },
};

function promptsOf(part: SpokenPart, facts: Facts, locale: 'en' | 'zh', today: string | undefined): readonly string[] {
  if ('prompt' in part) return [part.prompt];
  const value = facts(part.fact);
  return value === undefined ? [] : spoken(value, part.as, locale, part.currency ?? currencyOf(part.fact, facts), today);
}

/** Where the flow names none, the one that was found with the amount: `balance.currency` of `balance.arrears`. */
function currencyOf(fact: string, facts: Facts): string | undefined {
  return facts(`${fact.slice(0, fact.lastIndexOf('.'))}.currency`);
}
