import type { UpdateState } from '../../shared/contracts/desktop-safety.ts';

/** What this computer says of itself. */
export interface ComputerState {
  /** Whether what is typed and not stored yet outlives the window. */
  readonly keepsTexts: boolean;
  /** Who was signed in when the program ended unexpectedly, and may go on. */
  readonly left: string | null;
  readonly update: UpdateState;
  /** Settings an administrator fixed: shown, and not to be changed. */
  readonly fixed: readonly string[];
}

export const plainComputer: ComputerState = { keepsTexts: true, left: null, update: { kind: 'off' }, fixed: [] };
