import { expect, it } from 'vitest';
import { continueOrigin, originOf } from '../../../../../cti-bridge/channels/voice/re-establish/origin-line.ts';

const sdp = (origin: string) => `v=0\r\n${origin}\r\ns=-\r\nm=audio 40000 RTP/AVP 0\r\n`;

it('goes on from the session number the far side knows, one version higher, at the new address', () => {
  const before = originOf(sdp('o=crosspoint 4711 3 IN IP4 192.0.2.1'));
  expect(before).toEqual({ sessionNumber: '4711', version: 3 });
  const next = continueOrigin(sdp('o=crosspoint 99 1 IN IP4 192.0.2.9'), before ?? { sessionNumber: '', version: 0 });
  expect(next).toEqual({ sdp: sdp('o=crosspoint 4711 4 IN IP4 192.0.2.9'), origin: { sessionNumber: '4711', version: 4 } });
});

it('says nothing of a description without one', () => {
  expect(originOf('v=0\r\ns=-\r\n')).toBeNull();
});
