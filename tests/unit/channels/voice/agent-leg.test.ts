import { describe, expect, it } from 'vitest';
import { FakeIncomingLeg } from '../../../support/fake-sip.ts';
import { agentMediaLeg, lastPhone, ringRequest, settled, stateOf, voiceStage } from './voice-stage.ts';

describe("ringing an agent's phone", () => {
  it('sends the INVITE in the same tick, with the offer prepared since the answer', async () => {
    const stage = voiceStage();
    const { call, session } = await stage.answered();
    expect(session.asked).toContain('offerWebRtcLeg');
    stage.channel.phones.ring(ringRequest, call);
    expect(lastPhone(stage.sip).request).toEqual({
      extension: '201',
      from: { user: '+447700900142', displayName: 'Margaret Okafor' },
      offer: 'sdp of webrtc-2',
      headers: { 'X-Crosspoint-Reservation': 'reservation-1' },
      maxForwards: 69,
    });
  });

  it('waits for the offer when the call is offered before one is ready', async () => {
    const stage = voiceStage();
    const { call } = stage.receive();
    const answering = call.answer();
    stage.channel.phones.ring(ringRequest, call);
    expect(stage.sip.invited).toEqual([]);
    await answering;
    await settled();
    expect(stage.sip.invited.length).toBe(1);
  });

  it('tells 180 as ringing and the 200 with its moment', async () => {
    const { phone, agentLeg, session } = await voiceStage().ringing();
    phone.progress(100);
    expect(await stateOf(agentLeg.ringing)).toBe('pending');
    phone.progress(180);
    expect(await stateOf(agentLeg.ringing)).toBeUndefined();
    phone.answer('phone answer', 4_711);
    await settled();
    session.tell('connected', { legId: agentMediaLeg(session) });
    expect(await agentLeg.outcome).toEqual({ kind: 'answered', atMonotonic: 4_711 });
    expect(session.asked).toContain('acceptAnswer webrtc-2 phone answer');
  });

  it('prepares a fresh offer for the next agent after a phone said no', async () => {
    const stage = voiceStage();
    const { call, session, phone, agentLeg } = await stage.ringing();
    phone.fail({ cause: 'rejected', status: 486 });
    expect(await agentLeg.outcome).toEqual({ kind: 'failed', failure: 'rejected' });
    await settled();
    expect(session.closedLegs).toEqual(['webrtc-2']);
    stage.channel.phones.ring(ringRequest, call);
    expect(lastPhone(stage.sip).request.offer).toBe('sdp of webrtc-3');
  });

  it('uses the offer again when there was no phone to send it to', async () => {
    const stage = voiceStage();
    const { call } = await stage.answered();
    stage.sip.register('201', false);
    const unreachable = stage.channel.phones.ring(ringRequest, call);
    expect(await unreachable.outcome).toEqual({ kind: 'failed', failure: 'deviceUnreachable' });
    stage.sip.register('201');
    stage.channel.phones.ring(ringRequest, call);
    expect(lastPhone(stage.sip).request.offer).toBe('sdp of webrtc-2');
  });

  it('fails as media when no offer can be made', async () => {
    const stage = voiceStage();
    const { call, session } = stage.receive();
    session.refusal = { offerWebRtcLeg: 'noPorts' };
    await call.answer();
    await settled();
    const agentLeg = stage.channel.phones.ring(ringRequest, call);
    expect(await agentLeg.outcome).toEqual({ kind: 'failed', failure: 'mediaFailed' });
  });

  it('fails as media when ICE or DTLS are not up 5 s after the 200, and hangs up the phone', async () => {
    const stage = voiceStage();
    const { phone, agentLeg } = await stage.ringing();
    phone.answer();
    await settled();
    stage.clock.advance(4_999);
    expect(await stateOf(agentLeg.outcome)).toBe('pending');
    stage.clock.advance(1);
    expect(await agentLeg.outcome).toEqual({ kind: 'failed', failure: 'mediaFailed' });
    expect(phone.hungUpWith?.text).toBe('No media');
  });

  it.each(['iceFailed', 'dtlsFailed'] as const)('fails as media at once on %s after the 200', async (why) => {
    const { phone, agentLeg, session } = await voiceStage().ringing();
    phone.answer();
    await settled();
    session.tell('lost', { legId: agentMediaLeg(session), why });
    expect(await agentLeg.outcome).toEqual({ kind: 'failed', failure: 'mediaFailed' });
  });

  it("fails as media when the phone's answer cannot be used", async () => {
    const { phone, agentLeg, session } = await voiceStage().ringing();
    session.refusal = { acceptAnswer: 'badSdp' };
    phone.answer('nonsense');
    expect(await agentLeg.outcome).toEqual({ kind: 'failed', failure: 'mediaFailed' });
  });

  it('tells when phones come and go', () => {
    const stage = voiceStage();
    const told: string[] = [];
    stage.channel.phones.onReachable((extension, isReachable) => told.push(`${extension} ${isReachable}`));
    stage.sip.register('202');
    stage.sip.unregister('201');
    expect(told).toEqual(['202 true', '201 false']);
    expect(stage.channel.phones.isReachable('201')).toBe(false);
  });
});

