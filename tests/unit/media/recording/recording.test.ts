import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeG711, frameSamples, type Law } from '../../../../cti-bridge/media/codec/g711.ts';
import { readWav } from '../../../../cti-bridge/media/prompt/wav.ts';
import { CallRecordings, type RecordedLeg } from '../../../../cti-bridge/media/recording/call-recordings.ts';
import { Recording } from '../../../../cti-bridge/media/recording/recording.ts';
import type { BlockFile } from '../../../../cti-bridge/media/recording/recording-file.ts';
import { headerBytes, readRecordingHeader, writeRecordingHeader } from '../../../../cti-bridge/media/recording/recording-header.ts';
import { toneAmplitude } from '../../../../cti-bridge/media/tones/tone-detector.ts';
import { tone } from '../../../../cti-bridge/media/tones/tone-generator.ts';

class KeptFile implements BlockFile {
  readonly law: Law;
  readonly blocks: Buffer[] = [];
  closed = 0;

  constructor(law: Law = 'PCMA') {
    this.law = law;
  }

  append(block: Buffer): void {
    this.blocks.push(block);
  }

  async close(): Promise<void> {
    this.closed++;
  }

  get wav(): Buffer {
    const data = Buffer.concat(this.blocks);
    return Buffer.concat([writeRecordingHeader(this.law, data.length), data]);
  }

  /** What one channel has, as a player would read it. */
  channel(which: 0 | 1): Int16Array {
    const read = readWav(this.wav);
    if (!read.ok) throw new Error(read.error);
    expect(read.value).toMatchObject({ rate: 8000, channels: 2 });
    return read.value.samples.filter((_, index) => index % 2 === which);
  }
}

const frame = (frequency: number, at: number) => tone(frequency, 20, 8000, at * frameSamples);

describe('the header of a recording', () => {
  it('says of itself what it was written with, for any length and both laws', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 30 }), fc.constantFrom<Law>('PCMA', 'PCMU'), (half, law) => {
        const dataBytes = half * 2;
        expect(readRecordingHeader(writeRecordingHeader(law, dataBytes))).toEqual({ law, dataBytes });
      }),
    );
  });

  it('is not found in another file', () => {
    expect(readRecordingHeader(Buffer.alloc(headerBytes))).toBeNull();
    expect(readRecordingHeader(Buffer.from('RIFF'))).toBeNull();
  });
});

describe('a recording', () => {
  it.each(['PCMA', 'PCMU'] as const)('keeps each side in its channel, in %s', async (law) => {
    const file = new KeptFile(law);
    const recording = new Recording('r', file, false);
    for (let at = 0; at < 75; at++) recording.add(frame(440, at), frame(1000, at));
    expect(file.blocks).toHaveLength(1);
    await recording.stop();
    expect(file.closed).toBe(1);
    expect(recording.durationMs).toBe(1500);
    const [left, right] = [file.channel(0), file.channel(1)];
    expect([left.length, right.length]).toEqual([12_000, 12_000]);
    expect(toneAmplitude(left, 440)).toBeGreaterThan(7500);
    expect(toneAmplitude(left, 1000)).toBeLessThan(50);
    expect(toneAmplitude(right, 1000)).toBeGreaterThan(7500);
    expect(toneAmplitude(right, 440)).toBeLessThan(50);
  });

  it('is silent while paused, as long as the pause was, and says from when to when', async () => {
    const file = new KeptFile();
    const recording = new Recording('r', file, false);
    for (let at = 0; at < 30; at++) recording.add(frame(440, at), frame(1000, at));
    recording.pause();
    recording.pause();
    for (let at = 30; at < 60; at++) recording.add(frame(440, at), frame(1000, at));
    recording.resume();
    recording.resume();
    for (let at = 60; at < 90; at++) recording.add(frame(440, at), frame(1000, at));
    await recording.stop();
    expect(recording.pauses).toEqual([{ fromMs: 600, toMs: 1200 }]);
    const left = file.channel(0);
    const idle = decodeG711('PCMA', Buffer.from([0xd5]))[0];
    expect(left.subarray(4800, 9600).every((sample) => sample === idle)).toBe(true);
    expect(
      file
        .channel(1)
        .subarray(4800, 9600)
        .every((sample) => sample === idle),
    ).toBe(true);
    expect(toneAmplitude(left.subarray(9600), 440)).toBeGreaterThan(7500);
    expect(left).toHaveLength(90 * frameSamples);
  });

  it('can begin paused, as after a worker that died in a pause', () => {
    const recording = new Recording('r', new KeptFile(), true);
    recording.add(frame(440, 0), frame(440, 0));
    expect(recording.pauses).toEqual([{ fromMs: 0, toMs: 20 }]);
  });
});

describe('the recordings of a call', () => {
  const leg = (frequency: number, spoken = frequency): RecordedLeg => ({
    recorded: frame(frequency, 0),
    spoken: frame(spoken, 0),
    law: 'PCMU',
  });
  const terms = { recordingId: 'r', left: ['customer'], isPaused: false } as const;

  it('have what the customer is sent on the right, or the legs that were named', async () => {
    const legs = new Map([
      ['customer', leg(400, 1000)],
      ['agent', leg(1700)],
    ]);
    const recordings = new CallRecordings((legId) => legs.get(legId));
    const [heard, named] = [new KeptFile(), new KeptFile()];
    recordings.start({ ...terms, right: 'asHeard' }, heard);
    recordings.start({ ...terms, recordingId: 'n', right: ['agent', 'nobody'] }, named);
    for (let at = 0; at < 10; at++) recordings.tick();
    await recordings.stopAll();
    expect(toneAmplitude(heard.channel(0), 400)).toBeGreaterThan(5000);
    expect(toneAmplitude(heard.channel(1), 1000)).toBeGreaterThan(5000);
    expect(toneAmplitude(named.channel(1), 1700)).toBeGreaterThan(5000);
    expect(toneAmplitude(named.channel(1), 1000)).toBeLessThan(500);
  });

  it('keep the law of the customer, and have A-law while nobody is there', () => {
    const recordings = new CallRecordings((legId) => (legId === 'customer' ? leg(440) : undefined));
    expect(recordings.lawFor(['customer'])).toBe('PCMU');
    expect(recordings.lawFor(['gone'])).toBe('PCMA');
  });

  it('go on in silence when a leg is gone, and for frames that were never sent', async () => {
    const recordings = new CallRecordings(() => undefined);
    recordings.start({ ...terms, right: 'asHeard' }, new KeptFile());
    recordings.tick();
    recordings.skip(4);
    await expect(recordings.stop('r')).resolves.toEqual({ durationMs: 100, pauses: [] });
    await expect(recordings.stop('r')).resolves.toBeNull();
  });
});
