import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { VoiceCall } from '../../../cti-bridge/interactions/index.ts';
import { pageHears } from '../../support/browser.ts';
import { openPhonePages, type PhonePages } from './phone-page.ts';
import type { VoiceHouse } from './voice-house.ts';
import { openVoiceHouse } from './voice-house.ts';

/** The desktop's own phone in Chromium: what is ready before Answer, and that nothing is heard before it. */

interface DesktopPhone {
  readonly events: string[];
  spoken(): Promise<{ packets: number; energy: number }>;
  states(): string[];
  heard(): number;
  start(account: object): void;
  offered(reservationId: string): void;
  offerEnded(reservationId: string, isAnswered: boolean): void;
  answer(reservationId: string): void;
  reconnect(): void;
  rejoin(reservationId: string): void;
  listenIn(reservationId: string): void;
  speakIn(reservationId: string): void;
  setMuted(isMuted: boolean): void;
  stop(): void;
}
type PhonePage = { desktopPhone: DesktopPhone };

let house: VoiceHouse;
let pages: PhonePages;
let page: Page;

beforeAll(async () => {
  house = await openVoiceHouse();
  pages = await openPhonePages('desktop-phone-page.ts');
});
beforeEach(async () => {
  page = await pages.open();
});
afterEach(async () => {
  await page.close();
  await house.tidy();
  await house.isEmpty();
});
afterAll(async () => {
  await pages.close();
  await house.stop();
});

const onPhone = (act: 'offered' | 'answer' | 'rejoin' | 'listenIn' | 'speakIn', reservationId: string) =>
  page.evaluate(([name, id]) => (window as unknown as PhonePage).desktopPhone[name](id), [act, reservationId] as const);
const spoken = () => page.evaluate(() => (window as unknown as PhonePage).desktopPhone.spoken());
const heard = () => page.evaluate(() => (window as unknown as PhonePage).desktopPhone.heard());
const states = () => page.evaluate(() => (window as unknown as PhonePage).desktopPhone.states());
const sees = (event: string) =>
  expect.poll(() => page.evaluate(() => (window as unknown as PhonePage).desktopPhone.events), { timeout: 4_000 }).toContain(event);
const isConnected = (...wanted: string[]) => expect.poll(states, { timeout: 4_000 }).toEqual(wanted);

async function signIn(): Promise<void> {
  const { url, uri, credentials } = house.agentAccount('201');
  await page.evaluate((account) => (window as unknown as PhonePage).desktopPhone.start(account), {
    webSocketUrl: url,
    uri,
    ...credentials,
    realm: 'crosspoint.invalid',
  });
  await sees('registered');
}

async function callWaits() {
  const phone = await house.trunkPhone();
  const line = await phone.call({ to: '1000', from: '+447700900142' });
  const call = await house.nextCall();
  await call.answer();
  line.mouth.playTone(440);
  return { line, call };
}

/** Rings the phone for a call and offers it. */
async function ring(call: VoiceCall) {
  const leg = house.ring(call);
  await onPhone('offered', leg.reservationId);
  await leg.ringing;
  return leg;
}

const pending = (promise: Promise<unknown>) => Promise.race([promise, Promise.resolve('pending')]);

it('is connected while it rings, with nothing said, heard or accepted; Answer opens both ways at once', async () => {
  await signIn();
  const { line, call } = await callWaits();
  const leg = await ring(call);
  await isConnected('connected');
  await expect.poll(async () => (await spoken()).packets, { timeout: 3_000 }).toBeGreaterThan(20);
  expect(await spoken()).toMatchObject({ energy: 0 });
  expect(await heard()).toBe(0);
  expect(await pending(leg.accepted)).toBe('pending');

  await onPhone('answer', leg.reservationId);
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  await sees(`carrying ${leg.reservationId}`);
  await Promise.all([pageHears(page, 440), line.ears.tone(700), sees(`hears ${leg.reservationId}`)]);
  await line.hangUp();
  await sees('carrying nothing');
  await isConnected('closed');
});

it('lets go of what it prepared when the caller leaves, and takes the next call', async () => {
  await signIn();
  const first = await callWaits();
  const left = await ring(first.call);
  await isConnected('connected');
  await first.line.hangUp();
  expect(await left.outcome).toEqual({ kind: 'failed', failure: 'canceled' });
  await isConnected('closed');

  const { line, call } = await callWaits();
  const leg = await ring(call);
  await isConnected('closed', 'connected');
  await onPhone('answer', leg.reservationId);
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  await line.ears.tone(700);
});