describe('a phone that answers in a 183 while it rings', () => {
  /** Rings, with ICE and DTLS up. */
  async function prepared() {
    const stage = voiceStage();
    const parts = await stage.ringing();
    parts.phone.progress(180);
    parts.phone.progress(183, 'phone answer');
    await settled();
    parts.session.tell('connected', { legId: agentMediaLeg(parts.session) });
    return { ...parts, clock: stage.clock };
  }

  it('is connected, and neither accepted nor joined to anything', async () => {
    const { agentLeg, session, call } = await prepared();
    expect(session.asked).toContain('acceptAnswer webrtc-2 phone answer');
    expect(await stateOf(agentLeg.ringing)).toBeUndefined();
    expect(await stateOf(agentLeg.accepted)).toBe('pending');
    expect(await stateOf(agentLeg.outcome)).toBe('pending');
    call.join(agentLeg);
    expect(session.joined).toEqual([]);
  });

  it('has answered with its 200, which leaves nothing to wait for', async () => {
    const { phone, agentLeg, session, call } = await prepared();
    phone.answer('phone answer', 4_711);
    expect(await stateOf(agentLeg.accepted)).toBeUndefined();
    expect(await stateOf(agentLeg.outcome)).toEqual({ kind: 'answered', atMonotonic: 4_711 });
    expect(session.asked.filter((asked) => asked.startsWith('acceptAnswer'))).toHaveLength(1);
    call.join(agentLeg);
    expect(session.joined).toEqual([['rtp-1', 'webrtc-2']]);
  });

  it('waits for ICE and DTLS behind a 200 that was faster', async () => {
    const { phone, agentLeg, session } = await voiceStage().ringing();
    phone.progress(183, 'phone answer');
    phone.answer();
    expect(await stateOf(agentLeg.outcome)).toBe('pending');
    session.tell('connected', { legId: agentMediaLeg(session) });
    expect(await agentLeg.outcome).toMatchObject({ kind: 'answered' });
  });

  it('fails as media, and stops ringing, when that answer cannot be used', async () => {
    const { phone, agentLeg, session } = await voiceStage().ringing();
    session.refusal = { acceptAnswer: 'badSdp' };
    phone.progress(183, 'nonsense');
    expect(await agentLeg.outcome).toEqual({ kind: 'failed', failure: 'mediaFailed' });
    expect(phone.hungUpWith?.text).toBe('No media');
  });

  it('fails as media when its path is lost while it rings, unless it declined', async () => {
    const lost = await prepared();
    lost.session.tell('lost', { legId: agentMediaLeg(lost.session), why: 'iceFailed' });
    lost.clock.advance(500);
    expect(await lost.agentLeg.outcome).toEqual({ kind: 'failed', failure: 'mediaFailed' });

    const declined = await prepared();
    declined.session.tell('lost', { legId: agentMediaLeg(declined.session), why: 'dtlsFailed' });
    declined.clock.advance(400);
    declined.phone.fail({ cause: 'rejected', status: 486 });
    expect(await declined.agentLeg.outcome).toEqual({ kind: 'failed', failure: 'rejected' });
  });

  it('is not answered over a path that was lost a moment before the click', async () => {
    const { phone, agentLeg, session, clock } = await prepared();
    session.tell('lost', { legId: agentMediaLeg(session), why: 'iceFailed' });
    phone.answer();
    expect(await stateOf(agentLeg.outcome)).toBe('pending');
    clock.advance(500);
    expect(await agentLeg.outcome).toEqual({ kind: 'failed', failure: 'mediaFailed' });
  });
});

