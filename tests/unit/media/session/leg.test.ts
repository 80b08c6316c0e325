import { describe, expect, it } from 'vitest';
import { decodeG711 } from '../../../../cti-bridge/media/codec/g711.ts';
import { Playback } from '../../../../cti-bridge/media/prompt/playback.ts';
import type { Leg } from '../../../../cti-bridge/media/session/leg.ts';
import { LegTable } from '../../../../cti-bridge/media/session/leg-table.ts';
import { rootMeanSquare, toneAmplitude } from '../../../../cti-bridge/media/tones/tone-detector.ts';
import { tone } from '../../../../cti-bridge/media/tones/tone-generator.ts';
import { KeptTransport, listen, terms, tonePacket } from './far-side.ts';

function unexpected(error: unknown): void {
  throw error;
}

/** A call of legs without sockets, moved by hand. */
function call(names: readonly string[], timeoutMs = 1000, kinds: readonly ('rtp' | 'webrtc')[] = []) {
  const { told, tell } = listen();
  const table = new LegTable('s', timeoutMs, tell, unexpected);
  const legs = names.map((name, at) => {
    const transport = new KeptTransport(kinds[at]);
    const leg = table.add(name);
    leg.attach(transport);
    leg.agree(terms);
    return { leg, transport };
  });
  let now = performance.now();
  let packet = 0;
  return {
    table,
    told,
    legs,
    names: () => told.map(({ name }) => name),
    /** Frames of 20 ms, in which the legs given send a tone. */
    tick(frames: number, talking: readonly Leg[] = [], frequencies: readonly number[] = []): void {
      for (let i = 0; i < frames; i++) {
        now += 20;
        talking.forEach((leg, at) => {
          leg.packet(tonePacket(packet, {}, frequencies[at]), now);
        });
        packet++;
        table.tick(now);
      }
    },
  };
}

const unreported = { roundTripMs: null, farLossPercent: null };

type Made = ReturnType<typeof call>['legs'];
const pick = (legs: Made, at: number): Made[number] => {
  const made = legs[at];
  if (!made) throw new Error('no such leg');
  return made;
};
const heard = (transport: KeptTransport, last = 10): Int16Array =>
  Int16Array.from(transport.sent.slice(-last).flatMap((packet) => [...decodeG711('PCMA', packet.payload)]));

