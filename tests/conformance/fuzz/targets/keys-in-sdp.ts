import assert from 'node:assert/strict';
import { cryptoOffer, readCryptoLine, writeCryptoLine } from '../../../../cti-bridge/media/sdp/crypto-line.ts';
import { isProtected, ownKeyLine, plainOffer } from '../../../../cti-bridge/media/sdp/plain-offer.ts';
import { answerOffer, makeOffer, readAnswer } from '../../../../cti-bridge/media/sdp/rtp-negotiation.ts';
import { attributeValues, parseSdp } from '../../../../cti-bridge/media/sdp/session-description.ts';
import { masterKeyLength, masterSaltLength, srtpProfiles } from '../../../../cti-bridge/media/srtp/session-keys.ts';
import type { FuzzTarget } from '../fuzz.ts';
import { hostileNumbers } from '../mutate.ts';
import type { Random } from '../random.ts';

/** Keys of SRTP as strangers write them into SDP (RFC 4568): one line by itself, and whole descriptions answered with and without them. */

const zeros = (length: number): Buffer => Buffer.alloc(length);
const ourKeys = cryptoOffer(zeros);
const local = { host: '192.0.2.1', port: 40_000, sessionNumber: 7, version: 1 };

const leaf = (random: Random, good: string): string =>
  random.chance(0.85)
    ? good
    : random.pick([random.pick(hostileNumbers), '', `${good} ${good}`, good.repeat(random.size(500)), good.toLowerCase()]);

function lineValue(random: Random): string {
  const profile = random.pick(srtpProfiles);
  const material = random.bytes(masterKeyLength[profile] + masterSaltLength[profile] + (random.chance(0.1) ? 1 : 0)).toString('base64');
  const life = random.chance(0.4) ? `|${leaf(random, random.pick(['2^31', '2^48', '2^49', '1000000', '2^0']))}` : '';
  const keyIdentifier = random.chance(0.1) ? `|${leaf(random, '1')}:${leaf(random, '4')}` : '';
  const parameters = ['KDR=0', 'KDR=1', 'WSH=64', 'UNENCRYPTED_SRTP', 'FEC_ORDER=FEC_SRTP', '-later=x'];
  const parameter = random.chance(0.3) ? ` ${leaf(random, random.pick(parameters))}` : '';
  return `${leaf(random, String(random.below(5)))} ${leaf(random, profile)} inline:${leaf(random, material)}${life}${keyIdentifier}${parameter}`;
}

const value = (profile: string, length: number, rest = ''): string =>
  `1 ${profile} inline:${Buffer.alloc(length, 7).toString('base64')}${rest}`;
const lines = [
  value('AES_CM_128_HMAC_SHA1_80', 30, '|2^31'),
  value('AES_CM_128_HMAC_SHA1_32', 30, '|1000 WSH=64'),
  value('AES_256_CM_HMAC_SHA1_80', 46, ' -later=x'),
  value('AEAD_AES_128_GCM', 28),
];

export const cryptoLine: FuzzTarget = {
  name: 'crypto-line',
  samples: lines.map((line) => Buffer.from(line)),
  generate: (random) => Buffer.from(lineValue(random)),
  check(bytes) {
    const read = readCryptoLine(bytes.toString('utf8'));
    if (!read) return;
    const { tag, master } = read;
    assert.ok(Number.isSafeInteger(tag) && tag >= 0);
    assert.equal(master.key.length, masterKeyLength[master.profile]);
    assert.equal(master.salt.length, masterSaltLength[master.profile]);
    assert.deepEqual(readCryptoLine(writeCryptoLine(read).slice('a=crypto:'.length)), read, 'what was read can be written and read again');
  },
};

const offerOf = (protocol: string, crypto: readonly string[]): string =>
  [
    'v=0',
    'o=- 1 1 IN IP4 192.0.2.9',
    's=-',
    'c=IN IP4 192.0.2.9',
    't=0 0',
    `m=audio 49170 ${protocol} 0 8 101`,
    'a=rtpmap:101 telephone-event/8000',
    ...crypto.map((each) => `a=crypto:${each}`),
    '',
  ].join('\r\n');

export const sdpWithKeys: FuzzTarget = {
  name: 'sdp-with-keys',
  samples: [offerOf('RTP/SAVP', lines), offerOf('RTP/SAVPF', lines.slice(1)), makeOffer(local, ourKeys)].map((text) => Buffer.from(text)),
  generate: (random) =>
    Buffer.from(
      offerOf(
        leaf(random, random.pick(['RTP/SAVP', 'RTP/SAVPF', 'RTP/AVP', 'UDP/TLS/RTP/SAVPF'])),
        Array.from({ length: random.below(6) }, () => lineValue(random)),
      ),
    ),
  check(bytes) {
    const text = bytes.toString('utf8');
    for (const use of ['never', 'offered', 'required'] as const) {
      const answered = answerOffer(text, local, { use, before: null, random: zeros });
      if (answered.ok) isAsPromised(use, answered.value.sdp, answered.value.audio.srtp !== null);
      const taken = readAnswer(text, use, ourKeys);
      if (!taken.ok) continue;
      const { srtp } = taken.value;
      assert.ok(use !== 'required' || srtp, 'no sound in clear where it must be protected');
      if (srtp) assert.ok(ourKeys.some(({ tag, master }) => tag === srtp.tag && master.profile === srtp.theirs.profile));
    }
    ownKeyLine(text, text);
    assert.ok(!/^a=crypto:/m.test(plainOffer(text)), 'no key is left');
  },
};

/** With a key exactly when it is protected, and a key of ours that is read again. */
function isAsPromised(use: 'never' | 'offered' | 'required', sdp: string, isSecured: boolean): void {
  assert.equal(isProtected(sdp), isSecured);
  assert.ok(use !== 'never' || !isSecured, 'what was refused is not done');
  assert.ok(use !== 'required' || isSecured, 'no sound in clear where it must be protected');
  const answer = parseSdp(sdp);
  assert.ok(answer.ok);
  const written = answer.value.media.flatMap(({ attributes }) => attributeValues(attributes, 'crypto'));
  assert.equal(written.length, isSecured ? 1 : 0);
  for (const each of written) assert.ok(readCryptoLine(each), 'our own line can be read');
}
