import type { CommandAnswer } from '../../shared/contracts/bridge-events.ts';
import type { Asked } from './account-state.ts';
import type { LoginFailure } from './stores.ts';

/** What is being done with the whole record of somebody, and who has lapsed or is held. */
export interface PrivacyState {
  readonly dialog: { readonly kind: 'erase' | 'hold'; readonly contactId: string; readonly name: string } | null;
  readonly isBusy: boolean;
  readonly failure: LoginFailure | null;
  /** What an erasure that has just been done removed. */
  readonly removed: CommandAnswer<'privacy:erase'>['removed'] | null;
  readonly holds: CommandAnswer<'privacy:holds'>['holds'];
  readonly rules: CommandAnswer<'privacy:lapsed'>['rules'];
  /** Of holds and rules. */
  readonly asked: Asked;
  /** The rule whose people are about to be deleted, and what came of it. */
  readonly confirming: string | null;
  readonly deleted: { readonly ruleId: string; readonly people: number; readonly isDone: boolean } | null;
}

export const noPrivacy: PrivacyState = {
  dialog: null,
  isBusy: false,
  failure: null,
  removed: null,
  holds: [],
  rules: [],
  asked: { phase: 'none' },
  confirming: null,
  deleted: null,
};
