import { holds } from '../../../shared/conditions.ts';
import { allFacts } from '../run-facts.ts';
import { ignore, leaveBy, type NodeKind } from './node-kind.ts';

/**
 * Goes one way or another by what is known: the caller's tier, an open case, what is in arrears, how many wait.
 *
 *   enter  leaves by the first case of which all conditions hold, else by `otherwise`
 */
export const branch: NodeKind<'branch'> = {
  needs: 'nobody',
  enter(node, run) {
    const facts = allFacts(run);
    const taken = node.cases.find(({ all }) => all.every((condition) => holds(condition, facts)));
    return leaveBy(taken?.id ?? 'otherwise');
  },
  onInput: () => ignore,
};
