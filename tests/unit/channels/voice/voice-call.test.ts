import { describe, expect, it } from 'vitest';
import type { PlayOutcome } from '../../../../cti-bridge/interactions/index.ts';
import { FakeIncomingLeg } from '../../../support/fake-sip.ts';
import { agentMediaLeg, ringRequest, settled, stateOf, voiceStage } from './voice-stage.ts';

describe('receiving', () => {
  it('tells who calls, what was dialled and when the INVITE reached the socket', () => {
    const stage = voiceStage();
    stage.clock.advance(50);
    const { call } = stage.receive(new FakeIncomingLeg({ receivedAt: 20 }));
    expect(call).toMatchObject({
      caller: { number: '+447700900142', presentedName: 'Margaret' },
      dialled: '1000',
      trunkId: 'local',
      receivedAtMonotonic: 20,
      receivedAt: stage.clock.now() - 30,
    });
  });

  it('refuses with 503 and counts when no media worker can take the call, before any flow sees it', () => {
    const stage = voiceStage();
    stage.media.isFull = true;
    const leg = new FakeIncomingLeg();
    stage.sip.receive(leg);
    expect(leg.refusedWith).toEqual({ status: 503, headers: { 'Retry-After': '10' } });
    expect(stage.calls).toEqual([]);
    expect(stage.channel.counters()).toEqual({ callsReceived: 1, callsActive: 0, callsRefusedNoMedia: 1 });
  });

  it('ends a call whose story threw as our fault, and other calls do not notice', async () => {
    const stage = voiceStage();
    const { call: other } = stage.receive();
    stage.channel.onCall(() => {
      throw new Error('bug in the story');
    });
    const leg = new FakeIncomingLeg();
    stage.sip.receive(leg);
    expect(leg.refusedWith?.status).toBe(500);
    expect(await stateOf(other.ended)).toBe('pending');
  });
});

describe('answering', () => {
  it('rings, answers with our media and says true when the ACK came', async () => {
    const { leg, call } = voiceStage().receive();
    call.ring();
    expect(await call.answer()).toBe(true);
    expect(leg.sent).toEqual(['180', '200']);
    expect(leg.answeredWith).toBe('sdp of rtp-1');
  });

  it('offers in the 200 when the INVITE had no offer and takes the answer from the ACK', async () => {
    const leg = new FakeIncomingLeg({ offer: null });
    leg.ack = { acked: true, sdp: 'late answer' };
    const { call, session } = voiceStage().receive(leg);
    expect(await call.answer()).toBe(true);
    expect(session.asked).toContain('offerRtpLeg');
    expect(session.asked).toContain('acceptAnswer rtp-1 late answer');
  });

  it('hangs up when the ACK to a late offer brings no answer', async () => {
    const leg = new FakeIncomingLeg({ offer: null });
    const { call } = voiceStage().receive(leg);
    expect(await call.answer()).toBe(false);
    expect(leg.sent.at(-1)).toBe('hangUp');
    expect(await call.ended).toEqual({ by: 'system', reason: 'rejected', fault: 'upstream' });
  });

  it.each([
    ['notAcceptable', 488, { by: 'system', reason: 'rejected', fault: 'upstream' }],
    ['badSdp', 488, { by: 'system', reason: 'rejected', fault: 'upstream' }],
    ['noPorts', 503, { by: 'system', reason: 'overload', fault: 'ours' }],
    ['workerDied', 503, { by: 'system', reason: 'overload', fault: 'ours' }],
  ] as const)('refuses an offer that media calls %s with %i', async (code, status, end) => {
    const { leg, call, session } = voiceStage().receive();
    session.refusal = { answerRtpLeg: code };
    expect(await call.answer()).toBe(false);
    expect(leg.refusedWith?.status).toBe(status);
    expect(await call.ended).toEqual(end);
  });

  it('says false when the ACK to a late offer never came, and the leg tells why', async () => {
    const leg = new FakeIncomingLeg({ offer: null });
    leg.ack = { acked: false };
    const { call } = voiceStage().receive(leg);
    expect(await call.answer()).toBe(false);
    leg.end({ cause: 'noAck', by: 'network' });
    expect(await call.ended).toEqual({ by: 'system', reason: 'peerLost', fault: 'upstream' });
  });

  it('goes on from its 200, and tells apart whether the ACK came or the call ended without one', async () => {
    const acked = voiceStage().receive().call;
    expect(await acked.answer()).toBe(true);
    await acked.acknowledged;

    const leg = new FakeIncomingLeg();
    leg.ack = { acked: false };
    const { call } = voiceStage().receive(leg);
    let isAcknowledged = false;
    void call.acknowledged.then(() => (isAcknowledged = true));
    expect(await call.answer()).toBe(true);
    await settled();
    expect(isAcknowledged).toBe(false);
    leg.end({ cause: 'noAck', by: 'network' });
    expect(await call.ended).toEqual({ by: 'system', reason: 'peerLost', fault: 'upstream' });
    await call.acknowledged;
  });

  it('opens its media once, be it prepared or not, and tells the caller nothing before it is answered', async () => {
    const { leg, call } = voiceStage().receive();
    call.prepare();
    await settled();
    expect(leg.sent).toEqual([]);
    await call.answer();
    expect(leg.sent).toEqual(['200']);
    expect(leg.answeredWith).toContain('rtp-1');
  });

  it('refuses an offer that media did not take when it was prepared', async () => {
    const { leg, call, session } = voiceStage().receive();
    session.refusal = { answerRtpLeg: 'notAcceptable' };
    call.prepare();
    await settled();
    expect(await call.answer()).toBe(false);
    expect(leg.refusedWith?.status).toBe(488);
  });

  it('answers once however often it is asked', async () => {
    const { leg, call } = voiceStage().receive();
    await Promise.all([call.answer(), call.answer()]);
    expect(leg.sent).toEqual(['200']);
  });

  it('refuses an unknown number with 404', async () => {
    const { leg, call } = voiceStage().receive();
    call.refuse(404, { reason: 'unknownNumber', fault: 'caller' });
    expect(leg.sent).toEqual(['404']);
    expect(await call.ended).toEqual({ by: 'system', reason: 'unknownNumber', fault: 'caller' });
  });
});

