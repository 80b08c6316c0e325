import type { Bench } from '../../tools/figures.ts';
import { callLoad } from './calls/call-load.ts';
import { soundLoad } from './calls/sound-load.ts';

/**
 * Calls on the wire, on one machine: how soon the right agent rings, how soon after one is free the next, how many calls a second and how many
 * with sound one worker carries. sipp is callers and desk phones; the far ends of the sound are a process of ours.
 */
export const bench: Bench = {
  name: 'calls',
  async run() {
    return [
      ...(await callLoad({
        agents: 500,
        routedCalls: 600,
        freedCalls: 2_000,
        burstPerSecond: 200,
        burstCalls: 10_000,
        heldCalls: 400,
        profiledCalls: 1_000,
        profiledPerSecond: 50,
      })),
      ...(await soundLoad('SRTP-RTP', [60, 120, 200, 300], { profiledCalls: 100 })),
      ...(await soundLoad('RTP-RTP', [100, 200, 300, 400], { profiledCalls: 150 })),
    ];
  },
};
