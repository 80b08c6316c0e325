import { describe, expect, it } from 'vitest';
import { LastingSession } from '../../../../../cti-bridge/channels/voice/re-establish/index.ts';
import { silentLog, VirtualClock } from '../../../../../cti-bridge/kernel/index.ts';
import { FakeMediaEngine, type FakeMediaSession } from '../../../../support/fake-media.ts';
import { settled } from '../voice-stage.ts';

/** A session, its far sides as promises in the test's hands, and a worker to be killed. */
function stage() {
  const clock = new VirtualClock();
  const engine = new FakeMediaEngine();
  const first = engine.createSession('call');
  if (!first) throw new Error('no session');
  const session = new LastingSession({ session: first, engine, clock, log: silentLog, music: { kind: 'music', path: '/music.wav' } });
  const moves: number[] = [];
  session.onMoved((tookMs) => moves.push(tookMs));
  const told: string[] = [];
  session.on('lost', ({ legId, why }) => told.push(`lost ${legId} ${why}`));
  session.on('closed', ({ why }) => told.push(`closed ${why}`));
  session.on('played', ({ playId, outcome }) => told.push(`played ${playId} ${outcome}`));

  const worker = (): FakeMediaSession => {
    const latest = engine.sessions.at(-1);
    if (!latest) throw new Error('no session');
    return latest;
  };
  /** A far side that answers when it is told to. */
  const farSide = (waitsWithMusic: boolean) => {
    const offers: string[] = [];
    let take: (answer: string | null) => void = () => {};
    return {
      offers,
      answers: async (answer: string | null) => {
        take(answer);
        await settled();
      },
      renew: (offer: string) => {
        offers.push(offer);
        return new Promise<string | null>((resolve) => {
          take = resolve;
        });
      },
      waitsWithMusic,
    };
  };
  return {
    clock,
    engine,
    session,
    moves,
    told,
    worker,
    async talking() {
      const { legId: customer } = await session.answerRtpLeg('offer');
      const { legId: agent } = await session.offerWebRtcLeg();
      const [customerSide, agentSide] = [farSide(true), farSide(false)];
      session.reach(customer, customerSide);
      await session.acceptAnswer(agent, 'answer');
      session.reach(agent, agentSide);
      session.join(customer, agent);
      return { customer, agent, customerSide, agentSide };
    },
    farSide,
    /** As a worker process dies: every sound is told as stopped, then the session as closed, in one tick. */
    async kill(plays: readonly string[] = []) {
      const dying = worker();
      for (const playId of plays) dying.tell('played', { playId, outcome: 'stopped' });
      dying.tell('closed', { why: 'workerDied' });
      await settled();
    },
  };
}

describe('a worker dies under two who talk', () => {
  it('offers both new media, plays music to the customer when their side is back, and joins them when both are', async () => {
    const { session, worker, kill, talking, moves, told } = stage();
    const { customerSide, agentSide } = await talking();
    await kill();
    expect(worker().asked).toEqual(['offerRtpLeg', 'offerWebRtcLeg']);
    expect([customerSide.offers, agentSide.offers]).toEqual([['sdp of rtp-1'], ['sdp of webrtc-2']]);

    await customerSide.answers('from the customer');
    expect(worker().asked.slice(2)).toEqual(['acceptAnswer rtp-1 from the customer', 'play rtp-1']);
    expect(worker().sounds).toEqual([{ kind: 'music', path: '/music.wav' }]);
    expect(worker().joined).toEqual([]);

    await agentSide.answers('from the agent');
    expect(worker().joined).toEqual([['webrtc-2', 'rtp-1']]);
    expect(moves).toHaveLength(1);
    expect(told).toEqual([]);
    session.end();
  });

  it('plays the agent no music when theirs is the side that is back first', async () => {
    const { worker, kill, talking } = stage();
    const { agentSide } = await talking();
    await kill();
    await agentSide.answers('from the agent');
    expect(worker().sounds).toEqual([]);
  });

  it('tells what happens on the new media by the ids the legs always had, and nothing of the old', async () => {
    const { session, worker, kill, talking, engine } = stage();
    const { customer, agent, customerSide, agentSide } = await talking();
    const heard: string[] = [];
    session.on('digit', ({ legId, digit }) => heard.push(`${legId} ${digit}`));
    await kill();
    await customerSide.answers('a');
    await agentSide.answers('b');
    worker().tell('digit', { legId: 'webrtc-2', digit: '5', durationMs: 100 });
    worker().tell('digit', { legId: 'rtp-1', digit: '7', durationMs: 100 });
    engine.sessions[0]?.tell('digit', { legId: 'rtp-1', digit: '9', durationMs: 100 });
    expect(heard).toEqual([`${agent} 5`, `${customer} 7`]);
  });

  it('tells a far side that does not take it as lost, and the other goes on', async () => {
    const { worker, kill, talking, told, moves } = stage();
    const { agent, customerSide, agentSide } = await talking();
    await kill();
    await customerSide.answers('a');
    await agentSide.answers(null);
    expect(told).toEqual([`lost ${agent} iceFailed`]);
    expect(worker().closedLegs).toEqual(['webrtc-2']);
    expect(moves).toHaveLength(1);
  });

  it('moves once more when the next worker dies before both are back', async () => {
    const { worker, kill, talking, told, engine } = stage();
    const { customerSide, agentSide } = await talking();
    await kill();
    await customerSide.answers('a');
    await kill();
    expect(engine.sessions).toHaveLength(3);
    await customerSide.answers('b');
    await agentSide.answers('c');
    expect(worker().joined).toHaveLength(1);
    expect(told).toEqual([]);
  });

  it('forgets a leg that was closed meanwhile', async () => {
    const { session, worker, kill, talking, told } = stage();
    const { agent, customerSide, agentSide } = await talking();
    await kill();
    await customerSide.answers('a');
    session.closeLeg(agent);
    await agentSide.answers('b');
    expect(worker().closedLegs).toEqual(['webrtc-2']);
    expect(worker().joined).toEqual([]);
    expect(told).toEqual([]);
  });
});

