import type { IncomingRequest } from 'jssip/lib/SIPMessage';

/** JsSIP's own way of responding, which its types leave out. */
interface Responder {
  reply(status: number, reason?: string | null, headers?: string[], body?: string, sent?: () => void, failed?: () => void): void;
}

/** The reason phrase JsSIP gives its 408 when ICE finds no path. */
const noPath = 'RTP Timeout';

/**
 * Lets JsSIP prepare a whole answer and keeps back its last step, the 200, until the agent presses Answer.
 *
 *   session.answer() ── connection, description, candidates ──> 200 is held, 183 goes out with the same SDP ──release──> 200
 *
 * RFC 3261 §13.2.1: the answer of the 200 may be placed in a provisional response before it, word for word, and the caller then takes
 * that one. So ICE and DTLS are done while the phone rings. To JsSIP the call is in the middle of being answered meanwhile, where it
 * takes a CANCEL and lets us refuse as it does while ringing. Call this before `session.answer`.
 */
export function holdAnswer(request: IncomingRequest): { release(): void } {
  const responder = request as IncomingRequest & Responder;
  const reply = responder.reply.bind(responder);
  let isReleased = false;
  let held: (() => void) | null = null;

  responder.reply = (status, reason, headers, body, sent, failed) => {
    if (status === 200 && !isReleased) {
      held = () => reply(200, reason, headers, body, sent, failed);
      return reply(183, null, headers, body);
    }
    if (status >= 200) held = null;
    // 408 would say that the agent did not answer; what failed is the sound.
    if (status === 408 && reason === noPath) return reply(488, reason, headers, body, sent, failed);
    reply(status, reason, headers, body, sent, failed);
  };

  return {
    release() {
      isReleased = true;
      held?.();
      held = null;
    },
  };
}
