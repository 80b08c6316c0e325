import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { margaretOkafor } from '../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { pageHears, TestBrowser } from '../support/browser.ts';
import { Coturn, type CoturnOptions } from '../support/coturn.ts';
import { becomeAvailable, signIn } from '../support/desktop-page.ts';
import { knownSoundsOf, ScriptedPhone } from '../support/scripted-phone/index.ts';
import { selfSigned } from '../support/self-signed.ts';
import { writeToneFile } from '../support/tones.ts';

/**
 * An agent whose network lets no sound through, so that the desktop may use nothing but the relay: Debian's coturn with the configuration
 * of `docs/deployment/turn`, the desktop in Chromium, and a caller with a tone of 1000 Hz.
 */
const secret = 'only the bridge and the relay know this';

const urls = {
  udp: ({ port }: Coturn) => `turn:127.0.0.1:${port}`,
  tcp: ({ port }: Coturn) => `turn:127.0.0.1:${port}?transport=tcp`,
  tls: ({ tlsPort }: Coturn) => `turns:127.0.0.1:${tlsPort}?transport=tcp`,
};
type Way = keyof typeof urls;

let folder: string;
let coturn: Coturn;
let bridge: TestBridge;
let browser: TestBrowser;
let phone: ScriptedPhone;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crosspoint-at-home-'));
  writeFileSync(join(folder, 'turn.secret'), `${secret}\n`);
});

afterEach(async () => {
  await phone?.close();
  await browser?.close();
  await bridge?.dispose();
  await coturn?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function signedIn(way: Way, relay: Partial<CoturnOptions> = {}): Promise<Page> {
  const certificate = selfSigned();
  coturn = await Coturn.start({ secret, certificate, ...relay });
  bridge = await startBridge({
    config: {
      turn: {
        urls: [urls[way](coturn)],
        secret: { file: join(folder, 'turn.secret') },
        lifeSeconds: 3_600,
        relayOnly: true,
      },
    },
  });
  browser = await TestBrowser.open({
    microphone: writeToneFile(join(folder, 'agent.wav'), 440, 2_000, 48_000),
    trustedKey: certificate.publicKeyHash,
  });
  await browser.context.addInitScript(keepConnections);
  const { page } = await browser.page(bridge.httpAddress);
  phone = await ScriptedPhone.onTrunk({ sip: bridge.sip, known: knownSoundsOf(fileURLToPath(new URL('../../assets', import.meta.url))) });
  await signIn(page);
  await becomeAvailable(page);
  return page;
}

/** Rings the agent with a tone, and answers when it is on the screen. */
async function talk(page: Page) {
  const call = await phone.call({ to: '1000', from: margaretOkafor.number });
  await call.answered();
  await call.press('1#');
  const answer = page.getByRole('button', { name: 'Answer' }).first();
  await answer.waitFor();
  call.mouth.playTone(1_000);
  await answer.click();
  return call;
}

describe('an agent at home', () => {
  it.each(['udp', 'tcp', 'tls'] as const)('hears the caller and is heard through the relay alone, reached over %s', async (way) => {
    const page = await signedIn(way);
    const call = await talk(page);
    await bridge.event('interaction:answered');
    await pageHears(page, 1_000);
    await call.ears.tone(440);

    expect(await page.evaluate(waysOfSound)).toEqual([{ type: 'relay', protocol: way }]);
    // The password was made for this agent and by the bridge.
    await coturn.program.journal.wait(/user <\d+:[\w-]+>: incoming packet ALLOCATE processed, success/, 1_000);
    await call.hangUp();
    await bridge.event('interaction:ended');
    expect(bridge.bugs).toEqual([]);
    expect(bridge.logged.filter((line) => line.includes(secret))).toEqual([]);
  });

  it.each([
    ['has another secret', { secret: 'another one' }, /user <\d+:[\w-]+>: incoming packet message processed, error 401/],
    ['lets nobody through to the bridge', { allowedPeer: '203.0.113.9' }, /CREATE_PERMISSION processed, error 403/],
  ])('has no sound through a relay that %s', async (_what, relay, refusal) => {
    const page = await signedIn('udp', relay);
    const call = await talk(page);
    await coturn.program.journal.wait(refusal, 5_000);
    await expect.poll(() => page.evaluate(waysOfSound), { timeout: 3_000 }).toEqual([]);
    await call.hangUp();
    await bridge.event('interaction:ended');
    expect(bridge.bugs).toEqual([]);
  });
});

it('is told of at the start when the secret of the relay cannot be had', async () => {
  const missing = join(folder, 'no.secret');
  const turn = { urls: ['turn:127.0.0.1:3478'], secret: { file: missing }, lifeSeconds: 3_600, relayOnly: false };
  await expect(startBridge({ config: { turn } })).rejects.toThrow(`its secret cannot be had. There is no file ${missing}.`);
});

type WithConnections = { crosspointConnections: RTCPeerConnection[] };

/** Runs in the page before its scripts. */
function keepConnections(): void {
  const kept: RTCPeerConnection[] = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(...parameters: ConstructorParameters<typeof Native>) {
      super(...parameters);
      kept.push(this);
    }
  };
  Object.assign(window, { crosspointConnections: kept });
}

/** Runs in the page: the local ends of the pairs that carry sound. */
async function waysOfSound(): Promise<{ type: string; protocol: string }[]> {
  const ways = [];
  for (const connection of (window as unknown as WithConnections).crosspointConnections) {
    const stats = await connection.getStats();
    for (const report of stats.values()) {
      if (report.type !== 'candidate-pair' || !report.nominated || report.bytesReceived === 0) continue;
      const local = stats.get(report.localCandidateId);
      ways.push({ type: local.candidateType, protocol: local.relayProtocol ?? local.protocol });
    }
  }
  return ways;
}
