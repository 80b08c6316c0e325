import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cryptoOffer, isSameAgreement, readCryptoLine, writeCryptoLine } from '../../../../cti-bridge/media/sdp/crypto-line.ts';
import { isProtected, ownKeyLine, plainOffer, withoutKeys } from '../../../../cti-bridge/media/sdp/plain-offer.ts';
import { answerOffer, makeOffer, readAnswer } from '../../../../cti-bridge/media/sdp/rtp-negotiation.ts';

const local = { host: '192.0.2.1', port: 40_000, sessionNumber: 77, version: 3 };
const key128 = Buffer.from('0123456789abcdef-salt-of-14-xx').toString('base64');
const key256 = Buffer.alloc(46, 9).toString('base64');
const keyGcm = Buffer.alloc(28, 9).toString('base64');

const offer = (...media: readonly string[]) =>
  ['v=0', 'o=- 1 1 IN IP4 198.51.100.7', 's=-', 'c=IN IP4 198.51.100.7', 't=0 0', ...media, ''].join('\r\n');
const secured = (...crypto: readonly string[]) => offer('m=audio 5000 RTP/SAVP 8', ...crypto.map((line) => `a=crypto:${line}`));
const linesOf = (sdp: string) => sdp.split('\r\n').filter((line) => line.startsWith('a=crypto'));

