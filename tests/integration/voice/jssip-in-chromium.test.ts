import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { AgentLeg, VoiceCall } from '../../../cti-bridge/interactions/index.ts';
import { pageHears } from '../../support/browser.ts';
import type { ScriptedCall } from '../../support/scripted-phone/index.ts';
import { openPhonePages, type PhonePages } from './phone-page.ts';
import type { VoiceHouse } from './voice-house.ts';
import { openVoiceHouse } from './voice-house.ts';

/** The agent's side as it really is: JsSIP and WebRTC in Chromium against our registrar, dialogs and media. */

interface JssipPhone {
  readonly events: string[];
  register(url: string, uri: string, password: string): Promise<void>;
  answer(): void;
  hangUp(): void;
  hold(): Promise<void>;
  unhold(): Promise<void>;
  press(digit: string, by: 'INFO' | 'RFC2833'): void;
}
type PhonePage = { jssipPhone: JssipPhone };

let house: VoiceHouse;
let pages: PhonePages;
let page: Page;

beforeAll(async () => {
  house = await openVoiceHouse();
  pages = await openPhonePages('jssip-page.ts');
  page = await pages.open();
  const { url, uri, credentials } = house.agentAccount('201');
  await page.evaluate(([to, as, password]) => (window as unknown as PhonePage).jssipPhone.register(to, as, password), [
    url,
    uri,
    credentials.password,
  ] as const);
});
afterEach(async () => {
  await house.tidy();
  await house.isEmpty();
});
afterAll(async () => {
  await pages.close();
  await house.stop();
});

const onPhone = (act: 'answer' | 'hangUp' | 'hold' | 'unhold') =>
  page.evaluate((name) => (window as unknown as PhonePage).jssipPhone[name](), act);
const events = () => page.evaluate(() => (window as unknown as PhonePage).jssipPhone.events);

async function ringing(): Promise<{ line: ScriptedCall; call: VoiceCall; leg: AgentLeg }> {
  const phone = await house.trunkPhone();
  const line = await phone.call({ to: '1000', from: '+447700900142' });
  const call = await house.nextCall();
  await call.answer();
  void call.play({ kind: 'music' });
  const leg = house.ring(call);
  await leg.ringing;
  expect((await events()).at(-1)).toBe(`rings ${leg.reservationId} Margaret Okafor`);
  return { line, call, leg };
}

async function talking() {
  const { line, call, leg } = await ringing();
  await onPhone('answer');
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  return { line, call, leg };
}

it('agent and caller hear each other; hold and keys are told; the caller hangs up', async () => {
  const { line, call, leg } = await talking();
  line.mouth.playTone(440);
  await Promise.all([pageHears(page, 440), line.ears.tone(700)]);

  const told: string[] = [];
  leg.onHold((isHeld) => told.push(isHeld ? 'held' : 'resumed'));
  leg.onDigit(({ digit }) => told.push(digit));
  await onPhone('hold');
  await onPhone('unhold');
  await page.evaluate(() => (window as unknown as PhonePage).jssipPhone.press('7', 'INFO'));
  await expect.poll(() => told.at(-1), { timeout: 3_000 }).toBe('7');
  await page.evaluate(() => (window as unknown as PhonePage).jssipPhone.press('8', 'RFC2833'));
  await expect.poll(() => told.at(-1), { timeout: 3_000 }).toBe('8');
  expect(told).toEqual(['held', 'resumed', '7', '8']);
  await line.ears.tone(700);

  await line.hangUp();
  expect(await call.ended).toMatchObject({ by: 'caller', reason: 'hungUp' });
  await expect.poll(async () => (await events()).at(-1), { timeout: 3_000 }).toBe('ended Terminated');
});

it('the agent hangs up', async () => {
  const { leg } = await talking();
  await onPhone('hangUp');
  expect(await leg.gone).toBe('hungUp');
});

it('the agent declines', async () => {
  const { leg } = await ringing();
  await onPhone('hangUp');
  expect(await leg.outcome).toEqual({ kind: 'failed', failure: 'rejected' });
});

it('ringing stops when the caller leaves', async () => {
  const { line, leg } = await ringing();
  await line.hangUp();
  expect(await leg.outcome).toEqual({ kind: 'failed', failure: 'canceled' });
  await expect.poll(async () => (await events()).at(-1), { timeout: 3_000 }).toBe('failed Canceled by remote');
});
