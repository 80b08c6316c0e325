import type { IvrPathStep } from '../../shared/contracts/screen-pop.ts';

/** A flow as data. Nodes are kept in a map by id; every node names the node each of its exits leads to. */

export type FlowNode =
  | { readonly kind: 'answer'; readonly exits: { readonly next: string } }
  /** Recorded prompts one after another, in the language in force. */
  | { readonly kind: 'play'; readonly prompts: readonly string[]; readonly exits: { readonly next: string } }
  /** Sets the language: that of the caller's record, the one named, or the other one than is in force. */
  | { readonly kind: 'setLanguage'; readonly to: 'caller' | 'other' | 'en' | 'zh'; readonly exits: { readonly next: string } }
  /**
   * Plays and waits for one key; keys are accepted while it plays (barge-in). Silence or a wrong key repeats the menu with the matching
   * prompt first, up to `attempts`, then leaves by `noInput`.
   */
  | {
      readonly kind: 'menu';
      readonly prompts: readonly string[];
      readonly onSilence: string;
      readonly onWrongKey: string;
      readonly keys: Readonly<Record<string, { readonly label: { readonly en: string; readonly zh: string }; readonly next: string }>>;
      readonly waitMs: number;
      readonly attempts: number;
      readonly exits: { readonly noInput: string };
    }
  /** Collects digits up to `maxLength`, a terminator, or silence between keys. `masked` keeps them out of log and path. */
  | {
      readonly kind: 'collect';
      readonly prompts: readonly string[];
      readonly attribute: string;
      readonly maxLength: number;
      readonly terminator: '#' | '*' | null;
      readonly firstKeyMs: number;
      readonly betweenKeysMs: number;
      readonly masked: boolean;
      readonly exits: { readonly done: string; readonly nothing: string };
    }
  | { readonly kind: 'queue'; readonly queueId: string; readonly priority: number | null }
  | { readonly kind: 'hangUp'; readonly prompts: readonly string[] };

export interface Flow {
  readonly flowId: string;
  readonly version: number;
  readonly start: string;
  /** Where a caller goes when the flow is broken: never nowhere. */
  readonly fallbackQueueId: string;
  readonly nodes: Readonly<Record<string, FlowNode>>;
}

/** Where a run stands. Plain data: a restart can continue from it. */
export interface IvrState {
  readonly flowId: string;
  readonly nodeId: string;
  readonly locale: 'en' | 'zh';
  readonly callerLocale: 'en' | 'zh' | null;
  readonly dialled: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly path: readonly IvrPathStep[];
  /** Nodes entered so far; at the limit the run ends by a fault. */
  readonly stepCount: number;
  /** The number of the last `play` or `wait` asked for. What arrives with an older one is late and ignored. */
  readonly ticket: number;
  /** Keys pressed before any node listened; the next one that does takes them. */
  readonly typedAhead: string;
  /** What the run waits for. */
  readonly waiting:
    | { readonly kind: 'nothing' }
    | { readonly kind: 'answered' }
    | { readonly kind: 'played' }
    | { readonly kind: 'menuKey'; readonly attempt: number; readonly isPlaying: boolean }
    | { readonly kind: 'digits'; readonly collected: string; readonly isPlaying: boolean }
    | { readonly kind: 'over' };
}

/** What happened. Whoever hands back the `ticket` of the `play` or `wait` is safe from a late one being taken for the current one. */
export type IvrInput =
  | { readonly type: 'start' }
  | { readonly type: 'answered' }
  | { readonly type: 'played'; readonly outcome: 'finished' | 'missing'; readonly ticket?: number }
  | { readonly type: 'digit'; readonly digit: string }
  | { readonly type: 'timeout'; readonly ticket?: number }
  | { readonly type: 'callerLeft' };

/** What to do, in this order. A new `play` or `wait` replaces the one before; `stopPlaying` and `stopWaiting` end it, and nothing more comes of it. */
export type IvrAction =
  | { readonly type: 'answer' }
  | { readonly type: 'play'; readonly prompts: readonly string[]; readonly locale: 'en' | 'zh'; readonly ticket: number }
  | { readonly type: 'stopPlaying' }
  | { readonly type: 'wait'; readonly ms: number; readonly ticket: number }
  | { readonly type: 'stopWaiting' }
  | { readonly type: 'nodeLeft'; readonly nodeId: string; readonly exit: string }
  | { readonly type: 'queue'; readonly queueId: string; readonly priority: number | null }
  | { readonly type: 'hangUp' }
  /** The flow is broken (unknown node, too many steps): logged, and the caller goes to the fallback queue. */
  | { readonly type: 'fault'; readonly what: string };