describe('releasing', () => {
  it.each([
    ['answeredElsewhere', 200, 'Call completed elsewhere'],
    ['callerLeft', 487, 'Caller left'],
    ['noAnswer', 408, 'No answer'],
    ['rescinded', 480, 'Offer withdrawn'],
  ] as const)('cancels a ringing phone and says %s', async (why, cause, text) => {
    const { phone, agentLeg } = await voiceStage().ringing();
    agentLeg.release(why);
    expect(phone.hungUpWith).toEqual({ protocol: 'SIP', cause, text });
    expect(await agentLeg.outcome).toEqual({ kind: 'failed', failure: 'canceled' });
  });

  it('hangs up a phone whose 200 crossed our CANCEL', async () => {
    const { phone, agentLeg } = await voiceStage().ringing();
    agentLeg.release('rescinded');
    phone.answer();
    await settled();
    expect(phone.sent).toEqual(['hangUp', 'hangUp']);
    expect(await agentLeg.outcome).toEqual({ kind: 'failed', failure: 'canceled' });
  });

  it('releases an answered phone with BYE, once', async () => {
    const { phone, agentLeg, session } = await voiceStage().connected();
    agentLeg.release('ended');
    agentLeg.release('callerLeft');
    expect(await agentLeg.gone).toBe('released');
    expect(phone.sent).toEqual(['hangUp']);
    expect(session.closedLegs).toEqual(['webrtc-2']);
  });

  it('stops ringing with "caller left" when the caller goes', async () => {
    const { leg, phone, agentLeg } = await voiceStage().ringing();
    leg.end({ cause: 'bye' });
    expect(await agentLeg.outcome).toEqual({ kind: 'failed', failure: 'canceled' });
    expect(phone.hungUpWith?.text).toBe('Caller left');
  });

  it('does not ring at all when released while the offer is being made', async () => {
    const stage = voiceStage();
    const { call } = stage.receive();
    const answering = call.answer();
    const agentLeg = stage.channel.phones.ring(ringRequest, call);
    agentLeg.release('rescinded');
    await answering;
    await settled();
    expect(stage.sip.invited).toEqual([]);
  });
});

