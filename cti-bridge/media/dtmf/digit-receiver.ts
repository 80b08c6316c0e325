import { sampleRate } from '../codec/g711.ts';
import { digitOfEvent, readTelephoneEvent } from './telephone-event.ts';

export interface ReceivedDigit {
  readonly digit: string;
  readonly durationMs: number;
}

/** A press whose last packets were all lost counts as ended after this silence. */
const lostEndMs = 120;

/**
 * Turns telephone-event packets into presses: one per press, told when the key is let go. All packets of a press carry the same timestamp
 * (RFC 4733 section 2.5.1.2), which is what tells a second press of the same key from a repetition.
 */
export class DigitReceiver {
  #current: { timestamp: number; event: number; durationTicks: number; clockRate: number; heardAt: number } | null = null;
  /** Timestamps of presses already told; repeated and delayed end packets of them are ignored. */
  readonly #told: number[] = [];

  /** `clockRate`: the one that the payload type was agreed on with; durations are in its units. */
  receive(timestamp: number, payload: Uint8Array, nowMs: number, clockRate: number = sampleRate): ReceivedDigit[] {
    const packet = readTelephoneEvent(payload);
    if (!packet || this.#told.includes(timestamp)) return [];
    const digits: ReceivedDigit[] = [];
    if (this.#current && this.#current.timestamp !== timestamp) {
      // A packet of a press before the current one, delayed on its way.
      if (((timestamp - this.#current.timestamp) | 0) < 0) return [];
      digits.push(...this.#tell());
    }
    const longest = Math.max(this.#current?.durationTicks ?? 0, packet.durationSamples);
    this.#current = { timestamp, event: packet.event, durationTicks: longest, clockRate, heardAt: nowMs };
    if (packet.isEnd) digits.push(...this.#tell());
    return digits;
  }

  /** To be called now and then: ends a press of which nothing was heard for a while. */
  expire(nowMs: number): ReceivedDigit[] {
    return this.#current && nowMs - this.#current.heardAt > lostEndMs ? this.#tell() : [];
  }

  #tell(): ReceivedDigit[] {
    const press = this.#current;
    this.#current = null;
    if (!press) return [];
    this.#told.push(press.timestamp);
    if (this.#told.length > 8) this.#told.shift();
    const digit = digitOfEvent(press.event);
    return digit === null ? [] : [{ digit, durationMs: Math.round((press.durationTicks * 1000) / press.clockRate) }];
  }
}
