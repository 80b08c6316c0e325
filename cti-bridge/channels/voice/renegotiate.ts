import type { Log } from '../../kernel/index.ts';
import { MediaError } from '../../media/index.ts';
import type { CallMedia } from './re-establish/index.ts';

/** Answers a re-INVITE through media. A refused offer leaves the session as it was (RFC 3261 §14.2: 488). */
export async function answerToOffer(
  session: CallMedia,
  legId: string,
  offer: string,
  log: Log,
): Promise<{ readonly sdp: string; readonly isHeld: boolean } | { readonly status: number }> {
  try {
    return await session.renegotiate(legId, offer);
  } catch (error) {
    log.warn('call:offerRefused', { error: String(error) });
    return { status: error instanceof MediaError ? statusOf(error) : 500 };
  }
}

function statusOf({ code }: MediaError): number {
  // Our own offer of other media is about to leave, or has: they come again when it is settled (RFC 3261 §14.1).
  if (code === 'workerDied') return 491;
  return code === 'notAcceptable' || code === 'badSdp' ? 488 : 500;
}
