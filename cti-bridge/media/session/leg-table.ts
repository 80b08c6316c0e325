import { Leg } from './leg.ts';
import type { LegNotice } from './leg-notice.ts';

/** The legs of one call and who hears whom. */
export class LegTable {
  readonly sessionId: string;
  readonly #legs = new Map<string, Leg>();
  readonly #heardBy = new Map<Leg, Set<Leg>>();
  readonly #timeoutMs: number;
  readonly #tell: (notice: LegNotice) => void;
  readonly #onFault: (error: unknown) => void;

  constructor(sessionId: string, timeoutMs: number, tell: (notice: LegNotice) => void, onFault: (error: unknown) => void) {
    this.sessionId = sessionId;
    this.#timeoutMs = timeoutMs;
    this.#tell = tell;
    this.#onFault = onFault;
  }

  add(legId: string): Leg {
    const leg = new Leg(legId, this.#timeoutMs, this.#tell, this.#onFault);
    this.#legs.set(legId, leg);
    this.#heardBy.set(leg, new Set());
    return leg;
  }

  get(legId: string): Leg | undefined {
    return this.#legs.get(legId);
  }

  get legs(): readonly Leg[] {
    return [...this.#legs.values()];
  }

  join(a: Leg, b: Leg): void {
    if (a === b) return;
    for (const [listener, speaker] of [
      [a, b],
      [b, a],
    ] as const) {
      listener.stopSound();
      this.#heardBy.get(listener)?.add(speaker);
      listener.expectFirstAudio();
    }
  }

  part(a: Leg, b: Leg): void {
    this.#heardBy.get(a)?.delete(b);
    this.#heardBy.get(b)?.delete(a);
  }

  /** One frame: first everybody is listened to, then everybody is spoken to, so that no leg hears its own past. */
  tick(dueMs: number): void {
    try {
      for (const leg of this.#legs.values()) leg.pull(dueMs);
      for (const [leg, speakers] of this.#heardBy) {
        leg.send([...speakers]);
        leg.watch(dueMs);
      }
    } catch (error) {
      this.#onFault(error);
    }
  }

  /** Frames that were never sent because the process stood still: time went on all the same. */
  skip(frames: number): void {
    for (const leg of this.#legs.values()) leg.skip(frames);
  }

  /** Closes the leg; also one that was taken out before its sockets were there. */
  async remove(leg: Leg): Promise<void> {
    const { legId } = leg;
    this.#legs.delete(legId);
    this.#heardBy.delete(leg);
    for (const speakers of this.#heardBy.values()) speakers.delete(leg);
    await leg.close();
  }
}
