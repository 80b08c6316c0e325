import type { Bench } from '../../tools/figures.ts';
import { realCallerFigures } from './ivr/real-callers.ts';
import { stepMachineFigures } from './ivr/step-machine.ts';

/**
 * What call flows cost. The step machine alone: 1,000 callers at the same time in a hotline with menus, digits, look-ups and branches; each
 * takes its next step in turn, as if all prompts were over at once. And 100 callers with telephones in a whole bridge, who hear prompts and
 * press keys.
 *
 * Aims: at least 50,000 steps a second on one thread; from a key to the next prompt at most 150 ms for 95 in 100, on two cores.
 */
export const bench: Bench = {
  name: 'ivr',
  async run() {
    return [...stepMachineFigures(), ...(await realCallerFigures({ callers: 100, measuredMs: 20_000 }))];
  },
};
