import { describe, expect, it } from 'vitest';
import { TrunkLines } from '../../../../cti-bridge/channels/voice/index.ts';
import { LastingSession } from '../../../../cti-bridge/channels/voice/re-establish/index.ts';
import { routesWith } from '../../../../cti-bridge/channels/voice/routes.ts';
import { answeredInKind, offerFor, srtpTaken, srtpTermsOf } from '../../../../cti-bridge/channels/voice/srtp-terms.ts';
import type { CallRoute } from '../../../../cti-bridge/interactions/index.ts';
import { ok, silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import type { SrtpUse } from '../../../../cti-bridge/media/index.ts';
import { plainTrunk } from '../../../../shared/contracts/calling.ts';
import { FakeMediaEngine } from '../../../support/fake-media.ts';
import { FakeOutgoingLeg, FakeSipStack } from '../../../support/fake-sip.ts';
import { settled } from './voice-stage.ts';

const key = 'AES_CM_128_HMAC_SHA1_80 inline:MDEyMzQ1Njc4OWFiY2RlZi1zYWx0LW9mLTE0LXh4';
const withKeys = `v=0\r\nm=audio 40000 RTP/SAVP 8 0 101\r\na=crypto:1 ${key}\r\na=crypto:2 ${key}\r\n`;
const inClear = 'v=0\r\nm=audio 40000 RTP/AVP 8 0 101\r\n';

describe('keys go only over TLS, unless they are required', () => {
  it.each([
    ['never', true, 'never', 'never'],
    ['offered', true, 'offered', 'offered'],
    ['offered', false, 'offered', 'never'],
    ['required', true, 'required', 'required'],
    ['required', false, 'required', 'required'],
  ] as const)('%s over TLS (%s): takes %s, offers %s', (use, isTls, takes, offers) => {
    expect(srtpTermsOf(use, isTls)).toEqual({ takes, offers });
  });

  it('and an administrator who requires them without TLS is told what that means', () => {
    const lines = new TrunkLines({ sip: new FakeSipStack(), log: silentLog, resolveSecret: () => ok('') });
    const trunk = (id: string, transport: 'udp' | 'tls', srtp: SrtpUse) => ({
      id,
      name: { en: id, zh: id },
      host: '192.0.2.1',
      port: 5060,
      transport,
      username: null,
      password: null,
      ...plainTrunk(),
      srtp,
    });
    lines.configure([trunk('open', 'udp', 'required'), trunk('closed', 'tls', 'required'), trunk('willing', 'udp', 'offered')]);
    expect(lines.problems).toEqual(['The trunk open requires SRTP but not TLS: whoever can read its signalling has the keys.']);
    expect(lines.srtpOf('closed')).toEqual({ takes: 'required', offers: 'required' });
    expect(lines.srtpOf('willing')).toEqual({ takes: 'offered', offers: 'never' });
    expect(lines.srtpOf('unknown')).toEqual({ takes: 'never', offers: 'never' });
  });

  it.each([
    [{ phone: null, offer: withKeys }, 'offered'],
    [{ phone: null, offer: null }, 'never'],
    [{ phone: '201', offer: withKeys }, 'required'],
    [{ phone: '201', offer: null }, 'required'],
  ] as const)('a call that comes in as %j is taken as %s', (leg, use) => {
    const rules = { trunk: () => srtpTermsOf('offered', true), phone: () => srtpTermsOf('required', false) };
    expect(srtpTaken({ trunk: 'carrier', ...leg }, rules)).toBe(use);
  });
});

describe('one offer for several trunks', () => {
  it.each([
    [[], 'never'],
    [['never', 'never'], 'never'],
    [['never', 'required'], 'offered'],
    [['offered', 'required'], 'offered'],
    [['required', 'required'], 'required'],
  ] as const)('%j is made as %s', (uses, made) => {
    expect(offerFor(uses)).toBe(made);
  });

  it('reaches each as it may, and one that need not take the keys is asked again without', () => {
    const route = (trunkId: string): CallRoute => ({ trunkId, number: '1', shown: null, isWithheld: false, codecs: ['PCMA'] });
    const offers = { plain: 'never', willing: 'offered', strict: 'required' } as const;
    const sent = routesWith(['plain', 'willing', 'strict'].map(route), withKeys, (id) => ({
      takes: 'never',
      offers: offers[id as keyof typeof offers],
    }));
    expect(sent.map(({ trunkId, offer }) => [trunkId, offer.includes('RTP/SAVP'), offer.includes('inline:')])).toEqual([
      ['plain', false, false],
      ['willing', true, true],
      ['willing', false, false],
      ['strict', true, true],
    ]);
    expect(sent.every(({ offer }) => / 8 101\r\n/.test(offer))).toBe(true);
  });
});

describe('who answers keys in clear', () => {
  const snapshotOf = (localSdp: string) => ({ localSdp }) as NonNullable<ReturnType<FakeOutgoingLeg['snapshot']>>;
  it.each([
    [withKeys, withKeys, true],
    [withKeys, inClear, false],
    [inClear, inClear, true],
  ])('%#: is taken or hung up on', async (offered, answer, isTaken) => {
    const leg = new FakeOutgoingLeg({ extension: '201', from: { user: '1', displayName: '' }, offer: offered });
    leg.snapshot = () => snapshotOf(offered);
    leg.answer(answer);
    expect(await answeredInKind(leg)).toMatchObject(isTaken ? { ok: true } : { ok: false, end: { status: 488, by: 'local' } });
  });
});

describe('a leg with keys that goes to another worker', () => {
  async function moved(begin: (session: LastingSession) => Promise<{ readonly legId: string }>) {
    const engine = new FakeMediaEngine();
    const session = engine.createSession('call');
    if (!session) throw new Error('no session');
    session.description = withKeys;
    const lasting = new LastingSession({
      session,
      engine,
      clock: new VirtualClock(),
      log: silentLog,
      music: { kind: 'ringback' },
    });
    const { legId } = await begin(lasting);
    lasting.reach(legId, { renew: () => Promise.resolve(withKeys), waitsWithMusic: true });
    session.tell('closed', { why: 'workerDied' });
    await settled();
    return engine.sessions.at(-1)?.srtp;
  }

  it('that was in clear stays in clear', async () => {
    expect(await moved((session) => session.answerRtpLeg(inClear, 'offered'))).toEqual([{ srtp: 'never', key: null }]);
  });

  it('is offered again under our key, and never in clear', async () => {
    expect(
      await moved(async (session) => {
        const made = await session.offerRtpLeg('offered');
        await session.acceptAnswer(made.legId, `v=0\r\nm=audio 4 RTP/SAVP 8\r\na=crypto:2 ${key}\r\n`);
        return made;
      }),
    ).toEqual([{ srtp: 'required', key: `2 ${key}` }]);
  });
});
