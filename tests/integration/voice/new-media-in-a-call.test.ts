import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MediaSession } from '../../../cti-bridge/media/index.ts';
import { pageHears } from '../../support/browser.ts';
import { RtpPeer } from '../media/rtp-peer.ts';
import { openPhonePages, type PhonePages } from './phone-page.ts';
import type { VoiceHouse } from './voice-house.ts';
import { openVoiceHouse } from './voice-house.ts';

/**
 * What survival of a call stands on: JsSIP in Chromium goes on in the same dialog with another DTLS certificate, other ICE credentials and
 * another port of ours, offered in a re-INVITE. No INVITE with Replaces is needed.
 */

interface JssipPhone {
  readonly events: string[];
  register(url: string, uri: string, password: string): Promise<void>;
  answer(): void;
}
type PhonePage = { jssipPhone: JssipPhone };

let house: VoiceHouse;
let pages: PhonePages;
let page: Page;

beforeAll(async () => {
  house = await openVoiceHouse({ workers: 2 });
  pages = await openPhonePages('jssip-page.ts');
  page = await pages.open();
  const { url, uri, credentials } = house.agentAccount('201');
  await page.evaluate(([to, as, password]) => (window as unknown as PhonePage).jssipPhone.register(to, as, password), [
    url,
    uri,
    credentials.password,
  ] as const);
});
afterAll(async () => {
  await pages.close();
  await house.stop();
});

/** A session of sound with somebody in it who speaks at this frequency. */
async function sessionWithCaller(sessionId: string, frequency: number) {
  const session = house.media.createSession(sessionId);
  if (!session) throw new Error('no media session');
  const caller = await RtpPeer.open('PCMU');
  const { legId: callerLeg, sdp } = await session.answerRtpLeg(caller.sdp());
  caller.talk(sdp, frequency);
  const agent = await session.offerWebRtcLeg();
  session.join(callerLeg, agent.legId);
  return { session, caller, agent };
}

const fingerprintOf = (sdp: string) => /^a=fingerprint:(.+)$/m.exec(sdp)?.[1];
const credentialsOf = (sdp: string) => /^a=ice-ufrag:(.+)$/m.exec(sdp)?.[1];
const endOf = (session: MediaSession) => session.end();

it('JsSIP in Chromium takes another certificate and other ICE credentials by re-INVITE, and is heard and hears on', async () => {
  const first = await sessionWithCaller('first', 440);
  const leg = house.sip.invite({ extension: '201', from: { user: '1000', displayName: 'Caller' }, offer: first.agent.sdp });
  if (!leg) throw new Error('the phone is not registered');
  const rang = Promise.withResolvers<void>();
  leg.onProgress((status) => status >= 180 && rang.resolve());
  await rang.promise;
  await page.evaluate(() => (window as unknown as PhonePage).jssipPhone.answer());
  const answered = await leg.outcome;
  if (!answered.ok) throw new Error('not answered');
  await first.session.acceptAnswer(first.agent.legId, answered.sdp);
  await Promise.all([pageHears(page, 440), first.caller.hears(700)]);

  const second = await sessionWithCaller('second', 1_000);
  expect(fingerprintOf(second.agent.sdp)).not.toBe(fingerprintOf(first.agent.sdp));
  expect(credentialsOf(second.agent.sdp)).not.toBe(credentialsOf(first.agent.sdp));
  endOf(first.session);
  const moved = await leg.reinvite(second.agent.sdp);
  if (!moved.ok) throw new Error(`the re-INVITE was refused: ${moved.status}`);
  await second.session.acceptAnswer(second.agent.legId, moved.sdp);
  await Promise.all([pageHears(page, 1_000), second.caller.hears(700)]);

  leg.hangUp();
  endOf(second.session);
  first.caller.close();
  second.caller.close();
});

it('the killed worker of a call is replaced, and JsSIP in Chromium and the caller hear each other again within five seconds', async () => {
  const phone = await house.trunkPhone();
  const line = await phone.call({ to: '1000', from: '+447700900142' });
  const call = await house.nextCall();
  await call.answer();
  const leg = house.ring(call);
  await leg.ringing;
  await page.evaluate(() => (window as unknown as PhonePage).jssipPhone.answer());
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  call.join(leg);
  line.mouth.playTone(440);
  await Promise.all([pageHears(page, 440), line.ears.tone(700)]);

  const moved = new Promise<number>((resolve) => call.onMediaMoved(resolve));
  const [worker] = (await house.media.stats()).filter(({ sessions }) => sessions > 0);
  process.kill(worker?.pid ?? 0, 'SIGKILL');
  expect(await moved).toBeLessThan(5_000);
  line.mouth.playTone(1_000);
  await Promise.all([pageHears(page, 1_000), line.ears.tone(700, 5_000)]);
  expect(await page.evaluate(() => (window as unknown as PhonePage).jssipPhone.events.at(-1))).toBe('confirmed');
  await line.hangUp();
  await house.tidy();
});
