/** What makes the sound: a page of ours, as long as it runs. */
export interface Bell {
  readonly isAlive: boolean;
  ring(isRinging: boolean): void;
}

const beepEveryMs = 2_000;

/**
 * Rings for offers from outside the main page, so that it is heard whatever that page is doing: hidden, busy, or hung. Where the page that makes
 * the sound is gone too, the computer's own beep is left. An offer rings until it is gone, and never longer than it was said to.
 *
 * The one place in the program that rings; in Electron the main page does not.
 */
export class MainRinger {
  readonly #bell: Bell;
  readonly #beep: () => void;
  /** Those that ring, each with the end of its time. */
  readonly #offers = new Map<string, ReturnType<typeof setTimeout>>();
  #beeps: ReturnType<typeof setInterval> | undefined;
  #isRinging = false;

  constructor(bell: Bell, beep: () => void) {
    this.#bell = bell;
    this.#beep = beep;
  }

  get isRinging(): boolean {
    return this.#isRinging;
  }

  offered(reservationId: string, forMs: number): void {
    if (this.#offers.has(reservationId) || forMs <= 0) return;
    this.#offers.set(
      reservationId,
      setTimeout(() => this.ended(reservationId), forMs),
    );
    this.#start();
  }

  ended(reservationId: string): void {
    clearTimeout(this.#offers.get(reservationId));
    if (this.#offers.delete(reservationId) && this.#offers.size === 0) this.silence();
  }

  /** No sound any more, until the next offer. */
  silence(): void {
    for (const end of this.#offers.values()) clearTimeout(end);
    this.#offers.clear();
    clearInterval(this.#beeps);
    this.#beeps = undefined;
    if (!this.#isRinging) return;
    this.#isRinging = false;
    this.#bell.ring(false);
  }

  #start(): void {
    if (this.#isRinging) return;
    this.#isRinging = true;
    this.#bell.ring(true);
    const beepIfAlone = () => {
      if (!this.#bell.isAlive) this.#beep();
    };
    beepIfAlone();
    this.#beeps = setInterval(beepIfAlone, beepEveryMs);
  }
}
