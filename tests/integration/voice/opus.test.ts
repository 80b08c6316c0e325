import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readWav } from '../../../cti-bridge/media/index.ts';
import type { RtpMedia, ScriptedCall } from '../../support/scripted-phone/index.ts';
import { expectTone } from '../../support/tones.ts';
import type { VoiceHouse } from './voice-house.ts';
import { openVoiceHouse } from './voice-house.ts';

/** Opus between a caller whose trunk may use it and an agent's desk phone, each with numbers of its own for it. What passes is bytes: nobody decodes. */

const ofCaller = { payloadType: 96, eventType: 97 };
const ofDesk = { payloadType: 111, eventType: 110 };

let house: VoiceHouse;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crosspoint-opus-'));
  house = await openVoiceHouse({ codecs: ['PCMU', 'PCMA', 'opus'], recordingsFolder: folder, workers: 2 });
});
afterEach(async () => {
  await house.tidy();
  await house.isEmpty();
});
afterAll(async () => {
  await house.stop();
  rmSync(folder, { recursive: true });
});

const soundOf = (call: ScriptedCall) => call.media as RtpMedia;

async function talking(
  options: { readonly deskHasOpus?: boolean; readonly before?: (line: ScriptedCall, desk: ScriptedCall) => void } = {},
) {
  const { deskHasOpus = true } = options;
  const phone = await house.trunkPhone({ opus: ofCaller });
  const deskPhone = await house.deskPhone('201', 'registered', deskHasOpus ? { opus: ofDesk } : {});
  const line = await phone.call({ to: '1000', from: '+447700900142' });
  const call = await house.nextCall();
  expect(await call.answer()).toBe(true);
  await line.answered();
  const leg = house.ring(call);
  const desk = await deskPhone.nextCall();
  await leg.ringing;
  await desk.answer();
  expect(await leg.outcome).toMatchObject({ kind: 'answered' });
  options.before?.(line, desk);
  line.mouth.playTone(1000);
  desk.mouth.playTone(440);
  call.join(leg);
  return { line, desk, call, leg, deskPhone };
}

async function inOpus(options?: Parameters<typeof talking>[0]) {
  const parts = await talking(options);
  await Promise.all([parts.line, parts.desk].map((each) => each.journal.wait('talks in Opus', 4_000)));
  await Promise.all([parts.line, parts.desk].map((each) => heardOpus(each, 10)));
  return parts;
}

/** So many packets of Opus more have come. */
async function heardOpus(call: ScriptedCall, packets: number): Promise<void> {
  const { heard } = soundOf(call).opus;
  const wanted = heard.length + packets;
  await expect.poll(() => heard.length, { timeout: 3_000, interval: 20 }).toBeGreaterThanOrEqual(wanted);
}

/** By what comes, 50 packets a second. */
async function secondsOfSound(call: ScriptedCall, seconds: number): Promise<void> {
  const wanted = soundOf(call).packetsReceived + seconds * 50;
  await expect.poll(() => soundOf(call).packetsReceived, { timeout: seconds * 1_000 + 3_000 }).toBeGreaterThanOrEqual(wanted);
}

/** Both phones talk in G.711, having been asked by a re-INVITE that has nothing else. */
const backOnG711 = (...calls: readonly ScriptedCall[]) => Promise.all(calls.map((each) => each.journal.wait(/^talks in G\.711$/, 3_000)));

const notes = (call: ScriptedCall) => call.journal.notes.filter(({ what }) => what.startsWith('talks in')).map(({ what }) => what);

describe('a call that both sides can have in Opus', () => {
  it('begins on G.711, goes over to Opus, and every byte arrives as it was sent, under the number of the other side', async () => {
    const { line, desk } = await talking();
    await Promise.all([desk.ears.tone(1000), line.ears.tone(440)]);
    expect([notes(line), notes(desk)]).toEqual([['talks in G.711, may use Opus'], ['talks in G.711, may use Opus']]);
    await Promise.all([line, desk].map((each) => each.journal.wait('talks in Opus', 4_000)));
    await Promise.all([heardOpus(line, 50), heardOpus(desk, 50)]);
    for (const [from, to] of [
      [line, desk],
      [desk, line],
    ] as const) {
      const sent = new Set(soundOf(from).opus.sent.map((bytes) => bytes.toString('hex')));
      expect(soundOf(to).opus.heard.every((bytes) => sent.has(bytes.toString('hex')))).toBe(true);
    }
    expect([soundOf(line).heardTypes.at(-1), soundOf(desk).heardTypes.at(-1)]).toEqual([96, 111]);
  });

  it('has keys of either side once, on the clock of Opus, heard by the story and by the other side when it is sent one', async () => {
    const { line, call, leg } = await inOpus();
    const pressed: string[] = [];
    call.onDigit(({ digit }) => pressed.push(digit));
    leg.onDigit(({ digit }) => pressed.push(`agent ${digit}`));
    await line.press('73');
    await expect.poll(() => pressed, { timeout: 3_000 }).toEqual(['7', '3']);
    call.sendDigit('5');
    await line.journal.wait('hears key 5', 2_000);
    expect(soundOf(line).heardTypes).toContain(97);
  });

  it('stays on G.711 where one of them cannot', async () => {
    const { line, desk } = await talking({ deskHasOpus: false });
    await desk.ears.tone(1000);
    await secondsOfSound(line, 1.5);
    await line.ears.tone(440);
    expect(notes(line)).toEqual(['talks in G.711, may use Opus']);
    expect(soundOf(line).opus.heard).toEqual([]);
  });
});

