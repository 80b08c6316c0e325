import type { Board } from '../../shared/contracts/board.ts';
import { err } from '../kernel/index.ts';
import type { Supervision } from './ports.ts';

const notYet = async () => err({ code: 'not_found' as const, message: 'This bridge has no live board yet.' });

/** What a supervisor may see and do. */
export function createSupervision(): Supervision {
  const empty: Board = { at: 0, queues: [], agents: [], alerts: [] };
  return {
    watch: () => empty,
    unwatch: () => {},
    contacts: notYet,
    whyItem: notYet,
    whyAgent: notYet,
    setPresence: notYet,
    setSkills: notYet,
    release: notYet,
    moveItem: notYet,
  };
}
