import { expect, test } from 'vitest';
import { packetsOf } from '../../../../cti-bridge/media/rtpengine/relay-statistics.ts';
import {
  agreeOnTerms,
  answeredDirection,
  describeAudio,
  endpointOf,
  onlyLaw,
  type RelayTerms,
  withDirection,
} from '../../../../cti-bridge/media/rtpengine/relay-terms.ts';
import { readAnswer } from '../../../../cti-bridge/media/sdp/rtp-negotiation.ts';

const end = { host: '192.0.2.7', port: 4_000, sessionNumber: 5, version: 2 };
const alaw: RelayTerms = { payloadType: 8, law: 'PCMA', eventPayloadType: 101 };
const mulaw: RelayTerms = { payloadType: 0, law: 'PCMU', eventPayloadType: 101 };

/** What a side that describes itself so would agree to. */
function said(sdp: string) {
  const read = readAnswer(sdp);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

test('a description says where, which law and which keys', () => {
  const audio = said(describeAudio(end, mulaw));
  expect(audio).toMatchObject({
    remoteAddress: '192.0.2.7',
    remotePort: 4_000,
    sends: { payloadType: 0, law: 'PCMU' },
    eventPayloadType: 101,
  });
  expect([...audio.receives.values()]).toEqual(['PCMU']);
});

test('a description without terms leaves both laws open', () => {
  expect([...said(describeAudio(end, null)).receives.values()]).toEqual(['PCMA', 'PCMU']);
});

test('the first side to speak sets the terms', () => {
  expect(agreeOnTerms(null, said(describeAudio(end, alaw)))).toEqual({ ok: true, value: alaw });
});

test.each<[string, RelayTerms, RelayTerms, boolean]>([
  ['the same', alaw, alaw, true],
  ['another law', alaw, mulaw, false],
  ['another number for keys', alaw, { ...alaw, eventPayloadType: 96 }, false],
  ['no keys', alaw, { ...alaw, eventPayloadType: null }, true],
  ['keys where the first had none', { ...alaw, eventPayloadType: null }, alaw, true],
  ['a law under another number', alaw, { ...alaw, payloadType: 97 }, false],
])('a second side with %s', (_, first, second, isAgreed) => {
  expect(agreeOnTerms(first, said(describeAudio(end, second))).ok).toBe(isAgreed);
});

test('only the law of the call is left to choose in an offer', () => {
  const offer = 'v=0\r\nm=video 9 RTP/AVP 0 96\r\nm=audio 4000 RTP/AVP 0 8 101\r\na=rtpmap:8 PCMA/8000\r\n';
  expect(onlyLaw(offer, alaw)).toBe('v=0\r\nm=video 9 RTP/AVP 0 96\r\nm=audio 4000 RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\n');
  expect(onlyLaw(offer, null)).toBe(offer);
  expect(onlyLaw('m=audio 4000 RTP/AVP 0 101', alaw)).toBe('m=audio 4000 RTP/AVP 0 101');
});

test('where the daemon waits is read from the audio line, whichever it is', () => {
  expect(endpointOf(describeAudio(end, alaw))).toEqual({ host: '192.0.2.7', port: 4_000 });
  expect(endpointOf('v=0\r\nc=IN IP4 192.0.2.7\r\nm=audio 0 RTP/AVP 8\r\nm=audio 6000 RTP/AVP 8\r\nc=IN IP4 192.0.2.8\r\n')).toEqual({
    host: '192.0.2.8',
    port: 6_000,
  });
  expect(endpointOf('nothing')).toBeNull();
  expect(endpointOf('v=0\r\nm=audio 6000 RTP/AVP 8\r\n')).toBeNull();
});

test.each([
  ['sendrecv', 'sendrecv'],
  ['sendonly', 'recvonly'],
  ['recvonly', 'sendonly'],
  ['inactive', 'inactive'],
])('an offer of %s is answered with %s', (offered, answered) => {
  const offer = withDirection(describeAudio(end, alaw), offered);
  expect(offer).toContain(`a=${offered}\r\n`);
  expect(answeredDirection(offer)).toBe(answered);
});

test('packets are counted where the daemon counts them, and are none where it says nothing', () => {
  const query = { tags: { one: { medias: [{ streams: [{ stats: { packets: 42 } }, { stats: { packets: 7 } }] }] } } };
  expect(packetsOf(query, 'one')).toBe(42);
  expect(packetsOf(query, 'other')).toBe(0);
  expect(packetsOf({ tags: [] }, 'one')).toBe(0);
});