describe('whoever needs the sound of a call in Opus', () => {
  it('records it from the moment when both are back on G.711: a tone in either channel, from the beginning', async () => {
    const { line, desk, call } = await inOpus();
    const recording = call.record('in-opus');
    expect(await recording.started).toBe('running');
    expect([notes(line).at(-1), notes(desk).at(-1)]).toEqual(['talks in G.711', 'talks in G.711']);
    await Promise.all([desk.ears.tone(1000), line.ears.tone(440)]);
    await secondsOfSound(line, 2);
    recording.stop();
    await recording.ended;
    const wav = readWav(readFileSync(join(folder, 'in-opus.wav')));
    if (!wav.ok) throw new Error(wav.error);
    const { samples, channels, rate } = wav.value;
    const channel = (n: number) => samples.filter((_, i) => i % channels === n);
    for (const [n, frequency] of [
      [0, 1000],
      [1, 440],
    ] as const) {
      const heard = channel(n);
      expectTone(heard.slice(0, 1.5 * rate), frequency, 500, rate);
      // Bytes of Opus taken for sound would be noise as loud as can be.
      expect(heard.every((sample) => Math.abs(sample) < 10_000)).toBe(true);
    }
  });

  it('gets it back to Opus when the recording is over', async () => {
    const { line, desk, call } = await inOpus();
    const recording = call.record('and-back');
    await recording.started;
    recording.stop();
    await recording.ended;
    const from = line.journal.length;
    await line.journal.wait('talks in Opus', 4_000, from);
    await Promise.all([heardOpus(line, 20), heardOpus(desk, 20)]);
  });

  it('is a supervisor who listens: hears both, in G.711', async () => {
    const { line, desk, call, leg } = await inOpus();
    const supervisorPhone = await house.deskPhone('202', 'registered', { opus: ofDesk });
    const supervisor = house.ring(call, '202');
    const ears = await supervisorPhone.nextCall();
    await ears.answer();
    await supervisor.outcome;
    call.connect(supervisor, 'customer', 'oneHearsOther');
    call.connect(supervisor, leg, 'oneHearsOther');
    await backOnG711(line, desk);
    await Promise.all([ears.ears.tone(1000), ears.ears.tone(440), desk.ears.tone(1000), line.ears.tone(440)]);
    supervisor.release('ended');
    await line.journal.wait('talks in Opus', 4_000, line.journal.length);
  });

  it('is music on hold: both go back to G.711, it plays, and they hear each other again afterwards', async () => {
    const { line, call, leg, desk } = await inOpus();
    call.part(leg);
    void call.play({ kind: 'music' });
    await backOnG711(line, desk);
    await line.journal.wait('hears music', 5_000);
    call.join(leg);
    await Promise.all([desk.ears.tone(1000), line.ears.tone(440)]);
  });
});

describe('a far side that does otherwise', () => {
  it('refuses Opus: both stay on G.711 for the rest of the call, and hear each other', async () => {
    const { line, desk } = await talking({
      before: (_line, desk) => {
        desk.refusesOffer = (offer) => (/^m=audio \d+ \S+ 111 /m.test(offer) ? 488 : null);
      },
    });
    await desk.journal.wait('re-INVITE refused: 488', 4_000);
    await backOnG711(line);
    await Promise.all([desk.ears.tone(1000), line.ears.tone(440)]);
    await secondsOfSound(line, 2.5);
    expect(desk.journal.count('re-INVITE refused: 488')).toBe(1);
  });

  it('has an offer of its own open in that moment (491): is asked again, and then goes over', async () => {
    let refusals = 0;
    const { line, desk } = await talking({
      before: (_line, desk) => {
        desk.refusesOffer = () => (refusals++ === 0 ? 491 : null);
      },
    });
    await desk.journal.wait('talks in Opus', 8_000);
    expect(refusals).toBe(2);
    await Promise.all([heardOpus(line, 20), heardOpus(desk, 20)]);
  });

  it('refuses to come back: a recording is refused by name, and none of silence is left', async () => {
    const { line, call } = await inOpus();
    line.refusesOffer = () => 488;
    const recording = call.record('never');
    expect(await recording.started).toBe('notHeard');
    expect(() => readFileSync(join(folder, 'never.wav'))).toThrow(/ENOENT/);
  });

  it('holds, and takes back: the other is on G.711 meanwhile, and both are in Opus again', async () => {
    const { line, desk } = await inOpus();
    expect(await desk.reoffer('sendonly')).toBe(200);
    await backOnG711(line);
    const from = line.journal.length;
    expect(await desk.reoffer('sendrecv')).toBe(200);
    await line.journal.wait('talks in Opus', 5_000, from);
    await Promise.all([heardOpus(line, 20), heardOpus(desk, 20)]);
  });

  it('hangs up in Opus, and nothing is left', async () => {
    const { line, desk } = await inOpus();
    await line.hangUp();
    await desk.ended();
    await house.isEmpty();
  });
});

describe('a media worker killed under a call in Opus', () => {
  it('is replaced on G.711, and the call goes over to Opus again', async () => {
    const { line, desk, call } = await inOpus();
    const moved = new Promise<number>((resolve) => call.onMediaMoved(resolve));
    const [worker] = (await house.media.stats()).filter(({ sessions }) => sessions > 0);
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    expect(await moved).toBeLessThan(5_000);
    await Promise.all([desk.ears.tone(1000), line.ears.tone(440)]);
    const from = line.journal.length;
    await line.journal.wait('talks in Opus', 5_000, from);
    await Promise.all([heardOpus(line, 20), heardOpus(desk, 20)]);
  });
});
