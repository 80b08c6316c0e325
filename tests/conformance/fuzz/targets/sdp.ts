import assert from 'node:assert/strict';
import { answerOffer, makeOffer, readAnswer } from '../../../../cti-bridge/media/sdp/rtp-negotiation.ts';
import { parseSdp } from '../../../../cti-bridge/media/sdp/session-description.ts';
import { tidyFarSdp } from '../../../../cti-bridge/media/webrtc/sdp-rewriting.ts';
import { readWebRtcTerms } from '../../../../cti-bridge/media/webrtc/webrtc-terms.ts';
import type { FuzzTarget } from '../fuzz.ts';
import { hostileNumbers } from '../mutate.ts';
import type { Random } from '../random.ts';

const local = { host: '192.0.2.1', port: 40_000, sessionNumber: 7, version: 1 };

const phone = `v=0
o=- 20518 0 IN IP4 203.0.113.1
s= 
t=0 0
c=IN IP4 203.0.113.1
m=audio 54609 RTP/AVP 0 8 18 101
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a=ptime:20
a=sendrecv
m=video 0 RTP/AVP 31
`;
const browser = `v=0
o=- 4611731400430051336 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:4ZcD
a=ice-pwd:2/1muCWoOi3uLifh0NuRHlHk
a=candidate:1 1 udp 2113937151 x.local 53312 typ host
a=fingerprint:sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35
a=setup:actpass
a=mid:0
a=rtpmap:0 PCMU/8000
a=rtpmap:110 telephone-event/48000
a=rtpmap:126 telephone-event/8000
a=ssrc:3735928559 cname:x
`;
const wire = (text: string): Buffer => Buffer.from(text.replace(/\n/g, '\r\n'));

function leaf(random: Random, good: string): string {
  return random.chance(0.9) ? good : random.pick([random.pick(hostileNumbers), '', `${good} ${good}`, good.repeat(random.size(500))]);
}

const attributes: readonly ((random: Random) => string)[] = [
  (random) => `a=rtpmap:${leaf(random, '101')} ${leaf(random, 'telephone-event')}/${leaf(random, '8000')}`,
  (random) => `a=rtpmap:${leaf(random, '0')} PCMU/8000/${leaf(random, '1')}`,
  (random) => `a=fmtp:${leaf(random, '101')} ${leaf(random, '0-15')}`,
  (random) => `a=${random.pick(['sendrecv', 'sendonly', 'recvonly', 'inactive'])}`,
  (random) => `a=crypto:${leaf(random, '1')} AES_CM_128_HMAC_SHA1_80 inline:${leaf(random, 'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz')}`,
  (random) => `c=IN ${random.pick(['IP4', 'IP6'])} ${leaf(random, random.pick(['192.0.2.9', '0.0.0.0', '2001:db8::1', '224.2.1.1/127']))}`,
  (random) => `${random.pick(['b=AS:64', 'k=clear:x', 'z=0 0', 'x=y', 'a', ''])}`,
];

function generate(random: Random): Buffer {
  const media = () => [
    `m=${random.pick(['audio', 'video', 'image'])} ${leaf(random, '49170')} ${random.pick(['RTP/AVP', 'RTP/SAVP', 'UDP/TLS/RTP/SAVPF'])} ${leaf(random, '0 8 101')}`,
    ...Array.from({ length: random.below(6) }, () => random.pick(attributes)(random)),
  ];
  const lines = ['v=0', `o=- ${leaf(random, '1')} 1 IN IP4 192.0.2.9`, 's=-', random.pick(attributes)(random), 't=0 0'];
  for (let left = random.below(4); left >= 0; left--) lines.push(...media());
  return Buffer.from(lines.join('\r\n') + random.pick(['\r\n', '\n', '']));
}

export const sdp: FuzzTarget = {
  name: 'sdp',
  samples: [wire(phone), wire(browser), Buffer.from(makeOffer(local))],
  generate,
  check(bytes) {
    const text = bytes.toString('utf8');
    const parsed = parseSdp(text);
    readWebRtcTerms(text);
    const tidied = tidyFarSdp(text);
    assert.ok(tidied.length <= text.length * 2 + 2, 'tidying adds nothing but line ends');
    assert.ok(!/^a=candidate:/m.test(tidied), 'no candidate is left');
    readAnswer(text);
    const answered = answerOffer(text, local);
    if (!answered.ok) return;
    assert.ok(parsed.ok, 'what is answered was read');
    const answer = parseSdp(answered.value.sdp);
    assert.ok(answer.ok, `our answer can be read: ${answer.ok ? '' : answer.error}`);
    assert.equal(answer.value.media.length, parsed.value.media.length, 'as many lines as were offered (RFC 3264 §6)');
    assert.equal(answer.value.media.filter(({ port }) => port !== 0).length, 1);
    const { remotePort } = answered.value.audio;
    assert.ok(remotePort > 0 && remotePort < 65_536);
  },
};
