import { frameSamples } from '../codec/g711.ts';
import type { JitterFrame } from '../jitter/jitter-buffer.ts';
import { rootMeanSquare, toneAmplitude } from '../tones/tone-detector.ts';

/** ITU-T Q.23: a key is one frequency of each group. */
const lowGroup = [697, 770, 852, 941];
const highGroup = [1209, 1336, 1477, 1633];
/** A key that begins late in a frame is found in the next one; both, and the one before, must not have been let through. */
const heldFrames = 2;
/** Quieter than this (about -50 dB of full scale) nobody could read a key from it. */
const quietest = 100;
/** Share of the frame's power that the two frequencies have to carry. Low on purpose: hiding a word costs less than telling a card number. */
const share = 0.4;

/**
 * Keeps key tones out of what others hear: sound passes it 40 ms late, and where a tone is found, what came just before and after it is
 * silence as well. It listens for far less than a whole key press, so it hides a little speech now and then.
 */
export class KeyToneGate {
  #held: JitterFrame[] = [];
  #silentFrames = 0;

  pass(frame: JitterFrame): JitterFrame {
    this.#held.push(frame);
    if (hasKeyTone(frame.samples)) {
      this.#held = this.#held.map(() => hidden);
      this.#silentFrames = heldFrames;
    } else if (this.#silentFrames > 0) {
      this.#held[this.#held.length - 1] = hidden;
      this.#silentFrames--;
    }
    return this.#held.length > heldFrames ? (this.#held.shift() ?? hidden) : hidden;
  }
}

const hidden: JitterFrame = { samples: new Int16Array(frameSamples), kind: 'silence' };

function hasKeyTone(samples: Int16Array): boolean {
  const level = rootMeanSquare(samples);
  if (level < quietest) return false;
  const strongest = (group: readonly number[]) => Math.max(...group.map((frequency) => toneAmplitude(samples, frequency)));
  const [low, high] = [strongest(lowGroup), strongest(highGroup)];
  // Twist: the far end of a bad line may weaken one of the two by 12 dB, not make it vanish.
  if (low < high / 4 || high < low / 4) return false;
  return (low * low + high * high) / 2 > share * level * level;
}
