import type { Facts } from '../../shared/conditions.ts';
import { factOf } from './facts.ts';
import type { RunView } from './nodes/node-kind.ts';

/** Every fact of a run as it is now, secrets too. */
export function allFacts({ state, house }: RunView): Facts {
  return (name) => factOf(state, house, name);
}

/** Without what the caller entered as a secret: for what is said, sent and written down. */
export function openFacts({ state, house }: RunView): Facts {
  return (name) => (state.masked.includes(name) ? undefined : factOf(state, house, name));
}
