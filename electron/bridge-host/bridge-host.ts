import { dirname } from 'node:path';
import type { Report } from '../electron-api.ts';
import type { LocalBridge } from '../settings/index.ts';
import { BridgeKeeper, sameAddresses } from './bridge-keeper.ts';
import { BridgeProcess } from './bridge-process.ts';

/** The bridge of a machine that is its own contact center. Most machines have none: their bridge runs elsewhere. */
export class BridgeHost {
  /** Settles when the bridge serves, or at once where none is to be started. */
  readonly ready: Promise<void>;
  readonly #bridge: BridgeKeeper | null;

  constructor(local: LocalBridge | null, report: Report) {
    const say = (line: string) => report('bridge:said', { line });
    this.#bridge =
      local === null
        ? null
        : new BridgeKeeper({
            start: (before) =>
              new BridgeProcess({
                node: local.node,
                program: local.program,
                args: [...local.args, ...sameAddresses(before)],
                cwd: dirname(local.program),
                logFile: null,
                readyLimitMs: 60_000,
                drainLimitMs: 30_000,
                say,
              }),
            say,
          });
    this.ready = this.#bridge === null ? Promise.resolve() : this.#bridge.ready.then(() => {});
  }

  /** Asks the bridge to drain; it ends in its own time, also after this program. */
  stop(): void {
    this.#bridge?.askToDrain();
  }
}
