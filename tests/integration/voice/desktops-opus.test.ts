import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pageHears } from '../../support/browser.ts';
import { openPhonePages, type PhonePages } from './phone-page.ts';
import type { VoiceHouse } from './voice-house.ts';
import { openVoiceHouse } from './voice-house.ts';

/** Two desktops that ask each other something while the customer is on hold: JsSIP and WebRTC in Chromium, with a real Opus in them. */

interface JssipPhone {
  register(url: string, uri: string, password: string): Promise<void>;
  answer(): void;
  codecs(): Promise<string>;
  hold(): Promise<void>;
  unhold(): Promise<void>;
}
type PhonePage = { jssipPhone: JssipPhone };

let house: VoiceHouse;
let pages: PhonePages;

beforeAll(async () => {
  house = await openVoiceHouse();
  pages = await openPhonePages('jssip-page.ts');
});
afterAll(async () => {
  await house.tidy();
  await house.isEmpty();
  await pages.close();
  await house.stop();
});

async function desktop(extension: string): Promise<Page> {
  const page = await pages.open();
  const { url, uri, credentials } = house.agentAccount(extension);
  await page.evaluate(([to, as, password]) => (window as unknown as PhonePage).jssipPhone.register(to, as, password), [
    url,
    uri,
    credentials.password,
  ] as const);
  return page;
}
const on = (page: Page, act: 'answer' | 'hold' | 'unhold') =>
  page.evaluate((name) => (window as unknown as PhonePage).jssipPhone[name](), act);
const codecs = (page: Page) => page.evaluate(() => (window as unknown as PhonePage).jssipPhone.codecs());

it('talk in Opus, in G.711 while a supervisor listens or one of them holds, and are heard in each', async () => {
  const agents = [await desktop('201'), await desktop('202')] as const;
  const phone = await house.trunkPhone();
  const line = await phone.call({ to: '1000', from: '+447700900142' });
  const call = await house.nextCall();
  await call.answer();
  await line.answered();
  void call.play({ kind: 'music' });
  const legs = [house.ring(call, '201'), house.ring(call, '202')] as const;
  for (const [i, leg] of legs.entries()) {
    await leg.ringing;
    await on(agents[i] as Page, 'answer');
    expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  }
  call.connect(legs[0], legs[1], 'both');

  const areIn = (codec: RegExp) =>
    Promise.all(
      agents.map((page) => expect.poll(() => codecs(page), { timeout: 10_000 }).toMatch(new RegExp(`^${codec.source} ${codec.source}$`))),
    );
  const hearEachOther = () => Promise.all(agents.map((page) => pageHears(page, 700)));
  await areIn(/audio\/PCM[AU]/);
  await hearEachOther();
  await areIn(/audio\/opus/);
  await hearEachOther();

  const supervisorPhone = await house.deskPhone('203', 'address');
  const supervisor = house.ring(call, '203');
  const ears = await supervisorPhone.nextCall();
  await ears.answer();
  await supervisor.outcome;
  for (const leg of legs) call.connect(supervisor, leg, 'oneHearsOther');
  await areIn(/audio\/PCM[AU]/);
  await ears.ears.tone(700);
  await hearEachOther();
  supervisor.release('ended');
  await areIn(/audio\/opus/);
  await hearEachOther();

  await on(agents[0], 'hold');
  await expect.poll(() => codecs(agents[1]), { timeout: 10_000 }).toMatch(/^audio\/PCM[AU]/);
  await on(agents[0], 'unhold');
  await areIn(/audio\/opus/);
  await hearEachOther();
  await line.ears.music();
});
