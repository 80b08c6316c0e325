import type { CallView } from '../contracts/call.ts';
import type { StateTable } from './state-table.ts';

/**
 * The agent's leg of a call, from the click on Answer.
 *
 *   connecting -> talking <-> held
 *        |           \         /
 *        |            rejoining        (the agent's side was lost; the caller hears hold music)
 *        '-> ended <- from anywhere
 *
 * A leg that comes back is talking, even if the caller was on hold when it was lost.
 */
export type CallLegState = CallView['state'];
export type CallLegInput = 'connect' | 'hold' | 'resume' | 'lose' | 'rejoin' | 'end';

export const callLegTable: StateTable<CallLegState, CallLegInput> = {
  connecting: { connect: 'talking', end: 'ended' },
  talking: { hold: 'held', lose: 'rejoining', end: 'ended' },
  held: { resume: 'talking', lose: 'rejoining', end: 'ended' },
  rejoining: { rejoin: 'talking', end: 'ended' },
  ended: {},
};
