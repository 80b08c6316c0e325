export interface ConnectionLimitsOptions {
  /** All connections that came to us. */
  readonly total: number;
  /** From one address; trunks are not counted by address. */
  readonly perAddress: number;
  /** Of those, connections on which nobody has proved who he is. */
  readonly strangers: number;
}

export const defaultConnectionLimits: ConnectionLimitsOptions = { total: 12_000, perAddress: 1_000, strangers: 6_000 };

/** One connection that was let in. */
export interface Place {
  /** Whoever it is has proved who he is, or no longer has. */
  settle(isAuthenticated: boolean): void;
  /** It is closed. Idempotent. */
  leave(): void;
}

/**
 * How many connections there may be, whatever their transport. When there are too many strangers the one who has waited longest goes: who
 * means to register has done so in a moment, and who only holds connections open cannot keep others out.
 */
export class ConnectionLimits {
  readonly #options: ConnectionLimitsOptions;
  readonly #byAddress = new Map<string, number>();
  /** Oldest first. */
  readonly #strangers = new Map<object, (why: string) => void>();
  #open = 0;

  constructor(options: Partial<ConnectionLimitsOptions> = {}) {
    this.#options = { ...defaultConnectionLimits, ...options };
  }

  get open(): number {
    return this.#open;
  }

  get strangers(): number {
    return this.#strangers.size;
  }

  /** Null when there is no room. `close` is called when the place is needed for somebody else. */
  admit(address: string, isTrusted: boolean, close: (why: string) => void): Place | null {
    const { total, perAddress, strangers } = this.#options;
    const fromThere = this.#byAddress.get(address) ?? 0;
    if (!isTrusted && fromThere >= perAddress) return null;
    if (!isTrusted && this.#strangers.size >= strangers) this.#closeOldest();
    if (this.#open >= total) this.#closeOldest();
    if (this.#open >= total) return null;
    this.#open++;
    this.#byAddress.set(address, (this.#byAddress.get(address) ?? 0) + 1);
    const key = {};
    let hasLeft = false;
    const place: Place = {
      settle: (isAuthenticated) => {
        this.#strangers.delete(key);
        if (!isAuthenticated && !isTrusted && !hasLeft) this.#strangers.set(key, close);
      },
      leave: () => {
        if (hasLeft) return;
        hasLeft = true;
        this.#open--;
        this.#strangers.delete(key);
        const left = (this.#byAddress.get(address) ?? 1) - 1;
        if (left === 0) this.#byAddress.delete(address);
        else this.#byAddress.set(address, left);
      },
    };
    place.settle(false);
    return place;
  }

  /** The connection itself says when it is gone. */
  #closeOldest(): void {
    for (const [key, close] of this.#strangers) {
      this.#strangers.delete(key);
      return close('too many strangers');
    }
  }
}