describe('a leg', () => {
  it('sends silence, marked at its start, when there is nothing to say', () => {
    const { legs, tick } = call(['a']);
    tick(5);
    const { sent } = pick(legs, 0).transport;
    expect(sent.map((packet) => packet.marker)).toEqual([true, false, false, false, false]);
    expect(sent.every((packet) => packet.payload.every((byte) => byte === 0xd5))).toBe(true);
  });

  it('sends a browser nothing before it is joined, and from then on always', () => {
    const { table, legs, tick } = call(['caller', 'agent'], 1000, ['rtp', 'webrtc']);
    const [caller, agent] = [pick(legs, 0), pick(legs, 1)];
    tick(5, [caller.leg, agent.leg]);
    expect([caller.transport.sent.length, agent.transport.sent.length]).toEqual([5, 0]);
    expect(rootMeanSquare(heard(caller.transport))).toBeLessThan(10);
    table.join(caller.leg, agent.leg);
    tick(5);
    table.part(caller.leg, agent.leg);
    tick(5);
    expect(agent.transport.sent.length).toBe(10);
  });

  it('sends what a joined leg says, and tells its first real sound once', () => {
    const { table, legs, tick, told } = call(['a', 'b']);
    const [a, b] = [pick(legs, 0), pick(legs, 1)];
    table.join(a.leg, b.leg);
    tick(5);
    expect(told.filter(({ name }) => name === 'firstAudio')).toEqual([]);
    tick(25, [a.leg]);
    expect(toneAmplitude(heard(b.transport), 400)).toBeGreaterThan(7500);
    expect(rootMeanSquare(heard(a.transport))).toBeLessThan(10);
    expect(told.filter(({ name }) => name === 'firstAudio').map(({ event }) => event)).toEqual([{ toLegId: 'b', at: expect.any(Number) }]);
  });

  it('plays a sound over what others say, until it ends', () => {
    const { table, legs, tick, told } = call(['a', 'b']);
    const [a, b] = [pick(legs, 0), pick(legs, 1)];
    table.join(a.leg, b.leg);
    tick(20, [a.leg]);
    b.leg.play(new Playback('p1', tone(1000, 200), false));
    tick(10, [a.leg]);
    expect(toneAmplitude(heard(b.transport), 400)).toBeLessThan(100);
    expect(toneAmplitude(heard(b.transport), 1000)).toBeGreaterThan(7500);
    tick(10, [a.leg]);
    expect(toneAmplitude(heard(b.transport, 9), 400)).toBeGreaterThan(7000);
    expect(told.filter(({ name }) => name === 'played').map(({ event }) => event)).toEqual([{ playId: 'p1', outcome: 'finished' }]);
  });

  it('tells each sound once, however often it is stopped', async () => {
    const { table, legs, tick, told } = call(['a']);
    const { leg } = pick(legs, 0);
    leg.play(new Playback('p1', tone(400, 500), true));
    leg.play(new Playback('p2', tone(400, 20), false));
    tick(3);
    leg.stopSound();
    leg.play(new Playback('p3', tone(400, 20), false));
    leg.stopSound();
    await table.remove(leg);
    expect(told.map(({ event }) => event)).toEqual([
      { playId: 'p1', outcome: 'stopped' },
      { playId: 'p2', outcome: 'finished' },
      { playId: 'p3', outcome: 'stopped' },
    ]);
  });

  it('sends no sound while it sends a key', () => {
    const { legs, tick } = call(['a']);
    const { leg, transport } = pick(legs, 0);
    tick(2);
    leg.sendDigit('7', 100);
    tick(8 + 3 + 2);
    const numbers = transport.sent.map((packet) => packet.payloadType);
    expect(numbers).toEqual([8, 8, ...Array(8).fill(101), 8, 8]);
    const [first, after] = [transport.sent[2], transport.sent[10]];
    expect(first?.marker).toBe(true);
    expect(after?.marker).toBe(true);
    expect(((after?.timestamp ?? 0) - (first?.timestamp ?? 0)) >>> 0).toBe(11 * 160);
  });

  it('sends nothing to a far side that holds, and goes on with a marker', () => {
    const { legs, tick } = call(['a']);
    const { leg, transport } = pick(legs, 0);
    tick(3);
    leg.agree({ ...terms, maySend: false, isHeld: true });
    tick(3);
    expect(transport.sent).toHaveLength(3);
    leg.agree(terms);
    tick(1);
    expect(transport.sent[3]?.marker).toBe(true);
    expect(((transport.sent[3]?.timestamp ?? 0) - (transport.sent[2]?.timestamp ?? 0)) >>> 0).toBe(4 * 160);
  });

  it('waits with a sound until there is somebody to hear it', () => {
    const { legs, tick, names } = call(['a']);
    const { leg, transport } = pick(legs, 0);
    transport.isReady = false;
    leg.play(new Playback('p1', tone(400, 40), false));
    tick(10);
    expect(names()).toEqual([]);
    transport.isReady = true;
    tick(3);
    expect(names()).toEqual(['played']);
  });

  it('is connected with the first packet, and lost once after the time-out', () => {
    const { legs, tick, told } = call(['a']);
    const { leg } = pick(legs, 0);
    tick(5, [leg]);
    tick(45);
    expect(told.map(({ name }) => name)).toEqual(['connected']);
    tick(100);
    expect(told.filter(({ name }) => name === 'lost').map(({ event }) => event)).toEqual([{ legId: 'a', why: 'rtpTimeout' }]);
  });

  it('is not lost while it is held', () => {
    const { legs, tick, names } = call(['a']);
    pick(legs, 0).leg.agree({ ...terms, maySend: false, mayReceive: false, isHeld: true });
    tick(200);
    expect(names()).toEqual([]);
  });

  it('tells every two seconds how good the path is, once connected', () => {
    const { legs, tick, told } = call(['a'], 60_000);
    tick(200, [pick(legs, 0).leg]);
    const quality = told.filter(({ name }) => name === 'quality').map(({ event }) => event);
    expect(quality).toEqual([
      { legId: 'a', lossPercent: 0, jitterMs: 0, mos: expect.closeTo(4.38, 1), oneWay: null, silence: null, ...unreported },
      { legId: 'a', lossPercent: 0, jitterMs: 0, mos: expect.closeTo(4.38, 1), oneWay: null, silence: null, ...unreported },
    ]);
  });

  it('tells that nothing comes, also of a trunk that never sent anything', () => {
    const { tick, told } = call(['a'], 60_000);
    tick(400);
    const last = told.filter(({ name }) => name === 'quality').at(-1)?.event;
    expect(last).toMatchObject({ legId: 'a', mos: 1, oneWay: 'fromThem', silence: 'noPackets' });
  });

  it('over WebRTC counts checks below RTP as life', () => {
    const { told, tell } = listen();
    const table = new LegTable('s', 1000, tell, unexpected);
    const transport = new KeptTransport('webrtc');
    const leg = table.add('w');
    leg.attach(transport);
    leg.agree(terms);
    leg.connected();
    transport.silent = 900;
    table.tick(performance.now() + 5000);
    expect(told.map(({ name }) => name)).toEqual(['connected']);
    transport.silent = 1100;
    table.tick(performance.now() + 5020);
    table.tick(performance.now() + 5040);
    expect(told.slice(1).map(({ event }) => event)).toEqual([{ legId: 'w', why: 'iceFailed' }]);
  });
});