describe('a line with a key', () => {
  it.each([
    ['the one everybody has', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128}`],
    ['the short tag', `2 AES_CM_128_HMAC_SHA1_32 inline:${key128}`],
    ['the longer key', `3 AES_256_CM_HMAC_SHA1_80 inline:${key256}`],
    ['GCM', `4 AEAD_AES_128_GCM inline:${keyGcm}`],
    ['a lifetime as a power', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128}|2^20`],
    ['a lifetime as a number', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128}|1048576`],
    ['the longest lifetime', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128}|2^48`],
    ['a derivation rate of none', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128} KDR=0`],
    ['a hint for the window', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128} WSH=128`],
    ['an extension that may be ignored', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128} -vendor=1`],
    ['capitals in the method', `1 AES_CM_128_HMAC_SHA1_80 INLINE:${key128}`],
  ])('is taken: %s', (_, value) => {
    expect(readCryptoLine(value)).not.toBeNull();
  });

  it.each([
    ['a suite we do not speak', `1 F8_128_HMAC_SHA1_80 inline:${key128}`],
    ['a key of another length', `1 AES_256_CM_HMAC_SHA1_80 inline:${key128}`],
    ['a key that is too short', '1 AES_CM_128_HMAC_SHA1_80 inline:AAAA'],
    ['a key identifier in each packet', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128}|2^20|1:4`],
    ['an identifier without lifetime', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128}|1:4`],
    ['several keys', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128}|1:1;inline:${key128}|2:1`],
    ['a lifetime beyond the index', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128}|2^49`],
    ['a lifetime of nothing', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128}|0`],
    ['a derivation rate', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128} KDR=24`],
    ['packets that are not encrypted', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128} UNENCRYPTED_SRTP`],
    ['reports that are not encrypted', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128} UNENCRYPTED_SRTCP`],
    ['packets that are not signed', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128} UNAUTHENTICATED_SRTP`],
    ['error correction before encryption', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128} FEC_ORDER=FEC_SRTP`],
    ['another method', `1 AES_CM_128_HMAC_SHA1_80 uri:${key128}`],
    ['no tag', `AES_CM_128_HMAC_SHA1_80 inline:${key128}`],
    ['no key', '1 AES_CM_128_HMAC_SHA1_80'],
    ['nothing', ''],
  ])('is not taken: %s', (_, value) => {
    expect(readCryptoLine(value)).toBeNull();
  });

  it('that we write is read', () => {
    for (const line of cryptoOffer(randomBytes)) expect(readCryptoLine(writeCryptoLine(line).slice('a=crypto:'.length))).toEqual(line);
  });

  it('of whatever bytes harms nobody', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void readCryptoLine(text)));
  });
});

describe('answering', () => {
  const srtp = (use: 'never' | 'offered' | 'required') => ({ use, before: null });
  const good = `1 AES_CM_128_HMAC_SHA1_80 inline:${key128}`;
  const inClear = 'm=audio 6000 RTP/AVP 8';
  const both = offer('m=audio 5000 RTP/SAVP 8', `a=crypto:${good}`, inClear);

  it.each([
    ['never', offer(inClear), 'RTP/AVP'],
    ['never', secured(good), null],
    ['never', both, 'RTP/AVP'],
    ['offered', offer(inClear), 'RTP/AVP'],
    ['offered', secured(good), 'RTP/SAVP'],
    ['offered', both, 'RTP/SAVP'],
    ['offered', secured('1 F8_128_HMAC_SHA1_80 inline:AA'), null],
    ['offered', secured(), null],
    ['required', offer(inClear), null],
    ['required', offer(inClear, `a=crypto:${good}`), null],
    ['required', secured(good), 'RTP/SAVP'],
    ['required', both, 'RTP/SAVP'],
  ] as const)('where SRTP is %s: %#', (use, offered, protocol) => {
    const answered = answerOffer(offered, local, srtp(use));
    expect(answered.ok).toBe(protocol !== null);
    if (!answered.ok) return expect(answered.error.code).toBe('notAcceptable');
    expect(answered.value.sdp).toContain(`m=audio 40000 ${protocol} 8\r\n`);
    expect(answered.value.audio.srtp !== null).toBe(protocol === 'RTP/SAVP');
    expect(linesOf(answered.value.sdp)).toHaveLength(protocol === 'RTP/SAVP' ? 1 : 0);
  });

  it('takes the first key it can use, under its tag, and gives one of its own of the same suite', () => {
    const answered = answerOffer(
      secured('7 F8_128_HMAC_SHA1_80 inline:AA', `8 AES_256_CM_HMAC_SHA1_80 inline:${key256}`, good),
      local,
      srtp('offered'),
    );
    if (!answered.ok) throw new Error(answered.error.message);
    expect(linesOf(answered.value.sdp)).toEqual([expect.stringMatching(/^a=crypto:8 AES_256_CM_HMAC_SHA1_80 inline:/)]);
    expect(answered.value.audio.srtp?.theirs.key).toEqual(Buffer.alloc(32, 9));
    expect(answered.value.audio.srtp?.ours.key).not.toEqual(answered.value.audio.srtp?.theirs.key);
  });

  it('keeps its key while the far side keeps its own, in a hold for example, and takes a new one with a new one', () => {
    const first = answerOffer(secured(good), local, srtp('offered'));
    if (!first.ok) throw new Error(first.error.message);
    const before = first.value.audio.srtp;
    const held = answerOffer(`${secured(good)}a=sendonly\r\n`, local, { use: 'offered', before });
    expect(held.ok && held.value.audio).toMatchObject({ isHeld: true });
    expect(held.ok && held.value.audio.srtp).toBe(before);
    expect(held.ok && linesOf(held.value.sdp)).toEqual(linesOf(first.value.sdp));
    const other = Buffer.alloc(30, 3).toString('base64');
    const renewed = answerOffer(secured(`1 AES_CM_128_HMAC_SHA1_80 inline:${other}`), local, { use: 'offered', before });
    if (!renewed.ok || !before || !renewed.value.audio.srtp) throw new Error('not renewed');
    expect(isSameAgreement(renewed.value.audio.srtp, before)).toBe(false);
    expect(renewed.value.audio.srtp.ours.key).not.toEqual(before.ours.key);
  });
});

describe('our offer with keys', () => {
  const keys = cryptoOffer(randomBytes);
  const answerTo = (sdp: string, use: 'never' | 'offered' | 'required') => {
    const answered = answerOffer(sdp, { ...local, host: '203.0.113.5' }, { use, before: null });
    if (!answered.ok) throw new Error(answered.error.message);
    return answered.value;
  };

  it('has a key of its own on each line, and an answer to it gives both sides the same two keys', () => {
    const sdp = makeOffer(local, keys);
    expect(sdp).toContain('m=audio 40000 RTP/SAVP 8 0 101\r\n');
    expect(new Set(linesOf(sdp).map((line) => line.split('inline:')[1])).size).toBe(3);
    const far = answerTo(sdp, 'required');
    const read = readAnswer(far.sdp, 'offered', keys);
    expect(read.ok && read.value.srtp?.ours).toEqual(far.audio.srtp?.theirs);
    expect(read.ok && read.value.srtp?.theirs).toEqual(far.audio.srtp?.ours);
  });

  it('may be told to others in clear, whose answer is taken only where SRTP is not required', () => {
    const sdp = plainOffer(makeOffer(local, keys));
    expect(sdp).toBe(makeOffer(local));
    const far = answerTo(sdp, 'offered');
    expect(readAnswer(far.sdp, 'offered', keys)).toMatchObject({ ok: true, value: { srtp: null } });
    expect(readAnswer(far.sdp, 'required', keys)).toMatchObject({ ok: false, error: { code: 'notAcceptable' } });
  });

  it.each([
    ['a key under a tag that was not offered', `9 AES_CM_128_HMAC_SHA1_80 inline:${key128}`],
    ['a key of another suite than its tag', `2 AES_CM_128_HMAC_SHA1_80 inline:${key128}`],
    ['two keys', `1 AES_CM_128_HMAC_SHA1_80 inline:${key128}`, `3 AES_CM_128_HMAC_SHA1_32 inline:${key128}`],
    ['no key'],
  ])('is not answered by %s', (_, ...crypto) => {
    expect(readAnswer(secured(...crypto), 'offered', keys)).toMatchObject({ ok: false, error: { code: 'notAcceptable' } });
  });

  it('is no offer of ours to whom none was made', () => {
    expect(readAnswer(secured(`1 AES_CM_128_HMAC_SHA1_80 inline:${key128}`))).toMatchObject({ ok: false });
  });

  it('says which key of ours was chosen, for an offer of the same in another place', () => {
    const sdp = makeOffer(local, keys);
    const answer = secured(`2 AES_256_CM_HMAC_SHA1_80 inline:${key256}`);
    expect(linesOf(sdp)).toContain(`a=crypto:${ownKeyLine(sdp, answer)}`);
    expect(ownKeyLine(sdp, answer)).toMatch(/^2 /);
    expect(ownKeyLine(answer, sdp)).toMatch(/^2 /);
    expect(ownKeyLine(makeOffer(local), offer('m=audio 5000 RTP/AVP 8'))).toBeNull();
  });

  it('is kept and logged without its keys', () => {
    const sdp = makeOffer(local, keys);
    expect(withoutKeys(sdp)).not.toContain('inline:');
    expect([isProtected(withoutKeys(sdp)), isProtected(plainOffer(sdp)), isProtected(makeOffer(local))]).toEqual([true, false, false]);
  });
});
