import type { Supervising } from '../../shared/contracts/call.ts';
import type { CallParty, Talker, VoiceCall } from '../interactions/index.ts';
import type { Disposable } from '../kernel/index.ts';

/** Where somebody is: with the customer, aside with the agent who asked them in, or alone with music. */
export type Place = 'talk' | 'aside' | 'hold';

interface Listening {
  readonly how: Supervising;
  readonly name: string;
}

/**
 * Who hears whom in one call, told by where everybody is: those in the same place hear each other, who is on hold hears music, and whoever
 * supervises hears the place of the agent who has the customer and is heard by nobody (monitor), by that agent alone (whisper) or by all there
 * (barge). Stories move people about; what has to be connected follows from it, and only what changed is.
 */
export class CallRoom {
  readonly #call: VoiceCall;
  readonly #seats = new Map<Talker, Place>();
  readonly #supervisors = new Map<CallParty, Listening>();
  #owner: CallParty | null = null;
  readonly #ownerListeners = new Set<() => void>();
  /** What the agent is told of the supervisors. */
  told: readonly { readonly name: string; readonly how: Supervising }[] = [];
  readonly #music = new Map<Talker, AbortController>();
  /** Whom each hears. */
  #hears: ReadonlyMap<Talker, ReadonlySet<Talker>> = new Map();

  constructor(call: VoiceCall) {
    this.#call = call;
    call.signal.addEventListener('abort', () => this.#close(), { once: true });
  }

  placeOf(talker: Talker): Place | null {
    return this.#seats.get(talker) ?? null;
  }

  /** Puts all of them where they are said to be, at once: nobody hears a moment of anything in between. */
  seat(places: readonly (readonly [Talker, Place])[]): void {
    if (this.#call.signal.aborted) return;
    for (const [talker, place] of places) this.#seats.set(talker, place);
    this.#settle();
  }

  /** Hears nobody and is heard by nobody from now on. */
  leave(...talkers: readonly Talker[]): void {
    for (const talker of talkers) {
      this.#seats.delete(talker);
      if (talker !== 'customer') this.#supervisors.delete(talker);
    }
    this.#settle();
  }

  /** Whoever has the customer: supervisors are at their side. */
  set owner(party: CallParty | null) {
    this.#owner = party;
    this.#settle();
    for (const listener of this.#ownerListeners) listener();
  }

  get owner(): CallParty | null {
    return this.#owner;
  }

  /** Told when somebody else has the customer, or the same agent by another leg. */
  onOwner(listener: () => void): Disposable {
    this.#ownerListeners.add(listener);
    return { dispose: () => void this.#ownerListeners.delete(listener) };
  }

  get supervisors(): readonly Listening[] {
    return [...this.#supervisors.values()];
  }

  /** Also to change how. */
  supervise(supervisor: CallParty, how: Supervising, name: string): void {
    if (this.#call.signal.aborted) return;
    this.#supervisors.set(supervisor, { how, name });
    this.#settle();
  }

  #settle(): void {
    const before = this.#hears;
    const now = hearing(this.#seats, this.#supervisors, this.#owner);
    this.#hears = now;
    const everybody = [...new Set([...now.keys(), ...before.keys()])];
    const does = (all: typeof now, listener: Talker, speaker: Talker) => all.get(listener)?.has(speaker) ?? false;
    const changed = everybody.flatMap((one, i) =>
      everybody.slice(i + 1).flatMap((other) => {
        const [hears, isHeard] = [does(now, one, other), does(now, other, one)];
        return hears === does(before, one, other) && isHeard === does(before, other, one) ? [] : [{ one, other, hears, isHeard }];
      }),
    );
    // Apart first: nobody hears, for a frame, somebody who is on the way elsewhere.
    for (const { one, other, hears, isHeard } of changed) if (!hears && !isHeard) this.#call.disconnect(one, other);
    for (const { one, other, hears, isHeard } of changed) {
      if (hears && isHeard) this.#call.connect(one, other, 'both');
      else if (hears) this.#call.connect(one, other, 'oneHearsOther');
      else if (isHeard) this.#call.connect(other, one, 'oneHearsOther');
    }
    for (const [talker, music] of [...this.#music]) {
      if (this.#seats.get(talker) === 'hold') continue;
      this.#music.delete(talker);
      music.abort();
    }
    for (const [talker, place] of this.#seats) if (place === 'hold' && !this.#music.has(talker)) this.#playMusic(talker);
  }

  #playMusic(talker: Talker): void {
    const music = new AbortController();
    this.#music.set(talker, music);
    void (talker === 'customer'
      ? this.#call.play({ kind: 'music' }, music.signal)
      : this.#call.playTo(talker, { kind: 'music' }, music.signal));
  }

  #close(): void {
    this.#seats.clear();
    this.#supervisors.clear();
    this.#settle();
  }
}

/** Whom everybody hears. */
export function hearing(
  seats: ReadonlyMap<Talker, Place>,
  supervisors: ReadonlyMap<CallParty, Pick<Listening, 'how'>>,
  owner: CallParty | null,
): ReadonlyMap<Talker, ReadonlySet<Talker>> {
  const hears = new Map<Talker, Set<Talker>>([...seats.keys(), ...supervisors.keys()].map((talker) => [talker, new Set()]));
  for (const [one, place] of seats)
    for (const [other, otherPlace] of seats) if (one !== other && place !== 'hold' && place === otherPlace) hears.get(one)?.add(other);
  for (const [supervisor, { how }] of supervisors) {
    const place = (owner && seats.get(owner)) ?? 'talk';
    for (const [talker, seat] of seats) {
      if (seat !== place) continue;
      hears.get(supervisor)?.add(talker);
      if (how === 'barge' || (how === 'whisper' && talker === owner)) hears.get(talker)?.add(supervisor);
    }
  }
  return hears;
}
