import type { NodeKindName, NodeOf } from '../../../shared/contracts/ivr/nodes.ts';
import type { IvrPathStep } from '../../../shared/contracts/screen-pop.ts';
import type { HouseFacts, IvrAction, IvrInput, IvrState, Waiting } from '../model.ts';

/**
 * What every kind of node answers to: being entered, and what happens while the run stands on it. Both are pure and see the run as it is;
 * they say what follows, and the interpreter carries it out. Inputs no kind of node sees: `start`, `callerLeft`, and anything late.
 *
 * What goes on (a sound, a wait, a deed, masking) belongs to the node that asked for it: the interpreter ends it when the run leaves.
 */
export interface NodeKind<Kind extends NodeKindName> {
  readonly needs: Precondition;
  enter(node: NodeOf[Kind], run: RunView): Outcome;
  onInput(node: NodeOf[Kind], run: RunView, input: NodeInput): Outcome;
}

/**
 * What must be so for a node to do anything: somebody on the line, else the run ends there; and before they can be spoken to, that the call
 * was answered, else the flow is refused.
 */
export type Precondition = 'nobody' | 'caller' | 'answered';

/** A run as a node sees it. */
export interface RunView {
  readonly state: IvrState;
  readonly at: number;
  readonly house: HouseFacts;
}

export type NodeInput = Exclude<IvrInput, { readonly type: 'start' | 'callerLeft' }>;

/** An action as a node asks for it; the interpreter adds the ticket. */
export type NodeAction = WithoutTicket<
  Exclude<IvrAction, { readonly type: 'nodeEntered' | 'nodeLeft' | 'fault' | 'stopPlaying' | 'stopWaiting' | 'stopDoing' }>
>;
type WithoutTicket<Action> = Action extends IvrAction ? Omit<Action, 'ticket'> : never;

/** A line of the caller's path; the interpreter adds the time. */
export type PathNote = Omit<IvrPathStep, 'at'>;

/**
 * What follows: stay and wait, leave by an exit, go on in another flow or back in the one that called, end the run, keep a key that nobody
 * here listens to, or nothing at all.
 */
export type Outcome =
  | ({ readonly then: 'wait'; readonly waiting: Waiting } & Effects)
  | ({ readonly then: 'leave'; readonly exit: string } & Effects)
  | { readonly then: 'call'; readonly flowId: string }
  | { readonly then: 'return' }
  | ({ readonly then: 'end' } & Effects)
  | { readonly then: 'keepKey'; readonly digit: string }
  | { readonly then: 'ignore' };

export interface Effects {
  readonly actions?: readonly NodeAction[];
  readonly path?: readonly PathNote[];
  readonly locale?: IvrState['locale'];
  readonly priority?: number;
  readonly skills?: string;
  /** What became known. */
  readonly facts?: Readonly<Record<string, string>>;
  /** Those of `facts` that are secrets. */
  readonly masked?: readonly string[];
  /** What was known under names that begin so is no more. */
  readonly forgets?: string;
  /** A key that this node took. */
  readonly key?: string;
  /** A key for the next node that listens. */
  readonly typedAhead?: string;
}

export const ignore: Outcome = { then: 'ignore' };
export const keepKey = (digit: string): Outcome => ({ then: 'keepKey', digit });

export function leaveBy(exit: string, effects: Effects = {}): Outcome {
  return { then: 'leave', exit, ...effects };
}

/** Stays and plays, or without prompts does as after the last of them. */
export function playAll(
  prompts: readonly string[],
  { state }: RunView,
  waiting: Waiting,
  afterwards: () => Outcome,
  effects: Effects = {},
): Outcome {
  if (prompts.length === 0) return afterwards();
  return { then: 'wait', waiting, actions: [{ type: 'play', prompts, locale: state.locale }], ...effects };
}
