import { frameMs, frameSamples } from '../codec/g711.ts';
import { eventOfDigit, writeTelephoneEvent } from './telephone-event.ts';

export interface DigitFrame {
  readonly payload: Buffer;
  readonly isFirst: boolean;
}

const endPackets = 3;
/** Silence after a digit, so that receivers that listen for tones hear two presses and not one. */
const gapFrames = 3;

/**
 * Sends digits one after the other, one packet a frame: `durationMs` of growing durations, then the end three times (RFC 4733 section
 * 2.5.1.4), then a short gap. While `isBusy` no audio is sent.
 */
export class DigitSender {
  readonly #queue: { event: number; frames: number }[] = [];
  #frame = 0;

  /** False when it is not a key, or too many wait. */
  enqueue(digit: string, durationMs: number): boolean {
    const event = eventOfDigit(digit);
    if (event === null || this.#queue.length >= 64) return false;
    this.#queue.push({ event, frames: Math.min(400, Math.max(2, Math.round(durationMs / frameMs))) });
    return true;
  }

  get isBusy(): boolean {
    return this.#queue.length > 0;
  }

  /** The first key that waits was begun. */
  get isUnderWay(): boolean {
    return this.#frame > 0;
  }

  /** What to send in this frame, its durations in so many ticks for one sample of G.711; null in the gap. */
  next(ticks = 1): DigitFrame | null {
    const press = this.#queue[0];
    if (!press) return null;
    const frame = this.#frame++;
    const isEnd = frame >= press.frames;
    if (frame >= press.frames + endPackets) {
      if (frame >= press.frames + endPackets + gapFrames - 1) {
        this.#queue.shift();
        this.#frame = 0;
      }
      return null;
    }
    // Sixteen bits hold 1.3 s of the clock of Opus; the end of a longer press is still its end.
    const durationSamples = Math.min(Math.min(frame + 1, press.frames) * frameSamples * ticks, 0xffff);
    return { payload: writeTelephoneEvent({ event: press.event, isEnd, volume: 10, durationSamples }), isFirst: frame === 0 };
  }
}
