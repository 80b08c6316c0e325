const historySize = 320;
const shortestPeriod = 40; // 200 Hz
const longestPeriod = 160; // 50 Hz
const fadeSamples = 480; // 60 ms

/**
 * Hides short gaps: repeats the last pitch period of the voice, fading to silence within 60 ms (the idea of G.711 appendix I, without its
 * overlap at the joints).
 */
export class Concealment {
  readonly #history = new Int16Array(historySize);
  #period = 0;
  #run = 0;

  /** Sound that was really heard. */
  remember(samples: Int16Array): void {
    const fresh = samples.length > historySize ? samples.subarray(samples.length - historySize) : samples;
    this.#history.copyWithin(0, fresh.length);
    this.#history.set(fresh, historySize - fresh.length);
    this.#run = 0;
  }

  /** Fills `target` from `start` to `end`; false when the fade is over and it is plain silence. */
  fill(target: Int16Array, start: number, end: number): boolean {
    if (this.#run >= fadeSamples) {
      target.fill(0, start, end);
      return false;
    }
    if (this.#run === 0) this.#period = this.#findPeriod();
    for (let i = start; i < end; i++) {
      const gain = Math.max(0, 1 - this.#run / fadeSamples);
      target[i] = (this.#history[historySize - this.#period + (this.#run % this.#period)] ?? 0) * gain;
      this.#run++;
    }
    return true;
  }

  /** Nothing worth repeating any more: the stream was restarted. */
  forget(): void {
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