describe('an agent whose network is away', () => {
  const fine = { lossPercent: 0, jitterMs: 2, mos: 4.3, oneWay: null, roundTripMs: null, farLossPercent: null } as const;

  it('is music to the customer until it is back, and nothing else happens', async () => {
    const { worker, talking, told } = stage();
    await talking();
    worker().tell('quality', { legId: 'webrtc-2', ...fine, silence: 'noPackets' });
    worker().tell('quality', { legId: 'webrtc-2', ...fine, silence: 'noPackets' });
    expect(worker().sounds).toEqual([{ kind: 'music', path: '/music.wav' }]);
    worker().tell('quality', { legId: 'webrtc-2', ...fine, silence: null });
    expect(worker().asked.at(-1)).toBe('stop rtp-1');
    expect(told).toEqual([]);
  });

  it('is none to the customer when they hear somebody else, or when it is the customer who is quiet', async () => {
    const { session, worker, talking } = stage();
    const { customer } = await talking();
    worker().tell('quality', { legId: 'rtp-1', ...fine, silence: 'noPackets' });
    const { legId: third } = await session.offerRtpLeg();
    session.join(customer, third);
    worker().tell('quality', { legId: 'webrtc-2', ...fine, silence: 'noPackets' });
    expect(worker().sounds).toEqual([]);
  });
});

describe('sounds', () => {
  it('that played when the worker died play again, and end once', async () => {
    const { session, worker, kill, farSide, told } = stage();
    const { legId } = await session.answerRtpLeg('offer');
    const side = farSide(true);
    session.reach(legId, side);
    const playId = session.play(legId, { kind: 'file', path: '/welcome.wav' });
    await kill(['play-1']);
    await side.answers('a');
    expect(worker().sounds).toEqual([{ kind: 'file', path: '/welcome.wav' }]);
    expect(told).toEqual([]);
    worker().tell('played', { playId: 'play-1', outcome: 'finished' });
    expect(told).toEqual([`played ${playId} finished`]);
  });

  it('asked for while nobody carries the call begin when somebody does', async () => {
    const { session, worker, kill, farSide, told } = stage();
    const { legId } = await session.answerRtpLeg('offer');
    const side = farSide(true);
    session.reach(legId, side);
    const first = session.play(legId, { kind: 'file', path: '/one.wav' });
    await kill(['play-1']);
    session.play(legId, { kind: 'music', path: '/two.wav' });
    await settled();
    expect(told).toEqual([`played ${first} stopped`]);
    await side.answers('a');
    expect(worker().sounds).toEqual([{ kind: 'music', path: '/two.wav' }]);
  });

  it('that somebody stops are told as stopped', async () => {
    const { session, worker, told } = stage();
    const { legId } = await session.answerRtpLeg('offer');
    const playId = session.play(legId, { kind: 'ringback' });
    session.stop(legId);
    worker().tell('played', { playId: 'play-1', outcome: 'stopped' });
    await settled();
    expect(told).toEqual([`played ${playId} stopped`]);
  });
});

