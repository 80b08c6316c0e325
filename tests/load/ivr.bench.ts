import type { Bench } from '../../tools/figures.ts';
import { stepMachineFigures } from './ivr/step-machine.ts';

/**
 * What call flows cost. The step machine alone: 1,000 callers at the same time in a hotline with menus, digits, look-ups and branches; each
 * takes its next step in turn, as if all prompts were over at once.
 *
 * Aim: at least 50,000 steps a second on one thread.
 */
export const bench: Bench = {
  name: 'ivr',
  async run() {
    return stepMachineFigures();
  },
};
