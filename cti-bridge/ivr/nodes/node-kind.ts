import type { IvrPathStep } from '../../../shared/contracts/screen-pop.ts';
import type { FlowNode, IvrAction, IvrInput, IvrState } from '../model.ts';

/**
 * What every kind of node answers to: being entered, and what happens while the run stands on it. Both are pure and see the run as it is;
 * they say what follows, and the interpreter carries it out. Inputs no kind of node sees: `start`, `callerLeft`, and anything late.
 */
export interface NodeKind<Kind extends FlowNode['kind']> {
  enter(node: NodeOf[Kind], state: IvrState): Outcome;
  onInput(node: NodeOf[Kind], state: IvrState, input: NodeInput): Outcome;
}

export type NodeOf = { readonly [Kind in FlowNode['kind']]: Extract<FlowNode, { readonly kind: Kind }> };
export type NodeInput = Exclude<IvrInput, { readonly type: 'start' | 'callerLeft' }>;

/** An action as a node asks for it; the interpreter adds the ticket. */
export type NodeAction = WithoutTicket<Exclude<IvrAction, { readonly type: 'nodeLeft' | 'fault' }>>;
type WithoutTicket<Action> = Action extends IvrAction ? Omit<Action, 'ticket'> : never;

/** A line of the caller's path; the interpreter adds the time. */
export type PathNote = Omit<IvrPathStep, 'at'>;

/** What follows: stay and wait, leave by an exit, end the run, or nothing at all. */
export type Outcome =
  | ({ readonly then: 'wait'; readonly waiting: IvrState['waiting'] } & Effects)
  | ({ readonly then: 'leave'; readonly exit: string; readonly to: string } & Effects)
  | ({ readonly then: 'end'; readonly exit: string } & Effects)
  | { readonly then: 'ignore' };

interface Effects {
  readonly actions?: readonly NodeAction[];
  readonly path?: readonly PathNote[];
  readonly locale?: IvrState['locale'];
  readonly attribute?: { readonly name: string; readonly value: string };
  /** A key for the next node that listens. */
  readonly typedAhead?: string;
}

export const ignore: Outcome = { then: 'ignore' };

/** The action that ends what goes on while the run waits like this: a prompt, or a timer. */
export function stopWhatGoesOn(waiting: IvrState['waiting']): readonly { readonly type: 'stopPlaying' | 'stopWaiting' }[] {
  switch (waiting.kind) {
    case 'played':
      return [{ type: 'stopPlaying' }];
    case 'menuKey':
    case 'digits':
      return [{ type: waiting.isPlaying ? 'stopPlaying' : 'stopWaiting' }];
    default:
      return [];
  }
}
