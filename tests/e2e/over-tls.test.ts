import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { margaretOkafor } from '../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { pageHears, TestBrowser } from '../support/browser.ts';
import { becomeAvailable, signIn } from '../support/desktop-page.ts';
import { ScriptedPhone } from '../support/scripted-phone/index.ts';
import { selfSigned } from '../support/self-signed.ts';
import { writeToneFile } from '../support/tones.ts';

/** The desktop over HTTPS in a real Chromium: its page, its socket and JsSIP's, all behind the certificate of the bridge. */

const folder = mkdtempSync(join(tmpdir(), 'crosspoint-tls-'));
const own = selfSigned();
let bridge: TestBridge;
let browser: TestBrowser;
let caller: ScriptedPhone;

beforeAll(async () => {
  const [certificateFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(certificateFile, own.cert);
  writeFileSync(keyFile, own.key);
  bridge = await startBridge({ config: { tls: { certificateFile, keyFile } } });
  const microphone = writeToneFile(join(folder, 'agent.wav'), 440, 2_000, 48_000);
  browser = await TestBrowser.open({ microphone, trustedKey: own.publicKeyHash });
  caller = await ScriptedPhone.onTrunk({ sip: bridge.sip });
});

afterAll(async () => {
  await caller?.close();
  await browser?.close();
  await bridge?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

test('an agent signs in, is rung over WSS, answers, and each hears the other', async () => {
  const { page, problems } = await browser.page('about:blank');
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url().replace(/[?].*/, '')));
  await page.goto(bridge.httpAddress);
  await signIn(page);
  await becomeAvailable(page);
  const call = await caller.call({ to: '1000', from: margaretOkafor.number });
  await call.answered();
  await call.press('1#');
  call.mouth.playTone(1_000);
  await bridge.event('reservation:offered', () => true, 15_000);
  await page.getByRole('heading', { name: 'Margaret Okafor' }).first().waitFor();
  await page.keyboard.press('F2');
  await bridge.event('call:audioFlowing', () => true, 10_000);
  await call.ears.tone(440);
  await pageHears(page, 1_000);
  const host = new URL(bridge.httpAddress).host;
  expect([...new Set(sockets)].toSorted()).toEqual([`wss://${host}/sip`, expect.stringContaining(`wss://${host}/socket`)]);
  expect(problems).toEqual([]);
  expect(bridge.bugs).toEqual([]);
});
