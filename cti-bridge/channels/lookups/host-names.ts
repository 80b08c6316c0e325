import { lookup } from 'node:dns/promises';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** The system's resolver occupies a thread of ours until it answers, and others need those: no more than this at a time. */
const atOnce = 2;

/**
 * Resolves names as the system does, hosts file included. Each question asks anew, but for those of the same moment, which share an answer:
 * a name whose server is silent costs one thread, however many callers' flows ask for it.
 */
export class HostNames {
  readonly #ask: (name: string) => Promise<readonly ResolvedAddress[]>;
  readonly #asking = new Map<string, Promise<readonly ResolvedAddress[]>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(ask: (name: string) => Promise<readonly ResolvedAddress[]> = (name) => lookup(name, { all: true, verbatim: true })) {
    this.#ask = ask;
  }

  /** Rejects where there is no such name. */
  resolve(name: string): Promise<readonly ResolvedAddress[]> {
    const running = this.#asking.get(name);
    if (running) return running;
    const asked = this.#askInTurn(name).finally(() => this.#asking.delete(name));
    this.#asking.set(name, asked);
    return asked;
  }

  async #askInTurn(name: string): Promise<readonly ResolvedAddress[]> {
    if (this.#running >= atOnce) await new Promise<void>((begin) => this.#waiting.push(begin));
    else this.#running++;
    try {
      return await this.#ask(name);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
