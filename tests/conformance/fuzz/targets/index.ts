import type { FuzzTarget } from '../fuzz.ts';
import { cryptoLine, sdpWithKeys } from './keys-in-sdp.ts';
import { promptSound } from './prompt-sound.ts';
import { relayDaemon } from './relay-daemon.ts';
import { rtcp, rtp, srtp } from './rtp.ts';
import { sdp } from './sdp.ts';
import { sipMessage } from './sip-message.ts';
import { sipStack } from './sip-stack.ts';
import { smpp } from './smpp.ts';
import { stun, weriftRtp } from './stun.ts';

/** Every parser that strangers reach. */
export const fuzzTargets: readonly FuzzTarget[] = [
  sipMessage,
  sipStack,
  sdp,
  cryptoLine,
  sdpWithKeys,
  rtp,
  rtcp,
  srtp,
  stun,
  weriftRtp,
  relayDaemon,
  promptSound,
  smpp,
];
