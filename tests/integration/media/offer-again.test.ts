import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { createMediaEngine, type MediaEngine, type MediaSession, ownKeyLine } from '../../../cti-bridge/media/index.ts';

/** A leg that is up is offered again, in other codecs: the same place, the same keys, the same numbers. */

let engine: MediaEngine;
let session: MediaSession;
beforeAll(async () => {
  engine = createMediaEngine({
    config: { host: '127.0.0.1', portRange: [0, 0], workers: 1, callsPerWorker: 10, rtpTimeoutMs: 60_000 },
    clock: systemClock,
    log: silentLog,
  });
  await engine.start();
  const opened = engine.createSession('again');
  if (!opened) throw new Error('no session');
  session = opened;
});
afterAll(() => engine.stop());

const described = (protocol: string, formats: string, ...lines: readonly string[]) =>
  ['v=0', 'o=peer 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', `m=audio 4000 ${protocol} ${formats}`, ...lines, ''].join(
    '\r\n',
  );
const wide = ['a=rtpmap:96 opus/48000/2', 'a=rtpmap:97 telephone-event/48000', 'a=rtpmap:101 telephone-event/8000'];
const lineOf = (sdp: string) => /^m=audio (\d+) (\S+) (.*?)\r?$/m.exec(sdp)?.slice(1) ?? [];
const versionOf = (sdp: string) => Number(/^o=\S+ \d+ (\d+)/m.exec(sdp)?.[1]);

it('a leg in clear keeps its port, its number of Opus, and its origin with the next version', async () => {
  const { legId, sdp } = await session.answerRtpLeg(described('RTP/AVP', '96 8 97 101', ...wide), 'never', 'withOpus');
  const [port, , formats] = lineOf(sdp);
  expect(formats).toBe('8 96 101 97');
  const first = await session.offerAgain(legId, 'opusFirst');
  expect(lineOf(first)).toEqual([port, 'RTP/AVP', '96 8 0 101 97']);
  expect(versionOf(first)).toBe(versionOf(sdp) + 1);
  await session.acceptAnswer(legId, described('RTP/AVP', '96 8 97 101', ...wide));
  const alone = await session.offerAgain(legId, 'g711');
  expect(lineOf(alone)).toEqual([port, 'RTP/AVP', '8 0 101']);
  await session.acceptAnswer(legId, described('RTP/AVP', '8 101', 'a=rtpmap:101 telephone-event/8000'));
  expect(lineOf(await session.offerAgain(legId, 'withOpus'))).toEqual([port, 'RTP/AVP', '8 0 96 101 97']);
});

it('a protected leg is offered under the key it has, and is not taken into the clear by an answer', async () => {
  const { legId, sdp } = await session.offerRtpLeg('required', null, 'withOpus');
  const crypto = 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj';
  const answer = described('RTP/SAVP', '8 96 101 97', ...wide, crypto);
  await session.acceptAnswer(legId, answer);
  const again = await session.offerAgain(legId, 'opusFirst');
  expect(lineOf(again).slice(1)).toEqual(['RTP/SAVP', '96 8 0 101 97']);
  const key = ownKeyLine(sdp, answer);
  expect(key).not.toBeNull();
  expect([...again.matchAll(/^a=crypto:(.+?)\r?$/gm)].map(([, line]) => line)).toEqual([key]);
  await expect(session.acceptAnswer(legId, described('RTP/AVP', '96 8', ...wide))).rejects.toMatchObject({ code: 'notAcceptable' });
  await session.acceptAnswer(legId, answer);
});

it('a leg on which nothing is agreed yet, or that is gone, is not offered again', async () => {
  const { legId } = await session.offerRtpLeg();
  await expect(session.offerAgain(legId, 'withOpus')).rejects.toMatchObject({ code: 'unknownLeg' });
  const { legId: browser } = await session.offerWebRtcLeg();
  await expect(session.offerAgain(browser, 'withOpus')).rejects.toMatchObject({ code: 'unknownLeg' });
  await expect(session.offerAgain('nobody', 'withOpus')).rejects.toMatchObject({ code: 'unknownLeg' });
});