describe('legs of one call', () => {
  it('keep to the time when frames were never sent, and mark where sound begins again', () => {
    const { table, legs, tick } = call(['a']);
    const { transport } = pick(legs, 0);
    tick(2);
    table.skip(15);
    tick(1);
    const [, before, after] = transport.sent;
    expect(((after?.timestamp ?? 0) - (before?.timestamp ?? 0)) >>> 0).toBe(16 * 160);
    expect(after?.marker).toBe(true);
  });

  it('hand a fault to whoever ends the call, and do not throw', () => {
    const faults: unknown[] = [];
    const table = new LegTable('s', 1000, listen().tell, (error) => faults.push(error));
    const transport = new KeptTransport();
    transport.send = () => {
      throw new Error('broken');
    };
    const leg = table.add('a');
    leg.attach(transport);
    leg.agree(terms);
    table.tick(performance.now());
    expect(faults).toEqual([new Error('broken')]);
  });

  it('stop hearing a leg that was removed, whose transport is closed', async () => {
    const { table, legs, tick } = call(['a', 'b']);
    const [a, b] = [pick(legs, 0), pick(legs, 1)];
    table.join(a.leg, b.leg);
    tick(20, [a.leg]);
    await table.remove(a.leg);
    tick(20);
    expect(a.transport.closed).toBe(1);
    expect(rootMeanSquare(heard(b.transport))).toBeLessThan(10);
  });

  it('hear each other in one direction only when told so', () => {
    const { table, legs, tick } = call(['a', 'b']);
    const [a, b] = [pick(legs, 0), pick(legs, 1)];
    table.hear(a.leg, b.leg, true);
    tick(30, [a.leg, b.leg], [440, 1000]);
    expect(toneAmplitude(heard(a.transport), 1000)).toBeGreaterThan(7500);
    expect(rootMeanSquare(heard(b.transport))).toBeLessThan(10);
    table.hear(a.leg, b.leg, false);
    tick(15, [a.leg, b.leg], [440, 1000]);
    expect(rootMeanSquare(heard(a.transport))).toBeLessThan(10);
  });

  const tones = [440, 700, 1000, 1300, 1700, 2100];
  /** Which of the tones each leg hears, by the places of who sends them. */
  function audible(transport: KeptTransport): number[] {
    return tones.flatMap((frequency, at) => (toneAmplitude(heard(transport), frequency) > 700 ? [at] : []));
  }

  it.each([
    ['monitor', [], { caller: [1], agent: [0], supervisor: [0, 1] }],
    ['whisper', ['agent'], { caller: [1], agent: [0, 2], supervisor: [0, 1] }],
    ['barge', ['agent', 'caller'], { caller: [1, 2], agent: [0, 2], supervisor: [0, 1] }],
  ] as const)('let a supervisor %s: who hears whom is exactly that', (_, speaksTo, wanted) => {
    const { table, legs, tick } = call(['caller', 'agent', 'supervisor']);
    const [caller, agent, supervisor] = [pick(legs, 0), pick(legs, 1), pick(legs, 2)];
    table.join(caller.leg, agent.leg);
    table.hear(supervisor.leg, caller.leg, true);
    table.hear(supervisor.leg, agent.leg, true);
    const all = { caller, agent };
    for (const listener of speaksTo) table.hear(all[listener].leg, supervisor.leg, true);
    tick(
      30,
      legs.map(({ leg }) => leg),
      tones,
    );
    expect({ caller: audible(caller.transport), agent: audible(agent.transport), supervisor: audible(supervisor.transport) }).toEqual(
      wanted,
    );
  });

  it('confer, six of them, each hearing the five others and not themselves', () => {
    const { table, legs, tick } = call(['a', 'b', 'c', 'd', 'e', 'f']);
    legs.forEach(({ leg }, at) => {
      for (const other of legs.slice(at + 1)) table.join(leg, other.leg);
    });
    tick(
      30,
      legs.map(({ leg }) => leg),
      tones,
    );
    legs.forEach(({ transport }, at) => {
      expect(audible(transport)).toEqual([0, 1, 2, 3, 4, 5].filter((other) => other !== at));
    });
  });

  it('are recorded as the customer says and hears it, whoever of ours that is', async () => {
    const { table, legs, tick } = call(['caller', 'agent', 'other']);
    const [caller, agent, other] = [pick(legs, 0), pick(legs, 1), pick(legs, 2)];
    const blocks: Buffer[] = [];
    const file = { law: 'PCMA' as const, append: (block: Buffer) => void blocks.push(block), close: async () => {} };
    table.join(caller.leg, agent.leg);
    const talk = () =>
      tick(
        50,
        legs.map(({ leg }) => leg),
        tones,
      );
    const channel = (which: number, from: number, to: number) =>
      decodeG711(
        'PCMA',
        Buffer.concat(blocks).filter((_, at) => at % 2 === which),
      ).subarray(from * 8, to * 8);
    tick(
      20,
      legs.map(({ leg }) => leg),
      tones,
    );
    table.recordings.start({ recordingId: 'r', left: ['caller'], right: 'asHeard', isPaused: false }, file);
    talk();
    table.part(caller.leg, agent.leg);
    table.join(caller.leg, other.leg);
    talk();
    caller.leg.maskDigits(true);
    talk();
    await table.recordings.stopAll();
    const [customer, first, second] = tones;
    expect(toneAmplitude(channel(0, 100, 1900), customer ?? 0)).toBeGreaterThan(7000);
    expect(toneAmplitude(channel(1, 100, 900), first ?? 0)).toBeGreaterThan(7000);
    expect(toneAmplitude(channel(1, 1100, 1900), second ?? 0)).toBeGreaterThan(7000);
    expect(rootMeanSquare(channel(0, 2000, 3000))).toBeLessThan(10);
    expect(toneAmplitude(channel(1, 2100, 2900), second ?? 0)).toBeGreaterThan(7000);
  });

  it('tell the keys of a leg whose keys are masked, to whoever takes the payment', () => {
    const { legs, told } = call(['a']);
    const { leg } = pick(legs, 0);
    leg.maskDigits(true);
    leg.packet(tonePacket(0, { payloadType: 101, payload: Buffer.from([5, 0x8a, 0x03, 0x20]) }), performance.now());
    expect(told.filter(({ name }) => name === 'digit').map(({ event }) => event)).toEqual([{ legId: 'a', digit: '5', durationMs: 100 }]);
  });
});
