import { afterEach, expect, it } from 'vitest';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import type { MediaEngine } from '../../../cti-bridge/media/index.ts';
import { createMediaEngine } from '../../../cti-bridge/media/index.ts';

let engine: MediaEngine;
afterEach(() => engine.stop());

it('behind a 1:1 NAT the address that others know is in every description, the one that is bound in none', async () => {
  engine = createMediaEngine({
    config: { host: '127.0.0.1', advertisedHost: '203.0.113.7', portRange: [0, 0], workers: 1, callsPerWorker: 4, rtpTimeoutMs: 5_000 },
    clock: systemClock,
    log: silentLog,
  });
  await engine.start();
  const session = engine.createSession('nat');
  if (!session) throw new Error('no session');
  const [{ sdp: rtp }, { sdp: webRtc }] = await Promise.all([session.offerRtpLeg(), session.offerWebRtcLeg()]);
  expect(rtp).toContain('c=IN IP4 203.0.113.7');
  expect(webRtc).toMatch(/^a=candidate:\S+ 1 udp \d+ 203\.0\.113\.7 \d+ typ host/im);
  expect(rtp + webRtc).not.toContain('127.0.0.1');
  session.end();
});
