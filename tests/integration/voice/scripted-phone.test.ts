import { afterEach, describe, expect, it } from 'vitest';
import { ringbackSound } from '../../../cti-bridge/media/prompt/playback.ts';
import type { ReceivedRequest } from '../../../cti-bridge/sip/message/index.ts';
import type { ScriptedCall } from '../../support/scripted-phone/index.ts';
import { KnownSounds, ScriptedPhone } from '../../support/scripted-phone/index.ts';
import { udpLink } from '../../support/scripted-phone/sip-link.ts';
import { type Respond, SipPeer } from '../../support/scripted-phone/sip-peer.ts';
import { babble, expectNoTone, expectTone, tone } from '../../support/tones.ts';

/** The judge is judged first: two scripted phones call each other. */

const phones: ScriptedPhone[] = [];
afterEach(async () => {
  await Promise.all(phones.splice(0).map((phone) => phone.close()));
});

const welcome = babble(3);
const sorry = babble(6).subarray(24_000);
const known = new KnownSounds();
known.add('prompt en/welcome', welcome);
known.add('prompt en/sorry', sorry);
known.add('ringback', ringbackSound());

async function twoPhones(options: { readonly offersEvents?: boolean } = {}): Promise<{ caller: ScriptedPhone; called: ScriptedPhone }> {
  const called = await ScriptedPhone.onTrunk({ sip: null, name: 'called', known });
  const [host = '', port = ''] = called.sentBy.split(':');
  const caller = await ScriptedPhone.onTrunk({ sip: { host, port: Number(port) }, known, ...options });
  phones.push(caller, called);
  return { caller, called };
}

async function talking(options = {}): Promise<{ a: ScriptedCall; b: ScriptedCall; caller: ScriptedPhone; called: ScriptedPhone }> {
  const { caller, called } = await twoPhones(options);
  const a = await caller.call({ to: '1000', from: '+447700900142', displayName: 'Margaret "Peg" Okafor' });
  const b = await called.nextCall();
  b.ring();
  await a.ringing();
  await b.answer();
  await Promise.all([a.answered(), b.answered()]);
  return { a, b, caller, called };
}

describe('two scripted phones', () => {
  it('talk: tones cross both ways and are told apart by frequency', async () => {
    const { a, b } = await talking();
    expect(b.invite.from).toMatchObject({ displayName: 'Margaret "Peg" Okafor' });
    a.mouth.playTone(440);
    b.mouth.playTone(1_000);
    await Promise.all([a.ears.tone(1_000), b.ears.tone(440)]);
    expect(a.ears.isHearingTone(440)).toBe(false);
    b.mouth.beSilent();
    await a.ears.silence();
    await a.hangUp();
    expect(await b.ended()).toMatchObject({ by: 'them', how: 'bye' });
    expectTone(b.ears.recording(), 440, 200);
    expectNoTone(b.ears.recording(), 1_000);
  });

  it('name recordings, ringback, tones and unknown voices', async () => {
    const { a, b } = await talking();
    void b.mouth.play(sorry);
    await a.ears.prompt('sorry');
    void b.mouth.play(ringbackSound(), { isLoop: true });
    await a.ears.ringback();
    void b.mouth.play(welcome);
    await a.ears.prompt('en/welcome');
    void b.mouth.play(babble(9).subarray(50_000));
    await a.ears.voice();
    void b.mouth.play(tone(600, 2_000));
    await a.journal.wait('hears tone 600 Hz', 3_000);
  });

  it.each(['rtp', 'info', 'both'] as const)('press keys by %s', async (by) => {
    const { a, b } = await talking();
    await a.press('17#', by);
    await b.journal.wait('hears key #', 3_000);
    const pressed = (by === 'both' ? 2 : 1) * 3;
    await expect.poll(() => b.journal.count('hears key'), { timeout: 3_000 }).toBe(pressed);
  });

  it('ask again with their password, and are not told by the 401 of before, which came twice', async () => {
    const challenge = { headers: [{ name: 'WWW-Authenticate', value: 'Digest realm="crosspoint.invalid", nonce="n", qop="auth"' }] };
    let askedFirst: Respond | undefined;
    const link = await udpLink(null);
    const onRequest = (request: ReceivedRequest, respond: Respond) => {
      if (request.method !== 'INVITE') return;
      askedFirst ??= respond;
      askedFirst(401, challenge);
      if (askedFirst !== respond) respond(403);
    };
    const server = new SipPeer(link, { onRequest, onTraffic: () => {} });
    const [host = '', port = ''] = link.sentBy.split(':');
    const phone = await ScriptedPhone.onTrunk({ sip: { host, port: Number(port) }, known });
    phones.push(phone);
    const call = await phone.call({ to: '1000', from: '201', credentials: { username: '201', password: 'secret' } });
    expect(await call.ended()).toMatchObject({ how: 'refused', status: 403 });
    server.close();
  });

  it('cancel, refuse and hang up, and say how it ended', async () => {
    const { caller, called } = await twoPhones();
    const canceled = await caller.call({ to: '1', from: '2' });
    const first = await called.nextCall();
    first.ring();
    await canceled.cancel();
    expect(await first.ended()).toMatchObject({ by: 'them', how: 'canceled' });
    expect(await canceled.ended()).toMatchObject({ how: 'canceled', status: 487 });

    const refused = await caller.call({ to: '1', from: '2' });
    (await called.nextCall()).reject(486);
    expect(await refused.ended()).toMatchObject({ how: 'refused', status: 486 });
    await expect(refused.answered()).rejects.toThrow(/was not answered[\s\S]*486/);
  });

  it('hold and take back', async () => {
    const { a, b } = await talking();
    expect(await a.reoffer('sendonly')).toBe(200);
    await b.journal.wait('re-INVITE sendonly', 1_000);
    expect(await a.reoffer('sendrecv')).toBe(200);
  });

  it('say that nobody listens, instead of waiting', async () => {
    const { caller, called } = await twoPhones();
    await called.vanish();
    const call = await caller.call({ to: '1', from: '2' });
    expect(await call.ended()).toMatchObject({ by: 'network', how: 'lost', text: 'nobody listens there' });
  });

  it('fail a wait with the whole story', async () => {
    const { a } = await talking();
    await expect(a.ears.tone(440, 300)).rejects.toThrow(/waited 300 ms to hear 440 Hz; now [\s\S]*180 Ringing[\s\S]*answered/);
    await expect(a.journal.wait('something else', 50)).rejects.toThrow(/waited 50 ms for "something else"[\s\S]*answered/);
  });
});
