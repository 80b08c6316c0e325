import type { Clock } from '../../kernel/index.ts';

export type DigitSource = 'rtp' | 'info';

/** How far apart the two reports of one press may start. */
const twinWindowMs = 500;

/**
 * Merges the two ways a key can arrive. Some phones send both an RFC 4733 event and a SIP INFO for one press; each accepted press may
 * swallow one twin from the other source, so that "11" pressed quickly is still two presses, and a phone that uses one way only never
 * loses a key. Presses are compared by when they began: an RFC 4733 event may be told only when the key is let go.
 */
export class DigitMerge {
  readonly #clock: Clock;
  readonly #tell: (digit: string) => void;
  #unpaired: { readonly digit: string; readonly source: DigitSource; readonly beganAt: number }[] = [];

  constructor(clock: Clock, tell: (digit: string) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** `heldMs`: how long the key had already been down when this was reported. */
  accept(source: DigitSource, digit: string, heldMs = 0): void {
    const now = this.#clock.monotonic();
    const beganAt = now - heldMs;
    // A press can wait for its twin as long as a finger can stay on a key.
    this.#unpaired = this.#unpaired.filter((press) => now - press.beganAt <= 10_000);
    const twin = this.#unpaired.findIndex(
      (press) => press.digit === digit && press.source !== source && Math.abs(press.beganAt - beganAt) <= twinWindowMs,
    );
    if (twin >= 0) {
      this.#unpaired.splice(twin, 1);
      return;
    }
    this.#unpaired.push({ digit, source, beganAt });
    this.#tell(digit);
  }
}

/**
 * The key in an INFO body, or null. `application/dtmf-relay`: `Signal=7\r\nDuration=160`; `application/dtmf`: the bare key. Neither has an
 * RFC; some senders write 10 to 15 for * # A B C D (the event codes of RFC 4733 §3.2).
 */
export function digitOfInfo(contentType: string, body: string): { readonly digit: string; readonly durationMs: number | null } | null {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/dtmf-relay' && type !== 'application/dtmf') return null;
  const signal = /^\s*signal\s*=\s*(\S{1,2})\s*$/im.exec(body)?.[1] ?? (type === 'application/dtmf' ? body.trim() : '');
  const code = /^\d{2}$/.test(signal) ? '0123456789*#ABCD'[Number(signal)] : undefined;
  const digit = (code ?? signal).toUpperCase();
  if (!/^[0-9*#A-D]$/.test(digit)) return null;
  const duration = /^\s*duration\s*=\s*(\d{1,5})\s*$/im.exec(body)?.[1];
  return { digit, durationMs: duration === undefined ? null : Number(duration) };
}
