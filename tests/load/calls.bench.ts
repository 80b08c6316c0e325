import type { Bench } from '../../tools/figures.ts';
import { callLoad, queueLoad } from './calls/call-load.ts';
import type { SipQueue } from './calls/house.ts';
import { soundLoad } from './calls/sound-load.ts';

const sizes = { agents: 800, routedCalls: 600, freedAgents: 100, freedCalls: 600, burstPerSecond: 200, burstCalls: 10_000 };

/**
 * Calls on the wire, on one machine: how soon the right agent rings, how soon after one is free the next, how many calls a second and how many
 * with sound one worker carries. sipp is callers and desk phones; the far ends of the sound are a process of ours.
 *
 * With `BENCH_SIP_QUEUE=NUMBER@HOST:PORT` the same calls go to any other SIP queue whose agents have telephones 7000 to 7499 that register;
 * `BENCH_SIP_PASSWORD` is theirs, `BENCH_SIP_SIGN_IN` what each dials first, `BENCH_SIP_REST_MS` how long they rest after a call.
 */
export const bench: Bench = {
  name: 'calls',
  async run() {
    const elsewhere = otherQueue(process.env);
    if (elsewhere) return await queueLoad(elsewhere, sizes);
    return [
      ...(await callLoad({ ...sizes, heldCalls: 400, profiledCalls: 1_000, profiledPerSecond: 50 })),
      ...(await soundLoad('SRTP-RTP', [60, 120, 200, 300], { profiledCalls: 100 })),
      ...(await soundLoad('RTP-RTP', [100, 200, 300, 400], { profiledCalls: 150 })),
    ];
  },
};

function otherQueue(env: NodeJS.ProcessEnv): SipQueue | null {
  const { BENCH_SIP_QUEUE, BENCH_SIP_PASSWORD = '', BENCH_SIP_SIGN_IN, BENCH_SIP_REST_MS = '0' } = env;
  if (BENCH_SIP_QUEUE === undefined) return null;
  const [, number, host, port] = /^([^@]+)@([\w.-]+):(\d+)$/.exec(BENCH_SIP_QUEUE) ?? [];
  if (number === undefined || host === undefined) throw new Error('BENCH_SIP_QUEUE takes NUMBER@HOST:PORT');
  return {
    sip: { host, port: Number(port) },
    number,
    phonePassword: BENCH_SIP_PASSWORD,
    signInCode: BENCH_SIP_SIGN_IN ?? null,
    restMs: Number(BENCH_SIP_REST_MS),
  };
}
