import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { encodeG711, type Law, readWav } from '../../../cti-bridge/media/index.ts';
import { ringbackSound } from '../../../cti-bridge/media/prompt/playback.ts';

/** Bytes in one fingerprint: 4 ms of sound. */
const gramBytes = 32;
/** One fingerprint in so many is kept; the choice depends on the bytes alone, so both sides choose the same ones. */
const keepOneIn = 16;

/**
 * Names a sound by recognising the recording it comes from.
 *
 * G.711 leaves a recording's bytes untouched on their way, so a few milliseconds of them are as good as a finger print, wherever in the
 * file and at whatever packet boundary they were heard. Both a-law and mu-law are indexed; repetitive pieces (silence, a plain tone) are
 * left out because they could be anything.
 */
export class KnownSounds {
  readonly #recordings: { readonly label: string; readonly samples: Int16Array }[] = [];
  /** Labels by fingerprint, made when the first sound of that law is to be named. */
  readonly #grams = new Map<Law, Map<number, Set<string>>>();

  add(label: string, samples: Int16Array): void {
    this.#recordings.push({ label, samples });
    this.#grams.clear();
  }

  /** The recording that explains most of these bytes, or null when none explains a fair part of them. */
  name(law: Law, samples: Int16Array): string | null {
    const grams = gramsOf(encodeG711(law, samples));
    if (grams.length < 4) return null;
    const known = this.#gramsOf(law);
    const votes = new Map<string, number>();
    for (const gram of grams) for (const label of known.get(gram) ?? []) votes.set(label, (votes.get(label) ?? 0) + 1);
    const [best] = [...votes].sort((a, b) => b[1] - a[1]);
    return best && best[1] >= Math.max(3, grams.length * 0.3) ? best[0] : null;
  }

  #gramsOf(law: Law): Map<number, Set<string>> {
    const made = this.#grams.get(law);
    if (made) return made;
    const grams = new Map<number, Set<string>>();
    for (const { label, samples } of this.#recordings) {
      for (const gram of gramsOf(encodeG711(law, samples))) {
        const labels = grams.get(gram);
        if (labels) labels.add(label);
        else grams.set(gram, new Set([label]));
      }
    }
    this.#grams.set(law, grams);
    return grams;
  }
}

/**
 * Every recording below the assets folder: `prompts/en/welcome.wav` becomes `prompt en/welcome`, any file with "music" in its path
 * `music`, others their path; and the bridge's ringback.
 */
export function knownSoundsOf(assetsFolder: string): KnownSounds {
  const sounds = new KnownSounds();
  sounds.add('ringback', ringbackSound());
  if (!existsSync(assetsFolder)) return sounds;
  for (const entry of readdirSync(assetsFolder, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.wav')) continue;
    const wav = readWav(readFileSync(join(assetsFolder, entry)));
    if (!wav.ok || wav.value.rate !== 8_000 || wav.value.channels !== 1) continue; // the desktop's own sounds never travel over a call
    sounds.add(labelOf(entry.split(sep).join('/')), wav.value.samples);
  }
  return sounds;
}

function labelOf(path: string): string {
  const name = path.replace(/\.wav$/, '');
  if (name.startsWith('prompts/')) return `prompt ${name.slice('prompts/'.length)}`;
  return name.includes('music') ? 'music' : name;
}

function gramsOf(bytes: Uint8Array): number[] {
  const grams: number[] = [];
  let head = 0;
  for (let at = 0; at < bytes.length; at++) {
    // A rolling hash over eight bytes decides cheaply whether a fingerprint begins here.
    head = (Math.imul(head, base) + (bytes[at] ?? 0) - Math.imul(baseToTheEighth, bytes[at - 8] ?? 0)) | 0;
    const start = at - 7;
    if (start < 0 || start + gramBytes > bytes.length || (Math.imul(head, 0x9e3779b1) >>> 8) % keepOneIn !== 0) continue;
    let hash = head;
    const distinct = new Set<number>();
    for (let i = start + 8; i < start + gramBytes; i++) {
      hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
      distinct.add(bytes[i] ?? 0);
    }
    if (distinct.size >= 8) grams.push(hash >>> 0);
  }
  return grams;
}

const base = 0x01000193;
const baseToTheEighth = [...'12345678'].reduce((power) => Math.imul(power, base), 1);
