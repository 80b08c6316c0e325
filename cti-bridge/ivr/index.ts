/**
 * Call flows. `interpreter.ts` is a pure step machine: (flows, state, input, now) -> (state, actions). The same one runs live calls, the
 * simulator and the tests; `flows/run-ivr.ts` performs the actions over a `VoiceCall`.
 *
 * Two things to know: one file per kind of node under `nodes/`, each saying what it does on each input; and a run of more than 10,000
 * steps, or into an unknown node, leaves by a fault to the flow's fallback queue: a caller is never lost to a broken flow.
 */

export { compareFlows } from './compare-flows.ts';
export { type IvrStep, isOver, step } from './interpreter.ts';
export * from './model.ts';
export * from './ports.ts';
export * from './prompt-library.ts';
export { maxSteps, placeOf } from './run.ts';
export type { HouseAt } from './simulate/pretended-house.ts';
export { type FailedTest, runTests } from './simulate/run-tests.ts';
export { simulate } from './simulate/simulate.ts';
export { type IvrCaller, startState } from './start-state.ts';
export { restoredState, storedState } from './stored-state.ts';
export type { FlowHouse, PromptState } from './validate/house.ts';
export { judgeFlow, judgeInParts } from './validate/judge-flow.ts';
