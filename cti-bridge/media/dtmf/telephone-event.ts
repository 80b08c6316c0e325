/**
 * A key press on the wire (RFC 4733 section 2.3):
 *
 *     |     event     |E|R| volume    |          duration             |
 *
 * `durationSamples` counts from the press, on the clock of the payload type; E marks the end, sent three times because any packet may be lost.
 */
export interface TelephoneEvent {
  readonly event: number;
  readonly isEnd: boolean;
  /** Loudness below full scale, 0-63 dB. */
  readonly volume: number;
  readonly durationSamples: number;
}

const digits = '0123456789*#ABCD';

export function digitOfEvent(event: number): string | null {
  return digits[event] ?? null;
}

export function eventOfDigit(digit: string): number | null {
  const event = digit.length === 1 ? digits.indexOf(digit.toUpperCase()) : -1;
  return event < 0 ? null : event;
}

export function readTelephoneEvent(payload: Uint8Array): TelephoneEvent | null {
  if (payload.length < 4) return null;
  const [event = 0, flags = 0, high = 0, low = 0] = payload;
  return { event, isEnd: (flags & 0x80) !== 0, volume: flags & 0x3f, durationSamples: (high << 8) | low };
}

export function writeTelephoneEvent(event: TelephoneEvent): Buffer {
  return Buffer.from([
    event.event,
    (event.isEnd ? 0x80 : 0) | (event.volume & 0x3f),
    (event.durationSamples >> 8) & 0xff,
    event.durationSamples & 0xff,
  ]);
}