describe('what was not answered yet', () => {
  it('is offered anew when its far side says 200, and its answer to the old offer means nothing', async () => {
    const { session, worker, kill, farSide, told } = stage();
    const { legId } = await session.offerWebRtcLeg();
    await kill();
    expect(worker().asked).toEqual([]);
    await session.acceptAnswer(legId, 'to the old offer');
    const side = farSide(false);
    session.reach(legId, side);
    await settled();
    expect(side.offers).toEqual(['sdp of webrtc-1']);
    const up: string[] = [];
    session.on('connected', (event) => up.push(event.legId));
    await side.answers('to the new offer');
    worker().tell('connected', { legId: 'webrtc-1' });
    expect(up).toEqual([legId]);
    expect(told).toEqual([]);
  });

  it('is opened in the next worker when the first died over it', async () => {
    const { session, worker, kill } = stage();
    worker().refusal = { answerRtpLeg: 'workerDied' };
    const opened = session.answerRtpLeg('offer');
    await kill();
    expect(await opened).toMatchObject({ sdp: 'sdp of rtp-1' });
    expect(worker().asked).toEqual(['answerRtpLeg']);
  });
});

describe('without a worker', () => {
  it('waits for one, and goes on when it is there', async () => {
    const { clock, engine, kill, talking } = stage();
    const { customerSide } = await talking();
    engine.isFull = true;
    await kill();
    clock.advance(700);
    engine.isFull = false;
    clock.advance(50);
    await settled();
    expect(customerSide.offers).toHaveLength(1);
  });

  it('is closed after eight seconds, as its user knows it', async () => {
    const { clock, engine, session, kill, talking, told } = stage();
    await talking();
    engine.isFull = true;
    await kill();
    clock.advance(7_900);
    expect(told).toEqual([]);
    const waiting = session.offerRtpLeg();
    clock.advance(150);
    await expect(waiting).rejects.toMatchObject({ code: 'workerDied' });
    expect(told).toEqual(['closed workerDied']);
  });

  it('is closed when every worker it is put into dies', async () => {
    const { kill, talking, told } = stage();
    await talking();
    for (let death = 0; death < 6; death++) await kill();
    expect(told).toEqual(['closed workerDied']);
  });

  it('is over when its worker dies while it is being ended, and moves nowhere', async () => {
    const { engine, session, worker, kill, told } = stage();
    worker().end = () => {};
    session.end();
    await kill();
    expect(engine.sessions).toHaveLength(1);
    expect(told).toEqual(['closed ended']);
  });

  it('can be ended, and looks for none any more', async () => {
    const { clock, engine, session, kill, told } = stage();
    engine.isFull = true;
    await kill();
    session.end();
    engine.isFull = false;
    clock.advance(10_000);
    expect(engine.sessions).toHaveLength(1);
    expect(told).toEqual(['closed ended']);
  });
});

it('leaves no listener at a session that was left or ended', async () => {
  const { engine, session, kill } = stage();
  await kill();
  session.end();
  expect(engine.sessions.map((each) => each.listenerCount())).toEqual([0, 0]);
});

describe('another far side in the place of one', () => {
  it('is joined with whoever talked with that one, under its id, and what played there plays again', async () => {
    const { session, worker, talking, told, moves, farSide } = stage();
    const { customer, agent } = await talking();
    const prompt = session.play(customer, { kind: 'file', path: '/prompt.wav' });
    const newcomer = await session.answerRtpLeg('offer');
    expect(session.takePlace(newcomer.legId, customer)).toBe(true);
    session.reach(customer, farSide(true));
    expect(worker().joined.at(-1)).toEqual(['rtp-3', 'webrtc-2']);
    expect(worker().asked.filter((asked) => asked.startsWith('play'))).toEqual(['play rtp-1', 'play rtp-3']);
    expect(worker().closedLegs).toEqual(['rtp-1']);

    const lost: string[] = [];
    session.on('lost', ({ legId }) => lost.push(legId));
    worker().tell('played', { playId: 'play-1', outcome: 'stopped' });
    worker().tell('lost', { legId: 'rtp-1', why: 'rtpTimeout' });
    await settled();
    expect([lost, told.filter((line) => line.startsWith('played'))]).toEqual([[], []]);
    worker().tell('played', { playId: 'play-2', outcome: 'finished' });
    worker().tell('lost', { legId: 'rtp-3', why: 'rtpTimeout' });
    expect([lost, told.filter((line) => line.startsWith('played'))]).toEqual([[customer], [`played ${prompt} finished`]]);
    expect(moves).toEqual([0]);
    expect(agent).not.toBe(customer);
  });

  it('changes nothing when whoever it was to follow is gone', async () => {
    const { session, worker, talking } = stage();
    const { customer } = await talking();
    const newcomer = await session.answerRtpLeg('offer');
    session.closeLeg(customer);
    expect(session.takePlace(newcomer.legId, customer)).toBe(false);
    expect(worker().closedLegs).toEqual(['rtp-1']);
  });
});
