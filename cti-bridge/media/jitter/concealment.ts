import { frameSamples } from '../codec/g711.ts';

const historySize = 2 * frameSamples;
const shortestPeriod = 40; // 200 Hz
const longestPeriod = 160; // 50 Hz
const fadeSamples = 480; // 60 ms
const silence = new Int16Array(frameSamples);

/**
 * Hides short gaps: repeats the last pitch period of the voice, fading to silence within 60 ms (the idea of G.711 appendix I, without its
 * overlap at the joints).
 */
export class Concealment {
  readonly #history = new Int16Array(historySize);
  /** The last two frames; put together when there is a gap to hide, which is rare. */
  #before: Int16Array = silence;
  #latest: Int16Array = silence;
  #period = 0;
  #run = 0;

  /** A frame that was really heard; it is kept, so it must not change any more. */
  remember(frame: Int16Array): void {
    this.#before = this.#latest;
    this.#latest = frame;
    this.#run = 0;
  }

  /** The last `count` samples that were heard. */
  recent(count: number): Int16Array {
    return this.#latest.subarray(frameSamples - count);
  }

  /** Fills `target` from `start` to `end`; false when the fade is over and it is plain silence. */
  fill(target: Int16Array, start: number, end: number): boolean {
    if (this.#run >= fadeSamples) {
      target.fill(0, start, end);
      return false;
    }
    if (this.#run === 0) {
      this.#history.set(this.#before, 0);
      this.#history.set(this.#latest, frameSamples);
      this.#period = this.#findPeriod();
    }
    for (let i = start; i < end; i++) {
      const gain = Math.max(0, 1 - this.#run / fadeSamples);
      target[i] = (this.#history[historySize - this.#period + (this.#run % this.#period)] ?? 0) * gain;
      this.#run++;
    }
    return true;
  }

  /** Nothing worth repeating: the stream was restarted. */
  forget(): void {
    this.#before = silence;
    this.#latest = silence;
    this.#run = fadeSamples;
  }

  /** The lag at which the recent sound looks most like itself. */
  #findPeriod(): number {
    let best = longestPeriod;
    let bestScore = 0;
    for (let lag = shortestPeriod; lag <= longestPeriod; lag++) {
      let product = 0;
      let energy = 1;
      for (let i = historySize - longestPeriod; i < historySize; i += 2) {
        const earlier = this.#history[i - lag] ?? 0;
        product += (this.#history[i] ?? 0) * earlier;
        energy += earlier * earlier;
      }
      const score = product > 0 ? (product * product) / energy : 0;
      if (score > bestScore) {
        bestScore = score;
        best = lag;
      }
    }
    return best;
  }
}
