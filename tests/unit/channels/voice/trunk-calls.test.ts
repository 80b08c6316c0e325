import { describe, expect, it } from 'vitest';
import { TrunkLines } from '../../../../cti-bridge/channels/voice/index.ts';
import { createOutboundLeg } from '../../../../cti-bridge/channels/voice/outbound-leg.ts';
import { offerOnly } from '../../../../cti-bridge/channels/voice/routes.ts';
import { inClear } from '../../../../cti-bridge/channels/voice/srtp-terms.ts';
import { codecsOf } from '../../../../cti-bridge/channels/voice/trunk-codecs.ts';
import type { CallRoute } from '../../../../cti-bridge/interactions/index.ts';
import { err, ok, silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { plainTrunk } from '../../../../shared/contracts/calling.ts';
import type { TrunkConfiguration } from '../../../../shared/contracts/configuration.ts';
import { asId, type TrunkId } from '../../../../shared/ids.ts';
import { FakeSipStack } from '../../../support/fake-sip.ts';
import { lastPhone, settled, voiceStage } from './voice-stage.ts';

const sdp = 'v=0\r\nm=audio 40000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n';

describe('what is offered on a trunk', () => {
  it.each([
    [['PCMA', 'PCMU'], '8 0 101'],
    [['PCMU'], '0 101'],
    [['PCMA'], '8 101'],
    [[], '0 8 101'],
  ] as const)('in its codecs %j is %s, the key tones always among them', (codecs, formats) => {
    expect(/^m=audio 40000 RTP\/AVP (.*)$/m.exec(offerOnly(sdp, codecs))?.[1]).toBe(formats);
  });
});

describe('a call over trunks of the configuration', () => {
  const routes: readonly CallRoute[] = [
    { trunkId: 'first', number: '913900004126', shown: '057487001000', isWithheld: false, codecs: ['PCMA', 'PCMU'] },
    { trunkId: 'second', number: '+8613900004126', shown: null, isWithheld: true, codecs: ['PCMU'] },
  ];
  async function dialled() {
    const stage = voiceStage();
    const call = stage.channel.customers.call({
      number: '+8613900004126',
      peer: '',
      trunkId: asId<TrunkId>('first'),
      dialled: '057487001000',
      routes,
    });
    const session = stage.media.sessions.at(-1);
    if (!call || !session) throw new Error('no call was made');
    const heard: string[] = [];
    call.onProgress((progress) => heard.push(progress));
    const isAnswered = call.answer();
    await settled();
    return { stage, call, session, heard, isAnswered, phone: lastPhone(stage.sip) };
  }
  const accepted = (session: { readonly asked: readonly string[] }) => session.asked.filter((asked) => asked.startsWith('acceptAnswer'));

  it('goes to the trunks in their order, each with its number', async () => {
    const { stage } = await dialled();
    expect(stage.sip.dialled[0]?.routes.map(({ trunkId, number, isWithheld }) => [trunkId, number, isWithheld])).toEqual([
      ['first', '913900004126', false],
      ['second', '+8613900004126', true],
    ]);
  });

  it('is offered other codecs later as the trunk that has it may talk', async () => {
    const sip = new FakeSipStack();
    const wide = routes.map((route) => ({ ...route, codecs: [...route.codecs, 'opus' as const] }));
    const customer = { number: '+8613900004126', peer: '', trunkId: asId<TrunkId>('first'), dialled: '057487001000', routes: wide };
    const leg = createOutboundLeg(sip, new VirtualClock(), customer, () => inClear);
    expect(codecsOf(leg)).toBe('withOpus');
    void leg.answer(sdp);
    sip.dialled[0]?.onRoute?.('second');
    lastPhone(sip).answer();
    await settled();
    await leg.reinvite(sdp.replace('AVP 0 8', 'AVP 111 8 0').concat('a=rtpmap:111 opus/48000/2\r\n'));
    expect(lastPhone(sip).offered.map((offer) => /AVP (.*)$/m.exec(offer)?.[1])).toEqual(['111 0 101']);
  });

  it('of a number called into it is offered new sound as its trunk may talk', async () => {
    const stage = voiceStage();
    const { call, session } = await stage.answered();
    session.description = sdp;
    stage.media.description = sdp;
    call.dial({ partyId: 'outside', number: '+8613900004126', peer: '', shownAs: '', routes });
    await settled();
    const phone = lastPhone(stage.sip);
    stage.sip.dialled[0]?.onRoute?.('second');
    phone.answer();
    await settled();
    session.tell('closed', { why: 'workerDied' });
    await settled();
    expect(phone.offered.map((offer) => /AVP (.*)$/m.exec(offer)?.[1])).toEqual(['0 101']);
  });

  it('is of the trunk that has it, not of the first that was tried', async () => {
    const { stage, call } = await dialled();
    expect(call.trunkId).toBe('first');
    stage.sip.dialled[0]?.onRoute?.('second');
    expect(call.trunkId).toBe('second');
  });

  it('that only rings is told so, and takes no sound', async () => {
    const { phone, heard, session } = await dialled();
    phone.progress(180);
    await settled();
    expect(heard).toEqual(['ringing']);
    expect(accepted(session)).toEqual([]);
  });

  it.each([180, 183])(
    'with a description in a %i lets hear what the network says before the answer, and the answer counts after it',
    async (status) => {
      const { phone, heard, session, isAnswered } = await dialled();
      phone.progress(status, 'early answer');
      await settled();
      expect(heard).toEqual(['earlyMedia']);
      expect(accepted(session)).toHaveLength(1);
      phone.answer('the answer');
      expect(await isAnswered).toBe(true);
      expect(accepted(session)).toHaveLength(2);
    },
  );

  it('tells nothing of a 183 without a description, and ends as the trunks say', async () => {
    const { phone, heard, call, isAnswered } = await dialled();
    phone.progress(183);
    phone.fail({ cause: 'rejected', status: 486 });
    expect(await isAnswered).toBe(false);
    expect(heard).toEqual([]);
    expect(await call.ended).toMatchObject({ reason: 'rejected' });
  });
});

describe('trunks as configured', () => {
  const trunk = (fields: Partial<TrunkConfiguration> = {}): TrunkConfiguration => ({
    id: 'carrier',
    name: { en: 'Carrier', zh: '运营商' },
    host: 'sip.carrier.example',
    port: 5060,
    transport: 'tcp',
    username: 'northline',
    password: { env: 'CARRIER' },
    ...plainTrunk(),
    ...fields,
  });
  const stage = (secret: string | null) => {
    const sip = new FakeSipStack();
    const lines = new TrunkLines({
      sip,
      log: silentLog,
      resolveSecret: () => (secret === null ? err('The environment variable CARRIER is not set.') : ok(secret)),
    });
    return { sip, lines };
  };

  it('are given to the stack with their passwords', () => {
    const { sip, lines } = stage('swordfish');
    lines.configure([trunk({ direction: 'out', register: { registrar: null, expiresSeconds: 300 } })]);
    expect(sip.lines).toMatchObject([
      {
        trunkId: 'carrier',
        transport: 'TCP',
        credentials: { username: 'northline', password: 'swordfish' },
        takesCallsIn: false,
        register: { expiresSeconds: 300 },
      },
    ]);
    expect(lines.problems).toEqual([]);
  });

  it('may talk in what was set up, and one that nobody set up in both laws of G.711', () => {
    const { lines } = stage('swordfish');
    lines.configure([trunk({ codecs: ['PCMU', 'opus'] })]);
    expect(lines.codecs.of('carrier')).toEqual(['PCMU', 'opus']);
    expect(lines.codecs.of('loopback')).toEqual(['PCMA', 'PCMU']);
  });

  it('whose password is not there are told, and go on without one', () => {
    const { sip, lines } = stage(null);
    lines.configure([trunk()]);
    expect(sip.lines).toMatchObject([{ credentials: null }]);
    expect(lines.problems).toEqual(['The trunk carrier cannot sign in: The environment variable CARRIER is not set.']);
    lines.configure([trunk({ direction: 'in' })]);
    expect(lines.problems).toEqual([]);
  });
});