describe('ending', () => {
  it.each([
    [{ cause: 'bye' }, { by: 'caller', reason: 'hungUp', fault: 'caller' }],
    [{ cause: 'cancel' }, { by: 'caller', reason: 'abandoned', fault: 'caller' }],
    [
      { cause: 'timeout', by: 'network' },
      { by: 'system', reason: 'peerLost', fault: 'upstream' },
    ],
  ] as const)('%j ends the call as %j and frees everything', async (how, end) => {
    const { leg, call, session } = await voiceStage().answered();
    leg.end(how);
    expect(await call.ended).toEqual(end);
    await settled();
    expect(call.signal.aborted).toBe(true);
    expect(session.hasEnded).toBe(true);
    expect(session.listenerCount()).toBe(0);
  });

  it('the first ending wins: a BYE crossing ours changes nothing', async () => {
    const { leg, call } = await voiceStage().answered();
    call.hangUp('completedInIvr', 'system', 'ours');
    leg.end({ cause: 'bye' });
    call.hangUp('fault', 'system', 'ours');
    expect(await call.ended).toEqual({ by: 'system', reason: 'completedInIvr', fault: 'ours' });
    expect(leg.sent).toEqual(['200', 'hangUp']);
    expect(leg.hungUpWith).toEqual({ protocol: 'Q.850', cause: 16, text: 'Normal call clearing' });
  });

  it("tells the loss of the caller's media and says BYE", async () => {
    const { leg, call, session } = await voiceStage().answered();
    session.tell('lost', { legId: 'rtp-1', why: 'rtpTimeout' });
    expect(await call.ended).toEqual({ by: 'system', reason: 'mediaLost', fault: 'upstream' });
    expect(leg.hungUpWith?.text).toBe('No media');
  });

  it('goes on in another worker when its own dies, told to the far side by re-INVITE', async () => {
    const stage = voiceStage();
    const { leg, call, session } = await stage.answered();
    const moved: number[] = [];
    call.onMediaMoved((tookMs) => moved.push(tookMs));
    session.tell('closed', { why: 'workerDied' });
    await settled();
    expect(leg.sent).toEqual(['200', 're-INVITE']);
    expect(moved).toEqual([0]);
    expect(await stateOf(call.ended)).toBe('pending');
  });

  it('ends as our fault when its media worker dies and there is no other for eight seconds', async () => {
    const stage = voiceStage();
    const { call, session } = await stage.answered();
    stage.media.isFull = true;
    session.tell('closed', { why: 'workerDied' });
    stage.clock.advance(8_100);
    expect(await call.ended).toEqual({ by: 'system', reason: 'fault', fault: 'ours' });
  });

  it('rings an agent with an offer of the worker that lives', async () => {
    const stage = voiceStage();
    const { call, session } = await stage.answered();
    await settled();
    session.tell('closed', { why: 'workerDied' });
    await settled();
    stage.channel.phones.ring(ringRequest, call);
    expect(stage.media.sessions.at(-1)?.asked).toContain('offerWebRtcLeg');
    expect(stage.sip.invited).toHaveLength(1);
  });

  it('does nothing and resolves at once after the end', async () => {
    const stage = voiceStage();
    const { leg, call } = await stage.answered();
    leg.end({ cause: 'bye' });
    await call.ended;
    const sent = leg.sent.length;
    call.ring();
    call.sendDigit('1');
    call.refuse(503, { reason: 'overload', fault: 'ours' });
    expect(await call.answer()).toBe(false);
    expect(await call.play({ kind: 'music' })).toBe('callEnded');
    const agentLeg = stage.channel.phones.ring(ringRequest, call);
    expect(await agentLeg.outcome).toEqual({ kind: 'failed', failure: 'canceled' });
    expect(leg.sent.length).toBe(sent);
    expect(stage.sip.invited).toEqual([]);
  });

  it('leaves no timer behind', async () => {
    const stage = voiceStage();
    const { leg, call } = await stage.connected();
    leg.end({ cause: 'bye' });
    await call.ended;
    await settled();
    expect(stage.clock.pending).toBe(0);
  });

  it('stopping the channel ends every call as a shutdown and refuses new ones', async () => {
    const stage = voiceStage();
    const { call } = await stage.answered();
    const { call: unanswered, leg } = stage.receive();
    await stage.channel.stop();
    expect((await call.ended).reason).toBe('shutdown');
    expect((await unanswered.ended).reason).toBe('shutdown');
    expect(leg.refusedWith?.status).toBe(503);
    const late = new FakeIncomingLeg();
    stage.sip.receive(late);
    expect(late.refusedWith?.status).toBe(503);
  });
});

