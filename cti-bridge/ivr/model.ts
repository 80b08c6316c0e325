import type { Flow } from '../../shared/contracts/ivr/flow.ts';
import type { IvrPathStep } from '../../shared/contracts/screen-pop.ts';

export type { Condition } from '../../shared/contracts/ivr/conditions.ts';
export { commonExits, exitsOf, type NodeExit } from '../../shared/contracts/ivr/exits.ts';
export type { CallerStep, Flow, FlowProblem, FlowTest, Pretended } from '../../shared/contracts/ivr/flow.ts';
export type { FlowNode, NodeKindName, NodeOf } from '../../shared/contracts/ivr/nodes.ts';

/** A flow as it is run: never changed, and named by its number. Version 0 is a draft. */
export interface PublishedFlow {
  readonly version: number;
  readonly flow: Flow;
}

/** The flows as they were when a run began: it keeps them, whatever is published meanwhile. */
export interface FlowSource {
  find(flowId: string): PublishedFlow | undefined;
}

/** Where a call enters, with all that the flow may call. */
export interface FlowEntrance {
  readonly entry: PublishedFlow;
  readonly flows: FlowSource;
}

/** What the house knows of itself at this moment: facts whose names begin with `hours.`, `queue.` or `now.`. */
export interface HouseFacts {
  fact(name: string): string | undefined;
}

/** The moment of a step: epoch ms, and what the house knows then. */
export interface Moment {
  readonly at: number;
  readonly house: HouseFacts;
}

/** A place in a flow. */
export interface Frame {
  readonly flowId: string;
  readonly version: number;
  readonly nodeId: string;
}

/** What a run waits for. `nothing`: it has not begun, or is to begin again at its node. */
export type Waiting =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'answered' }
  /** The end of a prompt. */
  | { readonly kind: 'played' }
  | { readonly kind: 'key'; readonly attempt: number }
  | { readonly kind: 'digits'; readonly attempt: number; readonly collected: string }
  /** `leftMs`: what is left of its limit when the wait that goes on is over. */
  | { readonly kind: 'deed'; readonly leftMs: number }
  | { readonly kind: 'over' };

/** Where a run stands. Plain data: a restart can continue from it, see `stored-state.ts`. */
export interface IvrState {
  /** The last is where it stands; the others are where a `return` goes back to. Never empty. */
  readonly frames: readonly Frame[];
  readonly locale: 'en' | 'zh';
  readonly callerLocale: 'en' | 'zh' | null;
  /** All that became known in this run, by name; see `shared/contracts/ivr/conditions.ts`. Of the house's own nothing is kept here. */
  readonly facts: Readonly<Record<string, string>>;
  /** The names of facts that are secrets of the caller's. */
  readonly masked: readonly string[];
  /** Set on the way; null: the queue's own. */
  readonly priority: number | null;
  readonly skills: string | null;
  readonly path: readonly IvrPathStep[];
  /** Before that nobody hears anything. */
  readonly isAnswered: boolean;
  /** Nodes entered so far; at the limit the run ends by a fault. */
  readonly stepCount: number;
  /** The last ticket handed out. */
  readonly ticket: number;
  /** The tickets of what is going on: a sound (0 is music), a wait, a deed. What arrives with another one is late and ignored. */
  readonly sound: number | null;
  readonly timer: number | null;
  readonly deed: number | null;
  /** Keys are kept out of the recording. */
  readonly isMasking: boolean;
  /** Keys that this node took, a dot for each that is a secret. */
  readonly keys: string;
  /** Keys pressed before any node listened; the next one that does takes them. */
  readonly typedAhead: string;
  /** Epoch ms: since when the caller has heard nothing, although nobody waits for them. */
  readonly quietSince: number;
  /** The caller hung up; what needs nobody on the line may go on. */
  readonly hasLeft: boolean;
  readonly waiting: Waiting;
}

