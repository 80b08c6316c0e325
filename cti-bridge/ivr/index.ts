/**
 * The voice menu. `interpreter.ts` is a pure step machine: (flow, state, input, at) -> (state, actions). The same one runs live calls,
 * the tests and, later, the simulator; `flows/run-ivr.ts` performs the actions over a `VoiceCall`.
 *
 * Two things to know: one file per kind of node under `nodes/`, each saying what it does on each input; and a run of more than 10,000
 * steps, or into an unknown node, leaves by a fault to the flow's fallback queue: a caller is never lost to a broken flow.
 */

export { type IvrStep, maxSteps, startState, step } from './interpreter.ts';
export * from './model.ts';
export type * from './ports.ts';
export { type FlowProblem, validateFlow } from './validate-flow.ts';