it('keeps the microphone of a call that rings off while another call talks', async () => {
  await signIn();
  const { line, call } = await callWaits();
  const leg = await ring(call);
  await onPhone('answer', leg.reservationId);
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  await line.ears.tone(700);

  const second = await callWaits();
  await ring(second.call);
  await isConnected('connected', 'connected');
  await expect.poll(async () => (await spoken()).packets, { timeout: 3_000 }).toBeGreaterThan(20);
  expect(await spoken()).toMatchObject({ energy: 0 });
  second.call.hangUp('completedInIvr', 'system', 'unknown');
  await isConnected('connected', 'closed');
  await line.ears.tone(700);
});

it('holds two calls, and what is said goes into the one the agent turned to', async () => {
  await signIn();
  const first = await callWaits();
  const firstLeg = await ring(first.call);
  await onPhone('answer', firstLeg.reservationId);
  expect(await firstLeg.outcome).toMatchObject({ kind: 'answered' });
  first.call.join(firstLeg);
  await first.line.ears.tone(700);

  const second = await callWaits();
  const secondLeg = await ring(second.call);
  await onPhone('answer', secondLeg.reservationId);
  expect(await secondLeg.outcome).toMatchObject({ kind: 'answered' });
  second.call.join(secondLeg);
  await sees(`carrying ${firstLeg.reservationId} ${secondLeg.reservationId}`);
  await second.line.ears.tone(700);
  await first.line.ears.silence();

  await onPhone('speakIn', firstLeg.reservationId);
  await first.line.ears.tone(700);
  await second.line.ears.silence();
  await second.line.hangUp();
  await sees(`carrying ${firstLeg.reservationId}`);
  await isConnected('connected', 'closed');
});

it('answers the call it listens in to by itself, heard by nobody until its microphone is opened', async () => {
  await signIn();
  const { line, call } = await callWaits();
  const leg = house.ring(call);
  await onPhone('listenIn', leg.reservationId);
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  await pageHears(page, 440);
  await sees('closed');
  expect(await spoken()).toMatchObject({ energy: 0 });
  await page.evaluate(() => (window as unknown as PhonePage).desktopPhone.setMuted(false));
  await line.ears.tone(700);
});

it('answers a call that was wanted before it rang', async () => {
  await signIn();
  const { line, call } = await callWaits();
  const leg = house.ring(call);
  await onPhone('rejoin', leg.reservationId);
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  await line.ears.tone(700);
});

it('gives up what only rang when its page goes', async () => {
  await signIn();
  const { call } = await callWaits();
  const leg = await ring(call);
  await isConnected('connected');
  await page.reload();
  expect(await leg.outcome).toEqual({ kind: 'failed', failure: 'deviceUnreachable' });
});

it('lets go of what only rang when its connection breaks, and takes the next call once it is back', async () => {
  await signIn();
  const { call } = await callWaits();
  const leg = await ring(call);
  await isConnected('connected');
  house.sip.unregister('201');
  expect(await leg.outcome).toEqual({ kind: 'failed', failure: 'deviceUnreachable' });
  await isConnected('closed');

  // The desk does so when its own line stands.
  await page.evaluate(() => (window as unknown as PhonePage).desktopPhone.reconnect());
  await expect.poll(() => house.sip.isRegistered('201'), { timeout: 5_000 }).toBe(true);
  const again = await ring(call);
  await onPhone('answer', again.reservationId);
  expect(await again.outcome).toMatchObject({ kind: 'answered' });
});

it('says that its sound failed when Answer finds no microphone', async () => {
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'));
  });
  await signIn();
  await sees('microphone missing');
  const { call } = await callWaits();
  const leg = await ring(call);
  expect(await pending(leg.outcome)).toBe('pending');
  await onPhone('answer', leg.reservationId);
  expect(await leg.outcome).toEqual({ kind: 'failed', failure: 'mediaFailed' });
  await sees(`failed ${leg.reservationId}`);
});

it('says that it could not know of a call that was never offered, and prepares nothing for it', async () => {
  await signIn();
  const { call } = await callWaits();
  const leg = house.ring(call);
  expect(await leg.outcome).toEqual({ kind: 'failed', failure: 'deviceUnreachable' });
  expect(await states()).toEqual([]);
});
