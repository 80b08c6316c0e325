import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Asked {
  readonly id: number;
  readonly order: unknown;
}

interface Answered {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

const orderLimitMs = 180_000;

/** Whoever writes to the bridge in a bench: a process of its own, so that what it does is not measured as the bridge's. */
export class LoadProcess<Orders> {
  readonly #child: ChildProcess;
  #lastId = 0;

  /** `file`: beside this one; it serves with `serveOrders`. */
  constructor(file: string) {
    this.#child = fork(fileURLToPath(new URL(file, import.meta.url)), [], { execPath: process.execPath, execArgv: [] });
  }

  /** Rejects with what it says, or when it ends or takes too long. */
  ask<Name extends keyof Orders & string>(
    name: Name,
    ...args: Orders[Name] extends (...given: infer Given) => unknown ? Given : never
  ): Promise<Orders[Name] extends (...given: never[]) => Promise<infer Value> ? Value : never> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const over = (end: () => void) => {
        clearTimeout(limit);
        this.#child.off('message', answered).off('exit', gone);
        end();
      };
      const answered = ({ id: of, value, error }: Answered) => {
        if (of === id) over(() => (error === undefined ? resolve(value as never) : reject(new Error(error))));
      };
      const gone = (code: number | null) => over(() => reject(new Error(`it ended with ${code} while it was asked to ${name}`)));
      const limit = setTimeout(() => over(() => reject(new Error(`${name} took more than ${orderLimitMs} ms`))), orderLimitMs);
      this.#child.on('message', answered).once('exit', gone);
      this.#child.send({ id, order: { name, args } });
    });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.disconnect();
    const limit = setTimeout(() => this.#child.kill('SIGKILL'), 3_000);
    await gone;
    clearTimeout(limit);
  }
}

/** In the other process: does what it is asked, and ends with whoever asks. */
export function serveOrders(orders: object): void {
  const known = orders as Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>;
  process.on('message', ({ id, order }: Asked) => {
    const { name, args } = order as { readonly name: string; readonly args: readonly unknown[] };
    const answer = (answered: Omit<Answered, 'id'>) => process.send?.({ id, ...answered });
    Promise.resolve(known[name]?.(...args)).then(
      (value) => answer({ value }),
      (error: unknown) => answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit(0));
}
