import { frameSamples, sampleRate } from '../codec/g711.ts';
import { tone } from '../tones/tone-generator.ts';

/** One sound on its way to one leg. `next` gives a frame, once every 20 ms; null when it is over. */
export interface Playing {
  readonly playId: string;
  next(): Int16Array | null;
}

/** A sound that is there as a whole. Its last frame is filled up with silence. */
export class Playback implements Playing {
  readonly playId: string;
  readonly #samples: Int16Array;
  readonly #isLoop: boolean;
  #at = 0;

  constructor(playId: string, samples: Int16Array, isLoop: boolean) {
    this.playId = playId;
    this.#samples = samples;
    this.#isLoop = isLoop;
  }

  next(): Int16Array | null {
    const total = this.#samples.length;
    if (this.#at >= total) {
      if (!this.#isLoop || total === 0) return null;
      this.#at = 0;
    }
    const frame = new Int16Array(frameSamples);
    let filled = 0;
    while (filled < frameSamples) {
      const piece = this.#samples.subarray(this.#at, this.#at + frameSamples - filled);
      frame.set(piece, filled);
      filled += piece.length;
      this.#at += piece.length;
      if (this.#at < total) continue;
      if (!this.#isLoop) break;
      this.#at = 0;
    }
    return frame;
  }
}

let ringback: Int16Array | undefined;

/** Ringback as in China (GB/T 3380): 425 Hz, one second on, four seconds off. */
export function ringbackSound(): Int16Array {
  if (!ringback) {
    ringback = new Int16Array(5 * sampleRate);
    ringback.set(tone(425, 1000, 4000));
  }
  return ringback;
}
