import assert from 'node:assert/strict';
import { readWav, writeWav } from '../../../../cti-bridge/media/index.ts';
import { preparePrompt } from '../../../../cti-bridge/media/prompt/prepare-prompt.ts';
import type { FuzzTarget } from '../fuzz.ts';
import type { Random } from '../random.ts';

/** Files that somebody uploads as the sound of a prompt. */

const wave = (rate: number, channels: number, seconds: number) =>
  writeWav(
    Int16Array.from({ length: Math.round(seconds * rate) * channels }, (_, at) => Math.round(9_000 * Math.sin(at / 7))),
    rate,
    channels,
  );

function chunk(name: string, body: Buffer, size: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(size >>> 0, 4);
  return Buffer.concat([head, body]);
}

function format(random: Random): Buffer {
  const body = Buffer.alloc(random.pick([16, 18, 40, 3]));
  if (body.length < 16) return body;
  body.writeUInt16LE(random.pick([1, 1, 1, 6, 7, 3, 0xfffe, random.below(65_536)]), 0);
  body.writeUInt16LE(random.pick([1, 2, 1, 0, 65_535]), 2);
  body.writeUInt32LE(random.pick([8_000, 16_000, 22_050, 44_100, 48_000, 47_999, 0, 0xffffffff]), 4);
  body.writeUInt16LE(random.pick([16, 16, 8, 24, 0]), 14);
  return body;
}

function generate(random: Random): Buffer {
  const chunks = Array.from({ length: 1 + random.below(4) }, () => {
    const name = random.pick(['fmt ', 'data', 'LIST', 'fact', '\0\0\0\0']);
    const body = name === 'fmt ' ? format(random) : random.bytes(random.size(3_000));
    return chunk(name, body, random.chance(0.8) ? body.length : random.pick([0, 1, body.length + 1, 0x7fffffff, 0xffffffff]));
  });
  return Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'), chunk('fmt ', format(random), 16), ...chunks]);
}

export const promptSound: FuzzTarget = {
  name: 'promptSound',
  samples: [wave(8_000, 1, 0.2), wave(16_000, 1, 0.15), wave(22_050, 1, 0.12), wave(48_000, 2, 0.11)],
  generate,
  check(bytes) {
    const prepared = preparePrompt(bytes);
    if (!prepared.ok) return;
    const wav = readWav(Buffer.from(prepared.value.wav));
    assert(wav.ok, 'what is kept can be read');
    assert.deepEqual([wav.value.rate, wav.value.channels], [8_000, 1]);
    assert(wav.value.samples.length > 0 && wav.value.samples.length <= 300 * 8_000);
  },
};
