import type { UpdateState } from '../../shared/contracts/desktop-safety.ts';

/** What this computer says of itself. */
export interface ComputerState {
  /** Whether what is typed and not stored yet outlives the window. */
  readonly keepsTexts: boolean;
  readonly update: UpdateState;
  /** Settings an administrator fixed: shown, and not to be changed. */
  readonly fixed: readonly string[];
}

export const plainComputer: ComputerState = { keepsTexts: true, update: { kind: 'off' }, fixed: [] };
