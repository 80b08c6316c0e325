import type { HelpCall } from '../../../shared/contracts/help.ts';

/** Whose hands are up comes back from the bridge; nothing here changes a fact by itself. */
export interface HelpDeeds {
  /** How many who supervise the agent are here; null: it was refused, and why was told. */
  ask(interactionId: string, words: string): Promise<number | null>;
  withdraw(interactionId: string): void;
  /** Says that one comes, and opens what that agent has in hand. */
  take(call: HelpCall): void;
  /** One cannot come after all. */
  giveBack(interactionId: string): void;
}