describe('sounds', () => {
  it('finds prompts by language and name', async () => {
    const { call, session } = await voiceStage().answered();
    const playing = call.play({ kind: 'prompt', name: 'welcome', locale: 'zh' });
    expect(session.sounds).toEqual([{ kind: 'file', path: '/prompts/zh/welcome.wav' }]);
    session.tell('played', { playId: 'play-1', outcome: 'finished' });
    expect(await playing).toBe('finished');
  });

  it('never leaves the prompts folder', async () => {
    const { call, session } = await voiceStage().answered();
    expect(await call.play({ kind: 'prompt', name: '../../etc/passwd', locale: 'en' })).toBe('missing');
    expect(session.sounds).toEqual([]);
  });

  it('a new sound replaces the old, whose late report is not mistaken for its own', async () => {
    const { call, session } = await voiceStage().answered();
    const first = call.play({ kind: 'music' });
    const second = call.play({ kind: 'ringback' });
    expect(await first).toBe('stopped');
    session.tell('played', { playId: 'play-1', outcome: 'stopped' });
    expect(await stateOf(second)).toBe('pending');
    session.tell('played', { playId: 'play-2', outcome: 'missing' });
    expect(await second).toBe('missing');
  });

  it('stops on abort, but never the sound that came after', async () => {
    const { call, session } = await voiceStage().answered();
    const first = new AbortController();
    void call.play({ kind: 'music' }, first.signal);
    const second = new AbortController();
    const playing = call.play({ kind: 'music' }, second.signal);
    first.abort();
    expect(session.asked).not.toContain('stop rtp-1');
    second.abort();
    expect(session.asked).toContain('stop rtp-1');
    expect(await playing).toBe('stopped');
  });

  it('tells a sound cut off by the end of the call', async () => {
    const { leg, call } = await voiceStage().answered();
    const playing: Promise<PlayOutcome> = call.play({ kind: 'music' });
    leg.end({ cause: 'bye' });
    expect(await playing).toBe('callEnded');
  });
});

describe('keys and re-INVITEs of the caller', () => {
  it('tells a key arriving by RTP and INFO once, and those of the agent not at all', async () => {
    const { leg, call, session } = await voiceStage().connected();
    const pressed: string[] = [];
    call.onDigit(({ digit }) => pressed.push(digit));
    leg.info('application/dtmf-relay', 'Signal=1\r\nDuration=100');
    session.tell('digit', { legId: 'rtp-1', digit: '1', durationMs: 100 });
    session.tell('digit', { legId: agentMediaLeg(session), digit: '2', durationMs: 100 });
    expect(pressed).toEqual(['1']);
  });

  it('answers a re-INVITE through media and refuses with 488 what media refuses', async () => {
    const { leg, session } = await voiceStage().answered();
    expect(await leg.reoffer('a=sendonly')).toMatchObject({ sdp: 'answer for rtp-1' });
    session.refusal = { renegotiate: 'notAcceptable' };
    expect(await leg.reoffer('video only')).toEqual({ status: 488 });
  });
});

