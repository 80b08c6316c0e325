import type { CallEnd, EndReason, Unreached } from '../../../shared/contracts/call.ts';
import type { AgentLeg, AgentLegFailure } from '../../interactions/index.ts';
import type { MediaEvents } from '../../media/index.ts';
import type { LegEnd } from '../../sip/index.ts';

/** Every ending in one place: what SIP or media reported, and what the business calls it. */

type ReasonHeader = { readonly protocol: 'SIP' | 'Q.850'; readonly cause: number; readonly text: string };

/** The caller's leg ended and it was not our doing: who, why, whose fault. Whether a BYE was an abandonment is for the flow to say. */
export function callEndOf(end: LegEnd): CallEnd {
  switch (end.cause) {
    case 'bye':
      return { by: 'caller', reason: 'hungUp', fault: 'caller' };
    case 'cancel':
      return { by: 'caller', reason: 'abandoned', fault: 'caller' };
    case 'timeout':
    case 'flowClosed':
    case 'noAck':
    case 'protocolError':
      return { by: 'system', reason: 'peerLost', fault: 'upstream' };
    case 'rejected':
      // RFC 3261 §12.2.1.2: 481 and 408 within a dialog mean that the far side has no such call any more.
      return { by: 'system', reason: end.status === 481 || end.status === 408 ? 'peerLost' : 'rejected', fault: 'upstream' };
    // Our own endings are recorded before the leg reports them; one that nobody asked for is the stack being stopped.
    case 'local':
      return { by: 'system', reason: 'shutdown', fault: 'ours' };
  }
}

export function callEndOfLoss(_why: MediaEvents['lost']['why']): CallEnd {
  return { by: 'system', reason: 'mediaLost', fault: 'upstream' };
}

/** Final status for a call we end before having answered it. */
export function refusalOf(reason: EndReason): number {
  switch (reason) {
    case 'unknownNumber':
      return 404;
    case 'overload':
    case 'shutdown':
      return 503;
    case 'rejected':
      return 486;
    case 'fault':
      return 500;
    default:
      return 480;
  }
}

/** Reason header (RFC 3326) of our BYE to the caller. Cause values: Q.850 table 1. */
export function reasonOfEnd(reason: EndReason): ReasonHeader {
  switch (reason) {
    case 'mediaLost':
      return { protocol: 'Q.850', cause: 41, text: 'No media' };
    case 'peerLost':
    case 'fault':
      return { protocol: 'Q.850', cause: 41, text: 'Temporary failure' };
    case 'shutdown':
      return { protocol: 'Q.850', cause: 41, text: 'Shutting down' };
    case 'overload':
      return { protocol: 'Q.850', cause: 42, text: 'Congestion' };
    default:
      return { protocol: 'Q.850', cause: 16, text: 'Normal call clearing' };
  }
}

/** Why an INVITE to an agent's phone came to nothing. */
export function legFailureOf(end: LegEnd): AgentLegFailure {
  if (end.cause === 'local' || end.cause === 'cancel') return 'canceled';
  if (end.cause === 'timeout' || end.status === 408) return 'noAnswer';
  if (end.cause !== 'rejected') return 'deviceUnreachable';
  switch (end.status) {
    case 487:
      return 'canceled';
    case 404: // no such binding any more
    case 410:
    case 430: // flow failed (RFC 5626 §11.6)
    case 503:
      return 'deviceUnreachable';
    case 415:
    case 488: // the phone cannot do our media
    case 606:
      return 'mediaFailed';
    case 480:
      // RFC 3261 §21.4.18: "temporarily unavailable" is the user's choice (do not disturb) or a device that cannot know of the call; the text tells.
      return end.text !== null && /not registered|not logged|no binding|no offer/i.test(end.text) ? 'deviceUnreachable' : 'rejected';
    default:
      // 486, 600, 603 and whatever else a phone answers in its user's name.
      return end.status !== null && end.status >= 500 && end.status < 600 ? 'deviceUnreachable' : 'rejected';
  }
}

/** A number was called and nobody answered: why, as whoever called wants to know it. */
export function unreachedOf(end: LegEnd): Unreached {
  if (end.cause === 'timeout') return 'noAnswer';
  switch (end.status) {
    case 486: // RFC 3261 §21.4.24 and §21.6.1: busy here, and busy everywhere
    case 600:
      return 'busy';
    case 408:
    case 480:
    case 487:
      return 'noAnswer';
    case 404:
    case 410: // moved away without saying where
    case 484: // too few digits
    case 604:
      return 'noNumber';
    case 403:
    case 603:
    case 607: // unwanted (RFC 8197)
      return 'refused';
    default:
      return 'noWay';
  }
}

/** An answered agent leg is over. `text` of a BYE is not looked at: a phone that says BYE was hung up. */
export function goneOf(end: LegEnd): 'hungUp' | 'lost' | 'released' {
  if (end.cause === 'local') return 'released';
  return end.cause === 'bye' ? 'hungUp' : 'lost';
}

type Release = Parameters<AgentLeg['release']>[0];

/** Reason header of our CANCEL or BYE to an agent's phone. RFC 3326 §3.1: cause 200 tells a phone not to list the call as missed. */
export const reasonOfRelease: Readonly<Record<Release, ReasonHeader>> = {
  answeredElsewhere: { protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' },
  callerLeft: { protocol: 'SIP', cause: 487, text: 'Caller left' },
  noAnswer: { protocol: 'SIP', cause: 408, text: 'No answer' },
  rejected: { protocol: 'SIP', cause: 603, text: 'Declined on the desktop' },
  rescinded: { protocol: 'SIP', cause: 480, text: 'Offer withdrawn' },
  ended: { protocol: 'Q.850', cause: 16, text: 'Normal call clearing' },
};
