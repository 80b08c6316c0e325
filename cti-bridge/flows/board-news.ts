import type { Board } from '../../shared/contracts/board.ts';
import { minutes, seconds } from '../../shared/duration.ts';
import type { Clock, TimerHandle } from '../kernel/index.ts';
import type { OrgScope } from './org-tree.ts';

/** The board of one moment, drawn once for all who look at it. */
export interface Picture {
  /** An alert was raised or taken back. */
  readonly hasNews: boolean;
  /** As one scope sees it; the same object however often it is asked for. */
  boardFor(scope: OrgScope): Board;
}

interface Watcher {
  readonly scope: () => OrgScope;
  readonly push: (board: Board) => void;
}

const beatMs = seconds(1);
/**
 * One thing that happens is several changes: a caller hangs up, the line is shorter, the call is counted. The first picture waits for the
 * others; without it, it would show half of what happened, and for a whole second.
 */
const gatherMs = 50;

/**
 * Keeps those who look at the board up to date: one message a second for each at most, whatever happens, and the first change after a quiet
 * second as good as at once. Without a watcher nothing is drawn; and nothing is sent when nothing changed, except with each new minute, in which the
 * figures of the last half hour move by themselves.
 */
export class BoardNews {
  readonly #clock: Clock;
  readonly #draw: (isFirst: boolean) => Picture;
  readonly #watchers = new Map<string, Watcher>();
  #timer: TimerHandle | undefined;
  #isHurried = false;
  #isDirty = false;
  #lastPushAt = Number.NEGATIVE_INFINITY;
  #lastMinute = 0;
  #changes = 0;
  #pictures = 0;
  #pushes = 0;

  /** `draw` is told when nobody looked before: what it remembers of earlier pictures is old. */
  constructor(clock: Clock, draw: (isFirst: boolean) => Picture) {
    this.#clock = clock;
    this.#draw = draw;
  }

  /** What it cost so far: changes heard of, pictures drawn, messages sent. */
  get counters(): { readonly changes: number; readonly pictures: number; readonly pushes: number } {
    return { changes: this.#changes, pictures: this.#pictures, pushes: this.#pushes };
  }

  watch(name: string, scope: () => OrgScope, push: (board: Board) => void): Board {
    const isFirst = this.#watchers.size === 0;
    this.#watchers.set(name, { scope, push });
    const picture = this.#picture(isFirst);
    if (isFirst) {
      this.#isDirty = false;
      this.#lastPushAt = this.#clock.monotonic();
      this.#next(beatMs);
    } else if (picture.hasNews) this.changed();
    return picture.boardFor(scope());
  }

  unwatch(name: string): void {
    this.#watchers.delete(name);
    if (this.#watchers.size === 0) this.stop();
  }

  /** Something on the board is not as it was. Cheap enough for every event. */
  changed(): void {
    this.#changes++;
    if (this.#watchers.size === 0) return;
    this.#isDirty = true;
    if (this.#isHurried || this.#clock.monotonic() - this.#lastPushAt < beatMs) return;
    this.#isHurried = true;
    this.#next(gatherMs);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#isHurried = false;
    this.#watchers.clear();
  }

  #beat(): void {
    this.#isHurried = false;
    const picture = this.#picture(false);
    const minute = this.#minute();
    if (this.#isDirty || picture.hasNews || minute !== this.#lastMinute) {
      this.#isDirty = false;
      this.#lastMinute = minute;
      this.#lastPushAt = this.#clock.monotonic();
      for (const { scope, push } of [...this.#watchers.values()]) {
        this.#pushes++;
        push(picture.boardFor(scope()));
      }
    }
    if (this.#watchers.size > 0) this.#next(beatMs);
  }

  #picture(isFirst: boolean): Picture {
    this.#pictures++;
    if (isFirst) this.#lastMinute = this.#minute();
    return this.#draw(isFirst);
  }

  #minute(): number {
    return Math.floor(this.#clock.now() / minutes(1));
  }

  #next(inMs: number): void {
    this.#timer?.cancel();
    this.#timer = this.#clock.timer(inMs, () => this.#beat());
  }
}
