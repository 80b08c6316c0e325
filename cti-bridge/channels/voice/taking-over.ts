import type { Clock, Log } from '../../kernel/index.ts';
import { withTimeLimit } from '../../kernel/index.ts';
import { MediaError } from '../../media/index.ts';
import type { IncomingLeg } from '../../sip/index.ts';
import { farSideOf, type LastingSession } from './re-establish/index.ts';
import { type SrtpRules, srtpTaken } from './srtp-terms.ts';
import { codecsOf } from './trunk-codecs.ts';

export interface Place {
  readonly session: LastingSession;
  /** Whose place is taken; it keeps this id, who hears whom and what plays. */
  readonly mediaLegId: string;
  /** The customer's. */
  readonly waitsWithMusic: boolean;
  readonly srtpRules: SrtpRules;
  readonly clock: Clock;
  readonly log: Log;
}

const mediaLimitMs = 3_000;

/**
 * Answers an INVITE with Replaces (RFC 3891 §3) and gives it the sound of the leg that it names. The old leg is untouched until the new one is
 * acknowledged, so that one that fails takes nobody's call away; whoever asks says good-bye to it then. Null when the new one came to nothing.
 */
export async function takePlace(newcomer: IncomingLeg, place: Place): Promise<{ readonly isMediaUp: boolean } | null> {
  const { session, clock, log, mediaLegId, waitsWithMusic } = place;
  const srtp = srtpTaken(newcomer, place.srtpRules);
  // A desk phone says itself whether it can.
  const codecs = newcomer.phone === null ? codecsOf(newcomer) : 'withOpus';
  let legId: string | null = null;
  let isMediaUp = false;
  const connected = session.on('connected', (event) => {
    if (event.legId === legId) isMediaUp = true;
  });
  try {
    const opening = newcomer.offer === null ? session.offerRtpLeg(srtp, null, codecs) : session.answerRtpLeg(newcomer.offer, srtp, codecs);
    const media = await withTimeLimit(clock, mediaLimitMs, 'opening the media of a leg that takes the place of another', opening);
    legId = media.legId;
    const acked = await newcomer.answer(media.sdp);
    if (acked.acked && newcomer.offer === null) {
      if (acked.sdp === null) throw new MediaError('badSdp', 'the ACK to a late offer carried no answer');
      await withTimeLimit(clock, mediaLimitMs, 'accepting a late answer', session.acceptAnswer(legId, acked.sdp));
    }
    if (acked.acked && session.takePlace(legId, mediaLegId)) {
      session.reach(mediaLegId, farSideOf(newcomer, clock, waitsWithMusic));
      return { isMediaUp };
    }
    log.info('leg:notReplaced', { callId: newcomer.callId, isAcknowledged: acked.acked });
    newcomer.hangUp();
  } catch (error) {
    const isTheirs = error instanceof MediaError && (error.code === 'notAcceptable' || error.code === 'badSdp');
    log.warn('leg:notReplaced', { callId: newcomer.callId, error: String(error) });
    newcomer.refuse(isTheirs ? 488 : 503);
    newcomer.hangUp();
  } finally {
    void connected.dispose();
  }
  if (legId !== null) session.closeLeg(legId);
  return null;
}
