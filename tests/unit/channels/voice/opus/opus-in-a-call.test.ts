import { describe, expect, it } from 'vitest';
import { LastingSession } from '../../../../../cti-bridge/channels/voice/re-establish/index.ts';
import { silentLog, VirtualClock } from '../../../../../cti-bridge/kernel/index.ts';
import { makeOffer } from '../../../../../cti-bridge/media/index.ts';
import { FakeMediaEngine, type FakeMediaSession } from '../../../../support/fake-media.ts';
import { settled } from '../voice-stage.ts';

type Asked = 'G.711' | 'G.711, then Opus' | 'Opus first';

const local = { host: '127.0.0.1', port: 4000, sessionNumber: 9, version: 1 };
const withOpus = makeOffer(local, [], 'withOpus');
const withoutOpus = makeOffer(local);

function askedIn(offer: string): Asked {
  const formats = /^m=audio \d+ \S+ (.*?)\r?$/m.exec(offer)?.[1]?.split(' ') ?? [];
  return !formats.includes('111') ? 'G.711' : formats[0] === '111' ? 'Opus first' : 'G.711, then Opus';
}

/** A far side that agrees to what it is offered, or does what the test tells it. */
class FarEnd {
  readonly asked: Asked[] = [];
  readonly waitsWithMusic: boolean;
  refuses: Asked | null = null;
  hasNoOpus = false;
  isSlow = false;
  #late: (() => void)[] = [];

  constructor(waitsWithMusic = false) {
    this.waitsWithMusic = waitsWithMusic;
  }

