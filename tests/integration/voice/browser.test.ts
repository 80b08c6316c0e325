import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pageHears, TestBrowser } from '../../support/browser.ts';
import { writeToneFile } from '../../support/tones.ts';

/** The browser harness on itself: a page calls itself, and hears its own fake microphone. */

const folder = mkdtempSync(join(tmpdir(), 'crosspoint-browser-'));
const server = createServer((_request, response) =>
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>page</title>'),
);
let browser: TestBrowser;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await TestBrowser.open({ microphone: writeToneFile(join(folder, 'microphone.wav'), 700, 2_000, 48_000) });
});
afterAll(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
});

it('the page hears the tone of its microphone over WebRTC, and no other', async () => {
  const { page, problems } = await browser.page(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
    const [speaker, listener] = [new RTCPeerConnection(), new RTCPeerConnection()];
    speaker.onicecandidate = ({ candidate }) => void listener.addIceCandidate(candidate ?? undefined);
    listener.onicecandidate = ({ candidate }) => void speaker.addIceCandidate(candidate ?? undefined);
    for (const track of stream.getTracks()) speaker.addTrack(track, stream);
    await speaker.setLocalDescription(await speaker.createOffer());
    await listener.setRemoteDescription(speaker.localDescription ?? { type: 'offer' });
    await listener.setLocalDescription(await listener.createAnswer());
    await speaker.setRemoteDescription(listener.localDescription ?? { type: 'answer' });
  });
  await pageHears(page, 700);
  await expect(pageHears(page, 440, 300)).rejects.toThrow(/did not hear 440 Hz within 300 ms: 1 remote tracks/);
  expect(problems).toEqual([]);
});
