import { err } from '../kernel/index.ts';
import type { Administration } from './ports.ts';

const notYet = async () => err({ code: 'not_found' as const, message: 'This bridge cannot be set up from a desktop yet.' });

/** What an administrator may do to the organisation. */
export function createAdministration(): Administration {
  return { read: notYet, check: notYet, save: notYet, history: notYet, undo: notYet, setPassword: notYet };
}
