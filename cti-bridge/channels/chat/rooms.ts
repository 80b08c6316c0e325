import type { ConversationId } from '../../../shared/ids.ts';
import type { ChatVisitors, ToldToVisitor } from '../../interactions/index.ts';
import type { Clock, TimerHandle } from '../../kernel/index.ts';

/** A tab of somebody's browser that is in a conversation. */
export interface Tab {
  told(told: ToldToVisitor): void;
}

interface Room {
  readonly tabs: Set<Tab>;
  /** Runs while nobody is in it: they may be on their way to the next page. */
  goingAway: TimerHandle | null;
}

/** What was told lately, for whoever is just coming in. */
interface Told {
  seq: number;
  state: Extract<ToldToVisitor, { kind: 'state' }> | null;
  at: number;
}

/** How long a tab may take from asking for a conversation to being in its room; what is told meanwhile is noticed. */
const comingInMs = 60_000;

/**
 * Who is in which conversation. A tab asks the stories for what it missed, and only then comes in: whatever was told in between it would never
 * hear, were it not for `toldSince`.
 */
export class ChatRooms implements ChatVisitors {
  readonly #clock: Clock;
  readonly #goneAfterMs: number;
  readonly #rooms = new Map<ConversationId, Room>();
  /** In the order in which they were last told something. */
  readonly #told = new Map<ConversationId, Told>();
  #presenceChanged: (conversationId: ConversationId, isThere: boolean) => void = () => undefined;

  constructor(clock: Clock, options: { readonly goneAfterMs: number }) {
    this.#clock = clock;
    this.#goneAfterMs = options.goneAfterMs;
  }

  /** Hears when the first tab of a conversation has come, and when the last has gone for good. */
  onPresence(listener: (conversationId: ConversationId, isThere: boolean) => void): void {
    this.#presenceChanged = listener;
  }

  tell(conversationId: ConversationId, told: ToldToVisitor): void {
    this.tellOthers(conversationId, told, null);
  }

  /** To every tab but this one, which knows already. */
  tellOthers(conversationId: ConversationId, told: ToldToVisitor, knows: Tab | null): void {
    this.#note(conversationId, told);
    for (const tab of this.#rooms.get(conversationId)?.tabs ?? []) if (tab !== knows) tab.told(told);
  }

  isThere(conversationId: ConversationId): boolean {
    return (this.#rooms.get(conversationId)?.tabs.size ?? 0) > 0;
  }

  /** The highest line, and the state, that were told after `since` (monotonic ms). */
  toldSince(conversationId: ConversationId, since: number): Pick<Told, 'seq' | 'state'> | null {
    const told = this.#told.get(conversationId);
    return told && told.at >= since ? told : null;
  }

  comeIn(conversationId: ConversationId, tab: Tab): void {
    const room = this.#rooms.get(conversationId) ?? { tabs: new Set<Tab>(), goingAway: null };
    const isNew = room.tabs.size === 0 && room.goingAway === null;
    room.goingAway?.cancel();
    room.goingAway = null;
    room.tabs.add(tab);
    this.#rooms.set(conversationId, room);
    if (isNew) this.#presenceChanged(conversationId, true);
  }

  goOut(conversationId: ConversationId, tab: Tab): void {
    const room = this.#rooms.get(conversationId);
    if (!room?.tabs.delete(tab) || room.tabs.size > 0) return;
    room.goingAway = this.#clock.timer(this.#goneAfterMs, () => {
      this.#rooms.delete(conversationId);
      this.#presenceChanged(conversationId, false);
    });
  }

  /** The house closes: nobody is told that visitors have gone, they come back to whoever takes over. */
  stop(): void {
    for (const room of this.#rooms.values()) room.goingAway?.cancel();
    this.#rooms.clear();
    this.#told.clear();
  }

  #note(conversationId: ConversationId, told: ToldToVisitor): void {
    if (told.kind !== 'line' && told.kind !== 'state') return;
    const now = this.#clock.monotonic();
    const before = this.#told.get(conversationId) ?? { seq: 0, state: null, at: now };
    this.#told.delete(conversationId);
    this.#told.set(conversationId, {
      seq: told.kind === 'line' ? Math.max(before.seq, told.line.seq) : before.seq,
      state: told.kind === 'state' ? told : before.state,
      at: now,
    });
    for (const [oldest, { at }] of this.#told) {
      if (now - at < comingInMs) break;
      this.#told.delete(oldest);
    }
  }
}
