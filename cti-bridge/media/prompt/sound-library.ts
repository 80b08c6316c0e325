import { readFile } from 'node:fs/promises';
import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';
import { sampleRate } from '../codec/g711.ts';
import { readWav } from './wav.ts';

/** About 17 minutes of speech; beyond it the sounds not played for longest are forgotten and read again when needed. */
const cacheSamples = 8_000_000;

/** Sound files as 8 kHz samples, read once. Files must be 8 kHz mono: 16-bit PCM or G.711. */
export class SoundLibrary {
  readonly #sounds = new Map<string, Promise<Result<Int16Array, string>>>();
  readonly #sizes = new Map<string, number>();

  load(path: string): Promise<Result<Int16Array, string>> {
    const known = this.#sounds.get(path);
    if (known) {
      this.#sounds.delete(path);
      this.#sounds.set(path, known);
      return known;
    }
    const loading = read(path).then((sound) => {
      // A file that failed may be there the next time.
      if (sound.ok) this.#sizes.set(path, sound.value.length);
      else this.#sounds.delete(path);
      this.#forgetOldest();
      return sound;
    });
    this.#sounds.set(path, loading);
    return loading;
  }

  #forgetOldest(): void {
    let total = 0;
    for (const size of this.#sizes.values()) total += size;
    for (const path of this.#sounds.keys()) {
      if (total <= cacheSamples || this.#sounds.size <= 1) return;
      total -= this.#sizes.get(path) ?? 0;
      this.#sounds.delete(path);
      this.#sizes.delete(path);
    }
  }
}

async function read(path: string): Promise<Result<Int16Array, string>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
  const wav = readWav(bytes);
  if (!wav.ok) return wav;
  if (wav.value.rate !== sampleRate || wav.value.channels !== 1)
    return err(`is ${wav.value.rate} Hz with ${wav.value.channels} channels, wanted 8000 Hz mono`);
  if (wav.value.samples.length === 0) return err('is empty');
  return ok(wav.value.samples);
}
