import type { UpdateState, WorkInHand } from '../../shared/contracts/desktop-safety.ts';
import type { Report } from '../electron-api.ts';
import { mayInstall } from './may-install.ts';
import { isSigned, type Release } from './signed-release.ts';

/** Where versions come from. Every call may take long, and rejects when it fails. */
export interface Updater {
  /** A version newer than this one; null when there is none. */
  check(): Promise<Release | null>;
  /** Fetches the version that was checked last; rejects when its files are not what it says they are. */
  fetch(): Promise<void>;
  /** Whether what was fetched is installed when the program ends. */
  installOnQuit(isWanted: boolean): void;
  /** Ends the program, installs, starts it again. */
  installNow(): void;
}

export interface UpdatesMeans {
  /** Null where the administrator named no source. */
  readonly source: { readonly updater: Updater; readonly key: string } | null;
  readonly report: Report;
  tell(state: UpdateState): void;
  /** Calls back after so many milliseconds; returns the function that calls it off. */
  readonly later: (ms: number, deed: () => void) => () => void;
}

const firstCheckMs = 60_000;
const checkEveryMs = 4 * 3_600_000;
const busy: WorkInHand = { calls: 1, offers: 0, wrapUps: 0, unsaved: 0 };

/**
 *   off                                        current --signed--> fetching --> ready --closed, or asked for--> installed
 *   (no source)                                   |                                ^ mayInstall turns with the work in hand
 *                                                 '--not signed--> refused
 *
 * While there is a call, or one is offered, nothing is asked for and nothing fetched either: the line is the call's.
 */
export class Updates {
  readonly #means: UpdatesMeans;
  #state: UpdateState;
  #work: WorkInHand = busy;
  #isDue = false;
  #isAtIt = false;
  #callOff: () => void = () => undefined;

  constructor(means: UpdatesMeans) {
    this.#means = means;
    this.#state = { kind: means.source === null ? 'off' : 'current' };
  }

  get state(): UpdateState {
    return this.#state;
  }

  start(): void {
    if (this.#means.source !== null) this.#checkIn(firstCheckMs);
  }

  stop(): void {
    this.#callOff();
    this.#isDue = false;
  }

  /** What the agent has in hand now. Until the page has told it, it is taken to be a call. */
  work(now: WorkInHand): void {
    this.#work = now;
    if (this.#state.kind === 'ready') this.#turn({ ...this.#state, mayInstall: mayInstall(now) });
    if (this.#isDue) void this.#check();
  }

  /** The agent asked for it. Nothing happens while anything would be interrupted. */
  install(): UpdateState {
    if (this.#state.kind === 'ready' && mayInstall(this.#work)) this.#means.source?.updater.installNow();
    return this.#state;
  }

  #checkIn(ms: number): void {
    this.#callOff = this.#means.later(ms, () => {
      this.#isDue = true;
      void this.#check();
    });
  }

  async #check(): Promise<void> {
    const { source, report } = this.#means;
    if (source === null || this.#isAtIt || this.#work.calls > 0 || this.#work.offers > 0) return;
    this.#isAtIt = true;
    this.#isDue = false;
    const before = this.#state;
    try {
      const release = await source.updater.check();
      if (release !== null && !(before.kind === 'ready' && before.version === release.version)) await this.#take(release, source);
    } catch (error) {
      report('update:failed', { why: error instanceof Error ? error.message : String(error) });
      if (this.#state.kind === 'fetching') this.#turn(before);
    } finally {
      this.#isAtIt = false;
      this.#checkIn(checkEveryMs);
    }
  }

  async #take(release: Release, { updater, key }: NonNullable<UpdatesMeans['source']>): Promise<void> {
    const { version } = release;
    if (!isSigned(release, key)) {
      this.#means.report('update:refused', { version });
      updater.installOnQuit(false);
      this.#turn({ kind: 'refused', version });
      return;
    }
    this.#turn({ kind: 'fetching', version });
    await updater.fetch();
    this.#turn({ kind: 'ready', version, mayInstall: mayInstall(this.#work) });
  }

  #turn(state: UpdateState): void {
    this.#state = state;
    // Also when the program is closed: whoever closes it in a call comes back to that call within seconds, and not after an installation.
    if (state.kind === 'ready') this.#means.source?.updater.installOnQuit(state.mayInstall);
    this.#means.tell(state);
  }
}
