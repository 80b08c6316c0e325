import type { OutsideLeg } from '../../interactions/index.ts';
import type { Scope } from '../../kernel/index.ts';
import type { LiveInteraction } from '../live-interaction.ts';

/** How a deed went: one of the outcomes that its kind may have, or `error`; and what is known from it, by the names of facts. */
export interface Done {
  readonly outcome: string;
  readonly facts: Readonly<Record<string, string>>;
}

export const done = (outcome: string, facts: Done['facts'] = {}): Done => ({ outcome, facts });

/** The call in which something is done for a flow. */
export interface DeedRun {
  readonly interaction: LiveInteraction;
  readonly locale: 'en' | 'zh';
  /** As it was set on the way; null: the queue's own. */
  readonly priority: number | null;
  /** Of this deed: it ends with the deed, and with it whatever the deed began. */
  readonly scope: Scope;
  /**
   * From now on what the caller hears and presses is not the flow's business: they talk to somebody else, or leave words. Disposed, it is
   * again; with the scope as well.
   */
  takeCaller(): { dispose(): void };
  /** Whoever the caller is with when the flow has ended: theirs until one of the two hangs up. */
  transferredTo: OutsideLeg | null;
}
