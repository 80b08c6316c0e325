import { frameMs, frameSamples } from '../codec/g711.ts';
import type { Playing } from './playback.ts';

/** What a leg says, back to itself a while later: silence until then. It never ends by itself. */
export class Echo implements Playing {
  readonly playId: string;
  readonly #said: () => Int16Array;
  /** A ring of frames; the next one to be given is the oldest. */
  readonly #frames: Int16Array[];
  #at = 0;

  /** `said` gives what is said in the current frame. */
  constructor(playId: string, delayMs: number, said: () => Int16Array) {
    this.playId = playId;
    this.#said = said;
    const delay = Math.max(1, Math.round(delayMs / frameMs));
    this.#frames = Array.from({ length: delay }, () => new Int16Array(frameSamples));
  }

  next(): Int16Array {
    const given = this.#frames[this.#at] ?? new Int16Array(frameSamples);
    // The frame of the jitter buffer may be written anew.
    this.#frames[this.#at] = Int16Array.from(this.#said());
    this.#at = (this.#at + 1) % this.#frames.length;
    return given;
  }
}
