import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWav, ToneDigits } from '../../../cti-bridge/media/index.ts';

const assets = join(import.meta.dirname, '../../../assets');
const files = readdirSync(assets, { recursive: true, encoding: 'utf8' }).filter((name) => /^(prompts|music).*\.wav$/.test(name));

describe('keys heard in the sound', () => {
  it('are not found in any of our prompts and music, at whatever level', () => {
    const found: string[] = [];
    for (const file of files) {
      const wav = readWav(readFileSync(join(assets, file)));
      if (!wav.ok) throw new Error(wav.error);
      for (const gain of [0.25, 1]) {
        const sound = wav.value.samples.map((sample) => sample * gain);
        for (const { digit } of new ToneDigits().hear(sound)) found.push(`${digit} in ${file}`);
      }
    }
    expect(files.length).toBeGreaterThan(150);
    expect(found).toEqual([]);
  });
});
