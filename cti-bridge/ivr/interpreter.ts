import type { FlowSource, IvrAction, IvrInput, IvrState, Moment } from './model.ts';
import { Run } from './run.ts';

export interface IvrStep {
  readonly state: IvrState;
  readonly actions: readonly IvrAction[];
}

/**
 * One step of the menu: what happened goes in, the new state and what to do come out. Never throws: what does not fit, or comes late,
 * changes nothing, and a broken flow ends in its fallback queue.
 */
export function step(flows: FlowSource, state: IvrState, input: IvrInput, now: Moment): IvrStep {
  if (!isHeard(state, input)) return { state, actions: [] };
  try {
    return follow(new Run(flows, state, now), input);
  } catch (error) {
    // A bug of ours, or a flow that nobody judged: it ends like any that is broken.
    return new Run(flows, state, now).giveUp(String(error)).done();
  }
}

/** The run has ended; nothing more comes of it. */
export function isOver(state: IvrState): boolean {
  return state.waiting.kind === 'over';
}

function follow(run: Run, input: IvrInput): IvrStep {
  if (input.type === 'start') return run.start().done();
  if (input.type === 'callerLeft') return run.callerLeft().done();
  return run.take(input).done();
}

function isHeard(state: IvrState, input: IvrInput): boolean {
  const hasBegun = state.waiting.kind !== 'nothing';
  if (isOver(state)) return false;
  switch (input.type) {
    case 'start':
      return !hasBegun;
    case 'callerLeft':
      return !state.hasLeft;
    case 'answered':
      return state.waiting.kind === 'answered';
    case 'digit':
      return hasBegun && !state.hasLeft && /^[0-9*#A-D]$/.test(input.digit);
    case 'played':
      return hasBegun && input.ticket > 0 && input.ticket === state.sound;
    case 'timeout':
      return hasBegun && input.ticket === state.timer;
    case 'did':
      return hasBegun && input.ticket === state.deed;
  }
}