/** What happened. `facts` of a deed are named in full, such as `lookUp.orderState`. */
export type IvrInput =
  | { readonly type: 'start' }
  | { readonly type: 'answered' }
  | { readonly type: 'played'; readonly outcome: 'finished' | 'missing'; readonly ticket: number }
  | { readonly type: 'digit'; readonly digit: string }
  | { readonly type: 'timeout'; readonly ticket: number }
  | { readonly type: 'did'; readonly ticket: number; readonly outcome: string; readonly facts: Readonly<Record<string, string>> }
  | { readonly type: 'callerLeft' };

/** What another system's answer is picked apart into: `path` as in the flow, and the name that the fact will have. */
export interface Taken {
  readonly path: string;
  readonly as: string;
}

/**
 * What others do for the flow, each with the outcomes it may have. Any of them may also end by `error`. What the texts stand for is filled in.
 *
 *     lookUp           found, notFound       `by` null: by the number of the call
 *     http             answered, refused
 *     sms              sent, notSent         `to` null: to the number of the call
 *     record           done, nothing         ends by itself at silence, a key, or `maxMs`; the id of the recording as `entered.<attribute>`
 *     promiseCallback  promised, notPossible
 *     transfer         transferred, failed
 *     external         returned, failed      what came back as `passed.<as>`
 *     surveyAnswer     nobody waits for it
 */
export type Deed =
  | { readonly kind: 'lookUp'; readonly what: 'customer' | 'case' | 'balance'; readonly by: string | null }
  | {
      readonly kind: 'http';
      readonly method: 'GET' | 'POST';
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | null;
      readonly takes: readonly Taken[];
      readonly limitMs: number;
    }
  | { readonly kind: 'sms'; readonly to: string | null; readonly text: string }
  | { readonly kind: 'record'; readonly attribute: string; readonly maxMs: number }
  | { readonly kind: 'promiseCallback'; readonly queueId: string }
  | { readonly kind: 'transfer'; readonly number: string; readonly ringMs: number }
  | {
      readonly kind: 'external';
      readonly number: string;
      readonly sends: Readonly<Record<string, string>>;
      readonly takes: readonly Taken[];
      readonly ringMs: number;
      readonly maxMs: number;
    }
  | { readonly kind: 'surveyAnswer'; readonly attribute: string; readonly value: number; readonly highest: number };

/**
 * What to do, in this order. A sound and a wait may go on at the same time; a new sound (`play`, `music`) takes the place of the one before,
 * a new wait of the wait before. What is stopped says nothing more.
 */
export type IvrAction =
  | { readonly type: 'answer' }
  | { readonly type: 'play'; readonly prompts: readonly string[]; readonly locale: 'en' | 'zh'; readonly ticket: number }
  /** Over and over, until it is stopped or somebody else is heard. */
  | { readonly type: 'music' }
  | { readonly type: 'stopPlaying' }
  | { readonly type: 'wait'; readonly ms: number; readonly ticket: number }
  | { readonly type: 'stopWaiting' }
  /** From here on keys are kept out of the recording, or no more. */
  | { readonly type: 'mask'; readonly isMasked: boolean }
  | { readonly type: 'do'; readonly deed: Deed; readonly ticket: number }
  | { readonly type: 'stopDoing'; readonly ticket: number }
  | ({ readonly type: 'nodeEntered' } & Frame)
  /**
   * `exit` null: the run ended here; `hangUp`: the caller did. `keys`: what was pressed here, a dot for each key that is a secret. `facts`:
   * what became known here, without secrets.
   */
  | ({
      readonly type: 'nodeLeft';
      readonly exit: string | null;
      readonly keys: string | null;
      readonly facts: Readonly<Record<string, string>>;
    } & Frame)
  /** They keep their place in line and are called back; the run goes on. */
  | { readonly type: 'callbackKept'; readonly queueId: string }
  // How a run ends. After a hang-up it ends without any of these; `isOver` tells.
  | { readonly type: 'queue'; readonly queueId: string; readonly priority: number | null; readonly skills: string | null }
  | { readonly type: 'voicemail'; readonly queueId: string }
  | { readonly type: 'hangUp' }
  | { readonly type: 'transferred' }
  /** The flow is broken (unknown node, too many steps): to be logged. The caller goes to the fallback queue by the `queue` that follows. */
  | { readonly type: 'fault'; readonly what: string };
