import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import {
  createMediaEngine,
  encodeG711,
  type MediaEngine,
  type MediaSession,
  OutboundStream,
  startPacer,
  tone,
  writeRtp,
} from '../../../cti-bridge/media/index.ts';
import { SrtpPath } from '../../../cti-bridge/media/rtp/srtp-path.ts';
import { newMaster, readCryptoLine, type SrtpAgreement, writeCryptoLine } from '../../../cti-bridge/media/sdp/crypto-line.ts';
import { next } from './next-event.ts';
import { RtpPeer } from './rtp-peer.ts';

/**
 * One media worker with two calls. Into the protected one come, beside what its caller says: each packet ten times over, packets under
 * another key, and garbage on both ports. What its agent hears is the caller; and of the other call no packet is missing.
 */
let engine: MediaEngine;
beforeAll(async () => {
  engine = createMediaEngine({
    config: { host: '127.0.0.1', portRange: [0, 0], workers: 1, callsPerWorker: 10, rtpTimeoutMs: 5_000 },
    clock: systemClock,
    log: silentLog,
  });
  await engine.start();
});
afterAll(() => engine.stop());

function newSession(name: string): MediaSession {
  const session = engine.createSession(name);
  if (!session) throw new Error('no session');
  onTestFinished(async () => {
    const closed = next(session, 'closed');
    session.end();
    await closed;
  });
  return session;
}

async function newPeer(session: MediaSession, frequency: number): Promise<{ readonly peer: RtpPeer; readonly legId: string }> {
  const peer = await RtpPeer.open('PCMA');
  onTestFinished(() => peer.close());
  const { legId, sdp } = await session.answerRtpLeg(peer.sdp());
  peer.talk(sdp, frequency);
  return { peer, legId };
}

const portOf = (sdp: string): number => Number(/^m=audio (\d+)/m.exec(sdp)?.[1]);

/** A caller whose packets are protected, on a socket whose address an attacker may forge. */
async function protectedCaller(session: MediaSession) {
  const ours = newMaster('AES_CM_128_HMAC_SHA1_80', randomBytes);
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => {
    socket.close();
  });
  const offer = [
    'v=0',
    'o=peer 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${socket.address().port} RTP/SAVP 8`,
    writeCryptoLine({ tag: 1, master: ours }),
    '',
  ].join('\r\n');
  const { legId, sdp } = await session.answerRtpLeg(offer, 'required');
  const theirs = readCryptoLine(/^a=crypto:(.*)$/m.exec(sdp)?.[1] ?? '')?.master;
  if (!theirs) throw new Error(`no key in the answer:\n${sdp}`);
  const agreement: SrtpAgreement = { tag: 1, ours, theirs };
  return { legId, agreement, send: (bytes: Buffer, port = portOf(sdp)) => socket.send(bytes, port, '127.0.0.1'), port: portOf(sdp) };
}

it('a protected call that is attacked is heard as it was spoken, and the call beside it loses nothing', async () => {
  const beside = newSession('beside');
  const [one, other] = [await newPeer(beside, 600), await newPeer(beside, 900)];
  beside.join(one.legId, other.legId);
  const attacked = newSession('attacked');
  const agent = await newPeer(attacked, 0);
  const caller = await protectedCaller(attacked);
  attacked.join(caller.legId, agent.legId);
  await Promise.all([one.peer.hears(900), other.peer.hears(600)]);

  const genuine = new SrtpPath(caller.agreement);
  const forged = new SrtpPath({ ...caller.agreement, ours: newMaster('AES_CM_128_HMAC_SHA1_80', randomBytes) });
  const [stream, forgedStream] = [new OutboundStream(), new OutboundStream()];
  let position = 0;
  const pacer = startPacer(20, () => {
    const bytes = genuine.close(stream.audio(8, encodeG711('PCMA', tone(440, 20, 8_000, position))));
    position += 160;
    stream.advance();
    // Whatever is taken is opened in place: each copy is its own.
    for (let copy = 0; copy < 10; copy++) caller.send(Buffer.from(bytes));
    for (let packet = 0; packet < 10; packet++) {
      caller.send(forged.close(forgedStream.audio(8, encodeG711('PCMA', tone(1_700, 20)))));
      forgedStream.advance();
    }
    caller.send(writeRtp(forgedStream.audio(8, encodeG711('PCMA', tone(1_700, 20)))));
    caller.send(randomBytes(60), caller.port + 1);
    caller.send(Buffer.concat([Buffer.from([0x81, 200, 0, 12]), randomBytes(48)]));
  });
  onTestFinished(() => {
    pacer.stop();
  });
  await agent.peer.hears(440);

  const [from, agentFrom] = [one.peer.packets.length, agent.peer.packets.length];
  await one.peer.until('three seconds of the call beside', () => one.peer.packets.length >= from + 150);
  const during = one.peer.packets.slice(from);
  const steps = during.slice(1).map(({ sequence }, index) => (sequence - (during[index]?.sequence ?? 0)) & 0xffff);
  expect(steps.filter((step) => step !== 1)).toEqual([]);
  expect([one.peer.listener.hears(900), agent.peer.listener.hears(440), agent.peer.listener.hears(1_700)]).toEqual([true, true, false]);
  expect(agent.peer.packets.length - agentFrom).toBeGreaterThan(140);
});