describe('joining', () => {
  it('joins the two legs, ends the sound, and tells the first audio each way once, counted from the 200', async () => {
    const { call, session, agentLeg, phone } = await voiceStage().ringing();
    const music = call.play({ kind: 'music' });
    phone.answer('phone answer', 1_000);
    await settled();
    session.tell('connected', { legId: agentMediaLeg(session) });
    await agentLeg.outcome;
    const heard: string[] = [];
    call.onFirstAudio((direction, afterMs) => heard.push(`${direction} ${afterMs}`));
    call.join(agentLeg);
    expect(session.joined).toEqual([['rtp-1', agentMediaLeg(session)]]);
    expect(await music).toBe('stopped');
    session.tell('firstAudio', { toLegId: agentMediaLeg(session), at: 1_080 });
    session.tell('firstAudio', { toLegId: 'rtp-1', at: 1_120 });
    session.tell('firstAudio', { toLegId: 'rtp-1', at: 1_140 });
    expect(heard).toEqual(['toAgent 80', 'toCaller 120']);
  });

  it('does not join a leg of another call', async () => {
    const stage = voiceStage();
    const { agentLeg } = await stage.connected();
    const other = await stage.answered();
    other.call.join(agentLeg);
    expect(other.session.joined).toEqual([]);
  });

  it('reports the quality of the worse leg', async () => {
    const { call, session, agentLeg } = await voiceStage().connected();
    call.join(agentLeg);
    const told: unknown[] = [];
    call.onQuality((quality) => told.push(quality));
    const fine = { mos: 4.3, oneWay: null, silence: null, roundTripMs: null, farLossPercent: null };
    session.tell('quality', { legId: 'rtp-1', ...fine, lossPercent: 0, jitterMs: 12 });
    session.tell('quality', { legId: agentMediaLeg(session), ...fine, lossPercent: 3, jitterMs: 4, mos: 3.9 });
    expect(told).toEqual([
      { lossPercent: 0, jitterMs: 12, mos: 4.3, trouble: null },
      { lossPercent: 3, jitterMs: 12, mos: 3.9, trouble: null },
    ]);
  });

  it.each([
    ['rtp', { oneWay: 'fromThem', silence: 'noPackets' }, { side: 'customer', kind: 'notHeard' }],
    ['rtp', { oneWay: 'toThem', silence: null }, { side: 'customer', kind: 'hearsNothing' }],
    ['webrtc', { oneWay: null, silence: 'silentPackets' }, { side: 'agent', kind: 'silent' }],
  ] as const)('names the side that trouble lies with: %s %j', async (kind, verdict, trouble) => {
    const { call, session, agentLeg } = await voiceStage().connected();
    call.join(agentLeg);
    const told: unknown[] = [];
    call.onQuality((quality) => told.push(quality.trouble));
    const legId = kind === 'rtp' ? 'rtp-1' : agentMediaLeg(session);
    session.tell('quality', { legId, mos: 1, roundTripMs: null, farLossPercent: null, lossPercent: 0, jitterMs: 0, ...verdict });
    expect(told).toEqual([trouble]);
  });
});

describe('recording', () => {
  it('writes what the customer says and hears, and is stopped before the session that writes it ends', async () => {
    const { call, session } = await voiceStage().answered();
    const recording = call.record('r-1');
    expect(await recording.started).toBe('running');
    const [request] = session.recordings.values();
    expect(request).toEqual({ path: '/recordings/r-1.wav', left: ['rtp-1'], right: 'asHeard', isPaused: false });
    recording.pause();
    recording.resume();
    call.hangUp('hungUp', 'agent', 'agent');
    expect(await recording.ended).toEqual({ durationMs: 1000, failure: null });
    await settled();
    expect(session.asked.filter((asked) => asked.includes('ecording'))).toEqual([
      'startRecording r-1',
      'pauseRecording r-1',
      'resumeRecording r-1',
      'stopRecording r-1',
    ]);
    expect(session.hasEnded).toBe(true);
  });

  it('ends by itself when the disk takes no more, and the call goes on', async () => {
    const { call, session } = await voiceStage().answered();
    const recording = call.record('r-1');
    await recording.started;
    session.tell('recordingFailed', { recordingId: 'r-1', why: 'diskFull' });
    expect(await recording.ended).toEqual({ durationMs: 1000, failure: 'diskFull' });
    expect(await stateOf(call.ended)).toBe('pending');
  });

  it('says why it was never begun', async () => {
    const { call, session } = await voiceStage().answered();
    session.refusal = { startRecording: 'diskFull' };
    expect(await call.record('r-1').started).toBe('diskFull');
    expect(await call.record('../elsewhere').started).toBe('notWritable');
    call.hangUp('hungUp', 'agent', 'agent');
    expect(await call.record('r-2').started).toBe('callEnded');
  });

  it("masks the customer's keys and no others", async () => {
    const { call, session } = await voiceStage().answered();
    call.maskDigits(true);
    expect(session.asked).toContain('maskDigits rtp-1 true');
  });
});
