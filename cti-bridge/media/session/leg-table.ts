import { CallRecordings } from '../recording/call-recordings.ts';
import { Leg } from './leg.ts';
import type { LegNotice } from './leg-notice.ts';

/** The legs of one call and who hears whom. */
export class LegTable {
  readonly sessionId: string;
  readonly recordings = new CallRecordings((legId) => this.#legs.get(legId));
  readonly #legs = new Map<string, Leg>();
  readonly #heardBy = new Map<Leg, Set<Leg>>();
  /** The same, as it is gone through frame by frame. */
  #listeners: readonly { readonly leg: Leg; readonly speakers: readonly Leg[] }[] = [];
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
    this.#pairUp();
    return leg;
  }

  get(legId: string): Leg | undefined {
    return this.#legs.get(legId);
  }

  get legs(): readonly Leg[] {
    return [...this.#legs.values()];
  }

  /** One direction: `listener` hears `speaker` from the next frame on, and no sound of ours any more; or not. Nobody hears themselves. */
  hear(listener: Leg, speaker: Leg, hears: boolean): void {
    if (listener === speaker) return;
    const speakers = this.#heardBy.get(listener);
    if (hears) {
      listener.stopSound();
      speakers?.add(speaker);
      listener.expectFirstAudio();
    } else speakers?.delete(speaker);
    this.#pairUp();
  }

  join(a: Leg, b: Leg): void {
    this.hear(a, b, true);
    this.hear(b, a, true);
  }

  part(a: Leg, b: Leg): void {
    this.hear(a, b, false);
    this.hear(b, a, false);
  }

  /** One frame: first everybody is listened to, then everybody is spoken to, so that no leg hears its own past. */
  tick(dueMs: number): void {
    try {
      for (const leg of this.#legs.values()) leg.pull(dueMs);
      for (const { leg, speakers } of this.#listeners) leg.send(speakers, dueMs);
      this.recordings.tick();
      for (const leg of this.#legs.values()) leg.watch(dueMs);
    } catch (error) {
      this.#onFault(error);
    }
  }

  /** Frames that were never sent because the process stood still: time went on all the same. */
  skip(frames: number): void {
    for (const leg of this.#legs.values()) leg.skip(frames);
    this.recordings.skip(frames);
  }

  /** Closes the leg; also one that was taken out before its sockets were there. */
  async remove(leg: Leg): Promise<void> {
    const { legId } = leg;
    this.#legs.delete(legId);
    this.#heardBy.delete(leg);
    for (const speakers of this.#heardBy.values()) speakers.delete(leg);
    this.#pairUp();
    await leg.close();
  }

  /** Who hears one leg only gets that leg's packets as they come. */
  #pairUp(): void {
    this.#listeners = [...this.#heardBy].map(([leg, speakers]) => ({ leg, speakers: [...speakers] }));
    const followers = new Map<Leg, Leg[]>();
    for (const [listener, speakers] of this.#heardBy) {
      const [only] = speakers;
      if (only && speakers.size === 1) followers.set(only, [...(followers.get(only) ?? []), listener]);
    }
    for (const leg of this.#heardBy.keys()) leg.followers = followers.get(leg) ?? [];
  }
}
