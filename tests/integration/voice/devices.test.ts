import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SoundUse, usualUse } from '../../../renderer/phone/sound-devices.ts';
import { pageHears } from '../../support/browser.ts';
import { openPhonePages, type PhonePages } from './phone-page.ts';
import { openVoiceHouse, type VoiceHouse } from './voice-house.ts';

/** The desktop's own phone in Chromium while its surroundings change: microphones are pulled and chosen, and its line dies unnoticed. */

interface DesktopPhone {
  readonly events: string[];
  start(account: object): void;
  offered(reservationId: string): void;
  answer(reservationId: string): void;
  rejoin(reservationId: string): void;
  setMuted(isMuted: boolean): void;
  soundThrough(devices: SoundUse): void;
  wake(): void;
  plugTones(...frequencies: number[]): { pull(frequency: number): void };
}
type PhonePage = { desktopPhone: DesktopPhone; tones: { pull(frequency: number): void } };

let house: VoiceHouse;
let pages: PhonePages;

beforeAll(async () => {
  [house, pages] = await Promise.all([openVoiceHouse(), openPhonePages('desktop-phone-page.ts')]);
});
afterAll(async () => {
  await pages.close();
  await house.stop();
});

const sees = (page: Page, event: string, times = 1) =>
  expect
    .poll(() => page.evaluate(() => (window as unknown as PhonePage).desktopPhone.events), { timeout: 5_000 })
    .toSatisfy((events: string[]) => events.filter((each) => each === event).length >= times);

const through = (page: Page, microphone: string) =>
  page.evaluate((use) => (window as unknown as PhonePage).desktopPhone.soundThrough(use), { ...usualUse, microphone });

async function signIn(page: Page, webSocketUrl?: string): Promise<void> {
  const { url, uri, credentials } = house.agentAccount('201');
  const account = { webSocketUrl: webSocketUrl ?? url, uri, ...credentials, realm: 'crosspoint.invalid' };
  await page.evaluate((as) => (window as unknown as PhonePage).desktopPhone.start(as), account);
  await sees(page, 'registered');
}

it('another microphone is heard within two seconds in a call, whether the first is pulled or another is chosen, and stays closed if it was', async () => {
  const page = await pages.open();
  await page.evaluate(() => {
    const scope = window as unknown as PhonePage;
    scope.tones = scope.desktopPhone.plugTones(700, 900, 1_100);
  });
  await signIn(page);
  const { line, call } = await house.inCall();
  const leg = house.ring(call);
  await page.evaluate((id) => {
    const { desktopPhone } = window as unknown as PhonePage;
    desktopPhone.offered(id);
    desktopPhone.answer(id);
  }, leg.reservationId);
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  await line.ears.tone(700);

  await page.evaluate(() => (window as unknown as PhonePage).tones.pull(700));
  await line.ears.tone(900, 2_000);
  await through(page, '1100');
  await line.ears.tone(1_100, 2_000);

  await page.evaluate(() => (window as unknown as PhonePage).desktopPhone.setMuted(true));
  await line.ears.silence();
  await page.evaluate(() => (window as unknown as PhonePage).tones.pull(1_100));
  await sees(page, 'speaks into tone 900', 2);
  await line.ears.silence();
  await page.evaluate(() => (window as unknown as PhonePage).desktopPhone.setMuted(false));
  await line.ears.tone(900);
  await line.hangUp();
  await sees(page, 'carrying nothing');
  await page.close();
  await house.isEmpty();
});

it('a test call gives back what is said into it', async () => {
  const page = await pages.open();
  await signIn(page);
  const call = house.channel.ownPhones.call({ username: '201', reservationId: 'test-1', shownAs: 'Test call' });
  if (!call) throw new Error('the phone is registered');
  const answered = call.answer();
  await page.evaluate(() => (window as unknown as PhonePage).desktopPhone.rejoin('test-1'));
  expect(await answered).toBe(true);
  await sees(page, 'carrying test-1');
  const over = new AbortController();
  const played = call.play({ kind: 'echo', delayMs: 300 }, over.signal);
  await pageHears(page, 700);
  over.abort();
  expect(await played).toBe('stopped');
  call.hangUp('completedInIvr', 'system', 'agent');
  await sees(page, 'carrying nothing');
  await page.close();
  await house.tidy();
  await house.isEmpty();
});

it('a line that died without a word is there again within five seconds of waking, and one that lives is left alone', async () => {
  const line = await openLine(house.agentAccount('201').url);
  const page = await pages.open();
  await signIn(page, line.url);
  const wake = () => page.evaluate(() => (window as unknown as PhonePage).desktopPhone.wake());
  await wake();
  await sees(page, 'registered');
  line.goSilent();
  await wake();
  await sees(page, 'registered', 2);
  expect(line.opened).toBe(2);
  await page.close();
  await house.tidy();
  line.close();
});

/** The way to the bridge, which can go silent as a network does during a sleep: no side is told. */
async function openLine(webSocketUrl: string) {
  const bridge = new URL(webSocketUrl);
  const sockets = new Set<Socket>();
  let opened = 0;
  const server: Server = createServer((near) => {
    opened += 1;
    const far = connect(Number(bridge.port), bridge.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const near = new URL(webSocketUrl);
  near.port = String((server.address() as AddressInfo).port);
  return {
    url: near.href,
    get opened() {
      return opened;
    },
    goSilent() {
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
