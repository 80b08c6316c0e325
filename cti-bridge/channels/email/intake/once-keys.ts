import { createHash } from 'node:crypto';
import type { Clock } from '../../../kernel/index.ts';

const dayMs = 24 * 3_600_000;
const mostRemembered = 20_000;

/**
 * By what a mail that comes twice is known: the same bytes with the same envelope within a day, which is a sender that did not hear our 250
 * (RFC 1047). The same a day later is another mail, such as a report that says the same each morning.
 *
 * The key names the day on which it was first seen, so a repeat after midnight has it still, as long as this bridge runs. After a restart at
 * midnight it may be taken for new: kept twice, rather than lost.
 */
export class OnceKeys {
  readonly #clock: Clock;
  /** In order of their time. */
  readonly #seen = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  keyOf(mail: { readonly digest: string; readonly from: string; readonly to: readonly string[] }): string {
    const now = this.#clock.now();
    const whole = createHash('sha256')
      .update(JSON.stringify([mail.digest, mail.from, [...mail.to].sort()]))
      .digest('hex');
    for (const [key, at] of this.#seen) {
      if (now - at < dayMs && this.#seen.size <= mostRemembered) break;
      this.#seen.delete(key);
    }
    const first = this.#seen.get(whole) ?? now;
    this.#seen.set(whole, first);
    return `${new Date(first).toISOString().slice(0, 10)}:${whole}`;
  }
}
