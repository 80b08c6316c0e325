import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';
import { findAudioLine, isHolding, readAudioTerms } from '../sdp/audio-terms.ts';
import type { NegotiatedAudio, NegotiationFailure } from '../sdp/rtp-negotiation.ts';
import { parseSdp } from '../sdp/session-description.ts';

/**
 * What a browser's offer or answer means for a leg. The connection address says nothing here (ICE finds the way), so `0.0.0.0` is no hold.
 */
export function readWebRtcTerms(sdp: string): Result<NegotiatedAudio, NegotiationFailure> {
  const parsed = parseSdp(sdp);
  if (!parsed.ok) return err({ code: 'badSdp', message: parsed.error });
  const line = parsed.value.media[findAudioLine(parsed.value, 'dtls')];
  const terms = line && readAudioTerms(parsed.value, { ...line, connection: { family: 'IP4', address: 'ice' } });
  const first = terms?.codecs[0];
  if (!terms || !first) return err({ code: 'notAcceptable', message: 'no secure audio line with G.711' });
  return ok({
    remoteAddress: '',
    remotePort: 0,
    sends: first,
    receives: new Map(terms.codecs.map((codec) => [codec.payloadType, codec.law])),
    eventPayloadType: terms.eventPayloadType,
    opus: terms.opus,
    maySend: terms.direction === 'sendrecv' || terms.direction === 'recvonly',
    mayReceive: terms.direction === 'sendrecv' || terms.direction === 'sendonly',
    isHeld: isHolding(terms.direction),
    srtp: null,
  });
}
