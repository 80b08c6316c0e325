import type { LineState, MessageLines } from '../../interactions/index.ts';
import { type Clock, type Disposable, Emitter } from '../../kernel/index.ts';

/** How one direction of a mailbox tells how it is. */
export interface LineReport {
  connecting(): void;
  up(): void;
  /** In plain words. */
  down(why: string): void;
}

type Direction = 'in' | 'out';
type OneWay = Pick<LineState, 'state' | 'why'>;

const worst = ['down', 'connecting', 'up'] as const;

/** Of each mailbox the worse of its two directions: mail that cannot be answered is as good as none. */
export class LineStates implements MessageLines {
  readonly #clock: Clock;
  readonly #changed = new Emitter<{ changed: LineState }>();
  readonly #ways = new Map<string, Map<Direction, OneWay>>();
  readonly #states = new Map<string, LineState>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  states(): readonly LineState[] {
    return [...this.#states.values()];
  }

  onChanged(listener: (state: LineState) => void): Disposable {
    return this.#changed.on('changed', listener);
  }

  /** Tells how this direction of that mailbox is, from now on. */
  report(sourceId: string, direction: Direction): LineReport {
    const tell = (way: OneWay) => {
      const ways = this.#ways.get(sourceId) ?? new Map<Direction, OneWay>();
      this.#ways.set(sourceId, ways.set(direction, way));
      this.#judge(sourceId, ways);
    };
    return {
      // Who tries again after a failure is still down for those who wait.
      connecting: () => this.#ways.get(sourceId)?.get(direction)?.state !== 'down' && tell({ state: 'connecting', why: null }),
      up: () => tell({ state: 'up', why: null }),
      down: (why) => tell({ state: 'down', why }),
    };
  }

  /** This mailbox, or this direction of it, is no longer. */
  forget(sourceId: string, direction: Direction): void {
    const ways = this.#ways.get(sourceId);
    if (!ways?.delete(direction)) return;
    if (ways.size > 0) return this.#judge(sourceId, ways);
    this.#ways.delete(sourceId);
    this.#states.delete(sourceId);
  }

  #judge(sourceId: string, ways: ReadonlyMap<Direction, OneWay>): void {
    const all = [...ways.values()];
    const state = worst.find((each) => all.some((way) => way.state === each)) ?? 'up';
    const why = all.flatMap((way) => way.why ?? []).join(' ') || null;
    const before = this.#states.get(sourceId);
    if (before?.state === state && before.why === why) return;
    const now: LineState = { sourceId, state, why, since: before?.state === state ? before.since : this.#clock.now() };
    this.#states.set(sourceId, now);
    this.#changed.emit('changed', now);
  }
}
