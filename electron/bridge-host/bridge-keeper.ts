import type { BridgeAddresses, BridgeProcess } from './bridge-process.ts';

/** One run of the bridge. */
export type BridgeRun = Pick<BridgeProcess, 'ready' | 'ended' | 'askToDrain' | 'drain' | 'kill'>;

export interface BridgeKeeperOptions {
  /** `before`: where the run that died served, so that desktops and phones find this one in its place. */
  readonly start: (before: BridgeAddresses | null) => BridgeRun;
  /** A line for the person at the terminal. */
  readonly say: (line: string) => void;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
  readonly pause?: (ms: number) => Promise<void>;
}

/** How it ended in the end. `gaveUp`: it died too often, and is left down. */
export interface BridgeEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly gaveUp: boolean;
}

const restartsPerMinute = 5;

/** Milliseconds until the bridge is started again that died at these moments, the last one now; null when it is to be left down. */
export function pauseBeforeRestart(deaths: readonly number[]): number | null {
  const now = deaths.at(-1) ?? 0;
  const lately = deaths.filter((at) => now - at < 60_000).length;
  return lately > restartsPerMinute ? null : Math.min(5_000, 100 * 3 ** (lately - 1));
}

/**
 * Starts a bridge and, when it dies by itself, another in its place: calls that were up are waiting to be gone on with. One that dies again and
 * again is left down and said so, with what it stored as it was: restarts would only take the calls along each time. A bridge that was
 * never ready is not started again, because what is wrong with its settings stays wrong.
 */
export class BridgeKeeper {
  readonly ready: Promise<BridgeAddresses>;
  readonly ended: Promise<BridgeEnd>;
  readonly #options: BridgeKeeperOptions;
  #run: BridgeRun;
  #isAsked = false;

  constructor(options: BridgeKeeperOptions) {
    this.#options = options;
    this.#run = options.start(null);
    this.ready = this.#run.ready;
    this.ended = this.#keep();
  }

  /** Asks it to end its calls and stop, in its own time. */
  askToDrain(): void {
    this.#isAsked = true;
    this.#run.askToDrain();
  }

  /** The same, and kills it when it has not ended within its limit. */
  async drain(): Promise<void> {
    this.#isAsked = true;
    await this.#run.drain();
  }

  kill(): void {
    this.#isAsked = true;
    this.#run.kill();
  }

  async #keep(): Promise<BridgeEnd> {
    const { start, say, now = () => performance.now(), pause = wait } = this.#options;
    const deaths: number[] = [];
    let before: BridgeAddresses | null = null;
    for (;;) {
      before = await this.#run.ready.catch(() => before);
      const end = await this.#run.ended;
      if (this.#isAsked || before === null) return { ...end, gaveUp: false };
      deaths.push(now());
      const pauseMs = pauseBeforeRestart(deaths);
      const how = end.signal ?? `exit ${end.code}`;
      if (pauseMs === null) {
        say(
          `The bridge ended by itself (${how}) ${deaths.length} times, ${restartsPerMinute + 1} of them within a minute. It is left down.`,
        );
        return { ...end, gaveUp: true };
      }
      say(`The bridge ended by itself (${how}). It is started again.`);
      await pause(pauseMs);
      if (this.#isAsked) return { ...end, gaveUp: false };
      this.#run = start(before);
    }
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Options that make a bridge serve where another one did. Of two of a kind the later counts. */
export function sameAddresses(before: BridgeAddresses | null): readonly string[] {
  if (before === null) return [];
  return ['--port', new URL(before.http).port, '--sip-port', before.sip.slice(before.sip.lastIndexOf(':') + 1)];
}