describe('an answered agent leg', () => {
  it.each([
    [{ cause: 'bye' }, 'hungUp'],
    [{ cause: 'flowClosed', by: 'network' }, 'lost'],
    [{ cause: 'timeout', by: 'network', status: 408 }, 'lost'],
  ] as const)('is gone after %j as %s, and the caller stays', async (how, gone) => {
    const { call, phone, agentLeg } = await voiceStage().connected();
    phone.end(how);
    expect(await agentLeg.gone).toBe(gone);
    expect(await stateOf(call.ended)).toBe('pending');
  });

  it('has hung up, and is not lost, when its BYE comes a moment after the end of its sound', async () => {
    const stage = voiceStage();
    const { phone, agentLeg, session } = await stage.connected();
    session.tell('lost', { legId: agentMediaLeg(session), why: 'dtlsFailed' });
    stage.clock.advance(400);
    phone.end({ cause: 'bye', by: 'remote' });
    expect(await agentLeg.gone).toBe('hungUp');
  });

  it('is lost when its media is and no BYE follows', async () => {
    const stage = voiceStage();
    const { call, phone, agentLeg, session } = await stage.connected();
    session.tell('lost', { legId: agentMediaLeg(session), why: 'iceFailed' });
    stage.clock.advance(500);
    expect(await agentLeg.gone).toBe('lost');
    expect(phone.sent).toEqual(['hangUp']);
    expect(await stateOf(call.ended)).toBe('pending');
  });

  it('tells hold and resume from its re-INVITEs, and each once', async () => {
    const { phone, agentLeg } = await voiceStage().connected();
    const told: boolean[] = [];
    agentLeg.onHold((isHeld) => told.push(isHeld));
    expect(await phone.reoffer('a=sendonly')).toMatchObject({ sdp: 'answer for webrtc-2' });
    await phone.reoffer('a=inactive');
    await phone.reoffer('a=sendrecv');
    expect(told).toEqual([true, false]);
  });

  it('tells its keys, by RTP or INFO, once', async () => {
    const { phone, agentLeg, session } = await voiceStage().connected();
    const pressed: string[] = [];
    agentLeg.onDigit(({ digit }) => pressed.push(digit));
    phone.info('application/dtmf-relay', 'Signal=7\r\nDuration=100');
    session.tell('digit', { legId: agentMediaLeg(session), digit: '7', durationMs: 100 });
    session.tell('digit', { legId: agentMediaLeg(session), digit: '8', durationMs: 100 });
    expect(pressed).toEqual(['7', '8']);
  });
});

describe("ringing an agent's desk phone", () => {
  async function ringing() {
    const stage = voiceStage();
    stage.sip.onUdp.add('201');
    const parts = await stage.answered();
    const agentLeg = stage.channel.phones.ring(ringRequest, parts.call);
    await settled();
    return { ...parts, ...stage, agentLeg, phone: lastPhone(stage.sip) };
  }

  it('sends an offer of plain RTP, made for it', async () => {
    const { phone, session } = await ringing();
    expect(phone.request.offer).toBe('sdp of rtp-3');
    expect(session.asked.filter((one) => one === 'offerRtpLeg')).toHaveLength(1);
  });

  it('takes the answer of the 200 and not that of a 183', async () => {
    const { phone, session } = await ringing();
    phone.progress(183, 'early answer');
    await settled();
    expect(session.asked).not.toContain('acceptAnswer rtp-3 early answer');
    phone.answer('phone answer');
    await settled();
    expect(session.asked).toContain('acceptAnswer rtp-3 phone answer');
  });

  it('counts as answered with its first packet', async () => {
    const { phone, session, agentLeg } = await ringing();
    phone.progress(180);
    phone.answer();
    await settled();
    expect(await stateOf(agentLeg.outcome)).toBe('pending');
    session.tell('connected', { legId: 'rtp-3' });
    expect(await agentLeg.outcome).toMatchObject({ kind: 'answered' });
  });

  it('gives the ports back when the offer is over before the phone was asked', async () => {
    const stage = voiceStage();
    stage.sip.onUdp.add('201');
    const { call, session } = await stage.answered();
    stage.channel.phones.ring(ringRequest, call).release('callerLeft');
    await settled();
    expect(stage.sip.invited).toEqual([]);
    expect(session.closedLegs).toContain('rtp-3');
  });
});

describe('a code dialled on a phone', () => {
  it('reaches its own listener and no other, without an offer for an agent', async () => {
    const stage = voiceStage();
    const heard: string[] = [];
    stage.channel.onPhoneCall((call, extension) => {
      heard.push(`${extension} ${call.dialled}`);
      void call.answer();
    });
    stage.sip.receive(new FakeIncomingLeg({ phone: '201', dialled: '*11' }));
    await settled();
    expect([heard, stage.calls]).toEqual([['201 *11'], []]);
    expect(stage.media.sessions[0]?.asked).toEqual(['answerRtpLeg']);
    expect(stage.channel.counters().callsReceived).toBe(0);
  });

  it('is refused while nobody listens', () => {
    const stage = voiceStage();
    const leg = new FakeIncomingLeg({ phone: '201', dialled: '*11' });
    stage.sip.receive(leg);
    expect(leg.refusedWith?.status).toBe(503);
  });
});
