import type { DigitFrame } from '../../../cti-bridge/media/dtmf/digit-sender.ts';
import { DigitSender, frameSamples, tone } from '../../../cti-bridge/media/index.ts';

/** What a scripted phone says: a tone, samples, or silence; and the keys it presses. Frames of 20 ms at 8 kHz. */
export class Mouth {
  #samples: Int16Array = new Int16Array(0);
  #isLoop = false;
  #at = 0;
  #finished: (() => void) | undefined;
  readonly #digits = new DigitSender();
  readonly #pressed: (() => void)[] = [];

  /** Says a pure tone until told otherwise. Frequencies are multiples of 10 Hz, so that a tenth of a second loops without a click. */
  playTone(frequency: number, amplitude = 8_000): void {
    if (frequency % 10 !== 0) throw new Error('choose a frequency that is a multiple of 10 Hz');
    void this.play(tone(frequency, 100, amplitude), { isLoop: true });
  }

  /** Resolves when all was said (at once if something else replaces it). 8 kHz mono samples. */
  play(samples: Int16Array, options: { readonly isLoop?: boolean } = {}): Promise<void> {
    this.#finished?.();
    this.#samples = samples;
    this.#isLoop = options.isLoop ?? false;
    this.#at = 0;
    return new Promise((resolve) => {
      this.#finished = resolve;
    });
  }

  beSilent(): void {
    void this.play(new Int16Array(0));
  }

  press(digits: string, durationMs = 120): void {
    for (const digit of digits) if (!this.#digits.enqueue(digit, durationMs)) throw new Error(`"${digit}" is not a key of a telephone`);
  }

  /** Resolves when the last key was let go and the pause after it is over. Needs a running phone: it is told by the frames sent. */
  hasPressed(): Promise<void> {
    if (!this.isPressing) return Promise.resolve();
    return new Promise((resolve) => this.#pressed.push(resolve));
  }

  get isPressing(): boolean {
    return this.#digits.isBusy;
  }

  /** One packet of a key press, on a clock of so many ticks in a sample of G.711; null in the pause between two. */
  nextDigitFrame(ticks = 1): DigitFrame | null {
    const frame = this.#digits.next(ticks);
    if (!this.isPressing) for (const resolve of this.#pressed.splice(0)) resolve();
    return frame;
  }

  nextFrame(): Int16Array {
    const frame = new Int16Array(frameSamples);
    for (let i = 0; i < frameSamples; i++) {
      if (this.#at >= this.#samples.length) {
        if (!this.#isLoop || this.#samples.length === 0) {
          this.#finished?.();
          this.#finished = undefined;
          break;
        }
        this.#at = 0;
      }
      frame[i] = this.#samples[this.#at++] ?? 0;
    }
    return frame;
  }
}