  readonly renew = (offer: string): Promise<string | null> => {
    const asked = askedIn(offer);
    this.asked.push(asked);
    const answer = asked === this.refuses ? null : this.hasNoOpus ? withoutOpus : offer;
    return this.isSlow ? new Promise((resolve) => this.#late.push(() => resolve(answer))) : Promise.resolve(answer);
  };

  async answers(): Promise<void> {
    for (const answer of this.#late.splice(0)) answer();
    await settled();
  }
}

function stage() {
  const clock = new VirtualClock();
  const engine = new FakeMediaEngine();
  const first = engine.createSession('call');
  if (!first) throw new Error('no session');
  first.description = withOpus;
  const session = new LastingSession({ session: first, engine, clock, log: silentLog, music: { kind: 'music', path: '/music.wav' } });
  const worker = (): FakeMediaSession => {
    const latest = engine.sessions.at(-1);
    if (!latest) throw new Error('no session');
    return latest;
  };
  const pass = async (ms: number): Promise<void> => {
    await settled();
    clock.advance(ms);
    for (let i = 0; i < 6; i++) await settled();
  };
  const phone = async (offer = withOpus) => {
    const end = new FarEnd(true);
    const { legId } = await session.answerRtpLeg(offer, 'never', 'withOpus');
    session.reach(legId, end);
    return { legId, end };
  };
  const desktop = async (answer = withOpus) => {
    const end = new FarEnd();
    const { legId } = await session.offerWebRtcLeg();
    await session.acceptAnswer(legId, answer);
    session.reach(legId, end);
    return { legId, end };
  };
  const talking = async () => {
    const customer = await phone();
    const agent = await desktop();
    session.join(customer.legId, agent.legId);
    return { customer, agent };
  };
  const inOpus = async () => {
    const parts = await talking();
    await pass(1_000);
    return parts;
  };
  return { clock, engine, session, worker, pass, phone, desktop, talking, inOpus };
}

const last = ({ end }: { readonly end: FarEnd }): Asked | undefined => end.asked.at(-1);

describe('two who hear only each other', () => {
  it('are asked for Opus after a second, once each, and both keep G.711 beside it', async () => {
    const { talking, pass } = stage();
    const { customer, agent } = await talking();
    await pass(999);
    expect([customer.end.asked, agent.end.asked]).toEqual([[], []]);
    await pass(1);
    expect([customer.end.asked, agent.end.asked]).toEqual([['Opus first'], ['Opus first']]);
    await pass(600_000);
    expect([customer.end.asked, agent.end.asked]).toEqual([['Opus first'], ['Opus first']]);
  });

  it('are not asked where one of them cannot', async () => {
    const { session, phone, desktop, pass } = stage();
    const [customer, agent] = [await phone(withoutOpus), await desktop()];
    session.join(customer.legId, agent.legId);
    await pass(60_000);
    expect([customer.end.asked, agent.end.asked]).toEqual([[], []]);
  });

  it('are not asked when something else comes before the second is over', async () => {
    const { session, talking, pass } = stage();
    const { customer, agent } = await talking();
    await pass(500);
    session.part(customer.legId, agent.legId);
    await pass(60_000);
    expect([customer.end.asked, agent.end.asked]).toEqual([[], []]);
  });

  it('go back to G.711 when one of them refuses, and are not asked again in this call', async () => {
    const { session, talking, pass } = stage();
    const { customer, agent } = await talking();
    agent.end.refuses = 'Opus first';
    await pass(1_000);
    expect([customer.end.asked, agent.end.asked]).toEqual([['Opus first', 'G.711'], ['Opus first']]);
    session.part(customer.legId, agent.legId);
    session.join(customer.legId, agent.legId);
    await pass(60_000);
    expect(customer.end.asked).toHaveLength(2);
  });

  it('go back to G.711 when one of them answers without Opus', async () => {
    const { talking, pass } = stage();
    const { customer, agent } = await talking();
    agent.end.hasNoOpus = true;
    await pass(60_000);
    expect([customer.end.asked, agent.end.asked]).toEqual([['Opus first', 'G.711'], ['Opus first']]);
  });

  it('that a far side takes back to G.711 by its own offers are asked three times and no more', async () => {
    const { session, inOpus, pass } = stage();
    const { customer } = await inOpus();
    for (let i = 0; i < 10; i++) {
      await session.renegotiate(customer.legId, withOpus);
      await pass(2_000);
    }
    expect(customer.end.asked).toEqual(['Opus first', 'Opus first', 'Opus first']);
  });
});

describe('whoever needs their sound', () => {
  it('as a recording: begins when both are back, each by an offer of G.711 alone', async () => {
    const { session, worker, inOpus, pass } = stage();
    const { customer, agent } = await inOpus();
    customer.end.isSlow = true;
    const started = session.startRecording('r', { path: '/r.wav', left: [customer.legId], right: 'asHeard' });
    await pass(100);
    expect([last(customer), last(agent)]).toEqual(['G.711', 'G.711']);
    expect(worker().asked).not.toContain('startRecording r');
    await customer.end.answers();
    await started;
    expect(worker().asked).toContain('startRecording r');
  });

  it('as a recording: is refused by name where one does not come back', async () => {
    const { session, worker, inOpus } = stage();
    const { customer } = await inOpus();
    customer.end.refuses = 'G.711';
    const started = session.startRecording('r', { path: '/r.wav', left: [customer.legId], right: 'asHeard' });
    await expect(started).rejects.toMatchObject({ code: 'notHeard' });
    expect(worker().asked).not.toContain('startRecording r');
  });

  it('as a recording: waits no longer than two seconds for one that does not answer', async () => {
    const { session, inOpus, pass } = stage();
    const { customer, agent } = await inOpus();
    customer.end.isSlow = true;
    const started = session.startRecording('r', { path: '/r.wav', left: [customer.legId], right: 'asHeard' }).catch(({ code }) => code);
    let outcome: unknown = 'waits';
    void started.then((how) => {
      outcome = how;
    });
    await pass(1_999);
    expect([outcome, last(agent)]).toEqual(['waits', 'G.711']);
    await pass(1);
    expect(outcome).toBe('notHeard');
  });

  it('as a recording: ends, and they are asked for Opus again, ready for it on both sides before either sends it', async () => {
    const { session, inOpus, pass } = stage();
    const { customer, agent } = await inOpus();
    await session.startRecording('r', { path: '/r.wav', left: [customer.legId], right: 'asHeard' });
    await pass(60_000);
    expect(last(customer)).toBe('G.711');
    await session.stopRecording('r');
    agent.end.isSlow = true;
    await pass(1_000);
    expect([last(customer), last(agent)]).toEqual(['G.711, then Opus', 'G.711, then Opus']);
    await agent.end.answers();
    expect([last(customer), last(agent)]).toEqual(['Opus first', 'Opus first']);
  });

  it('as a supervisor who listens: hears them when both are back, or after two seconds', async () => {
    const { session, worker, inOpus, desktop, pass } = stage();
    const { customer, agent } = await inOpus();
    const supervisor = await desktop();
    agent.end.isSlow = true;
    session.hear(supervisor.legId, customer.legId, true);
    session.hear(supervisor.legId, agent.legId, true);
    await pass(100);
    const heard = () => worker().asked.filter((each) => each.startsWith('hear'));
    expect([last(customer), last(agent)]).toEqual(['G.711', 'G.711']);
    expect(heard()).toEqual(['hear webrtc-3 rtp-1 true']);
    await agent.end.answers();
    expect(heard()).toHaveLength(2);
  });

  it('as a third who joins: is not joined any more when they were parted while they were on their way back', async () => {
    const { session, worker, inOpus, desktop, pass } = stage();
    const { customer, agent } = await inOpus();
    const third = await desktop();
    agent.end.isSlow = true;
    session.join(third.legId, agent.legId);
    session.part(third.legId, agent.legId);
    await pass(0);
    await agent.end.answers();
    expect(worker().joined).toHaveLength(1);
    expect(last(customer)).toBe('G.711');
  });

  it('as a sound: is played when its own side is back, and not at all when it was stopped before', async () => {
    const { session, worker, inOpus, pass } = stage();
    const { customer } = await inOpus();
    customer.end.isSlow = true;
    const told: string[] = [];
    session.on('played', ({ playId, outcome }) => told.push(`${playId} ${outcome}`));
    const first = session.play(customer.legId, { kind: 'ringback' });
    session.stop(customer.legId);
    await pass(0);
    expect(told).toEqual([`${first} stopped`]);
    session.play(customer.legId, { kind: 'ringback' });
    expect(worker().sounds).toHaveLength(0);
    await customer.end.answers();
    expect(worker().sounds).toHaveLength(1);
  });

  it('or must not have it, is kept from it at once: parting and masking wait for nobody', async () => {
    const { session, worker, inOpus } = stage();
    const { customer, agent } = await inOpus();
    customer.end.isSlow = true;
    session.maskDigits(customer.legId, true);
    session.part(customer.legId, agent.legId);
    expect(worker().asked).toEqual(expect.arrayContaining(['maskDigits rtp-1 true', 'part rtp-1 webrtc-2']));
    await settled();
    expect([last(customer), last(agent)]).toEqual(['G.711', 'G.711']);
  });

  it('comes while they are being asked for Opus: that is waited for, and taken back', async () => {
    const { session, worker, talking, pass } = stage();
    const { customer, agent } = await talking();
    agent.end.isSlow = true;
    await pass(1_000);
    const started = session.startRecording('r', { path: '/r.wav', left: [customer.legId], right: 'asHeard' });
    await pass(100);
    expect(last(customer)).toBe('G.711');
    await agent.end.answers();
    await agent.end.answers();
    await started;
    expect(agent.end.asked).toEqual(['Opus first', 'G.711']);
    expect(worker().asked).toContain('startRecording r');
  });
});

describe('Opus in a call to which something happens', () => {
  it('ends when one side holds, and comes back when it resumes', async () => {
    const { session, inOpus, pass } = stage();
    const { customer, agent } = await inOpus();
    await session.renegotiate(customer.legId, withOpus.replace('sendrecv', 'sendonly'));
    await pass(5_000);
    expect(agent.end.asked).toEqual(['Opus first', 'G.711']);
    expect(customer.end.asked).toEqual(['Opus first']);
    await session.renegotiate(customer.legId, withOpus);
    await pass(5_000);
    expect([last(customer), last(agent)]).toEqual(['Opus first', 'Opus first']);
  });

  it('does not come back when one side resumes without it', async () => {
    const { session, inOpus, pass } = stage();
    const { customer, agent } = await inOpus();
    await session.renegotiate(customer.legId, withoutOpus);
    await pass(60_000);
    expect(agent.end.asked).toEqual(['Opus first', 'G.711']);
    expect(customer.end.asked).toEqual(['Opus first']);
  });

  it('ends when the other is gone, and nothing is asked of who is gone', async () => {
    const { session, inOpus, pass } = stage();
    const { customer, agent } = await inOpus();
    session.closeLeg(agent.legId);
    await pass(5_000);
    expect(customer.end.asked).toEqual(['Opus first', 'G.711']);
    expect(agent.end.asked).toEqual(['Opus first']);
  });

  it('begins anew on G.711 on another worker, and comes back', async () => {
    const { engine, worker, inOpus, pass } = stage();
    const { customer, agent } = await inOpus();
    const dying = worker();
    engine.description = withOpus;
    dying.tell('closed', { why: 'workerDied' });
    await pass(0);
    expect([last(customer), last(agent)]).toEqual(['G.711, then Opus', 'G.711, then Opus']);
    expect(engine.sessions).toHaveLength(2);
    await pass(1_000);
    expect([last(customer), last(agent)]).toEqual(['Opus first', 'Opus first']);
  });

  it('is taken back from a far side that sends it unasked, twice at most', async () => {
    const { worker, phone, pass } = stage();
    const customer = await phone();
    for (let i = 0; i < 5; i++) {
      worker().tell('opusUnheard', { legId: 'rtp-1' });
      await pass(500);
    }
    expect(customer.end.asked).toEqual(['G.711', 'G.711']);
  });

  it('is given up for two of whom one is not heard in it', async () => {
    const { worker, inOpus, pass } = stage();
    const { customer, agent } = await inOpus();
    worker().tell('opusUnheard', { legId: 'rtp-1' });
    await pass(60_000);
    expect([customer.end.asked, agent.end.asked]).toEqual([
      ['Opus first', 'G.711'],
      ['Opus first', 'G.711'],
    ]);
  });

  it('leaves music to a customer whose agent is away, who is asked for G.711 when they are back', async () => {
    const { worker, inOpus, pass } = stage();
    const { customer, agent } = await inOpus();
    const quality = { lossPercent: 0, jitterMs: 0, mos: 4, roundTripMs: null, farLossPercent: null, oneWay: null } as const;
    worker().tell('quality', { legId: 'webrtc-2', ...quality, silence: 'noPackets' });
    await pass(0);
    expect(worker().sounds).toHaveLength(1);
    expect([last(customer), last(agent)]).toEqual(['G.711', 'Opus first']);
    worker().tell('quality', { legId: 'webrtc-2', ...quality, silence: null });
    await pass(1_000);
    expect([last(customer), last(agent)]).toEqual(['Opus first', 'Opus first']);
  });

  it('asks nothing more of anybody when the call is over', async () => {
    const { session, clock, talking, pass } = stage();
    const { customer, agent } = await talking();
    session.end();
    await pass(60_000);
    expect([customer.end.asked, agent.end.asked]).toEqual([[], []]);
    expect(clock.pending).toBe(0);
  });
});
