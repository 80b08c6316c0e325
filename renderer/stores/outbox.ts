import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Composed } from '../../shared/contracts/messages/conversation.ts';

/**
 * Messages that were sent off here and are not stored by the bridge yet:
 *
 *   send -> sending --stored--> gone (it comes back as a message)
 *             |  ^
 *        no answer  back-off 1 .. 8 s, or at once when the bridge is back
 *             v  |
 *           waiting
 *   sending --refused--> refused: its writer tries again, takes the words back, or throws them away
 *
 * Each has a name of its own (`clientId`), told with every attempt, so that the bridge stores it once. Until then it is in the journal of this
 * computer: a reload loses nothing and sends nothing twice.
 */
export interface Outgoing {
  readonly interactionId: string;
  readonly clientId: string;
  readonly composed: Composed;
  /** When it was sent off, epoch ms of this computer. */
  readonly at: number;
  readonly state: 'sending' | 'waiting' | 'refused';
  /** Why it was refused. */
  readonly code: string | null;
}

export interface OutboxJournal {
  all(): readonly { readonly id: string; readonly text: string }[];
  write(id: string, text: string): void;
  forget(id: string): void;
}

export type SendOutcome = { readonly kind: 'stored' } | { readonly kind: 'later' } | { readonly kind: 'refused'; readonly code: string };

export interface OutboxOptions {
  send(message: Pick<Outgoing, 'interactionId' | 'clientId' | 'composed'>): Promise<SendOutcome>;
  readonly journal: OutboxJournal;
  newId(): string;
  readComposed(written: string): Composed;
}

export interface Outbox {
  readonly store: StoreApi<readonly Outgoing[]>;
  send(interactionId: string, composed: Composed): void;
  /** Once more under the same name. */
  again(clientId: string): void;
  /** Not sent any more; what it said. */
  takeBack(clientId: string): Composed | null;
  /** Signed in: what an earlier page left in the journal. */
  adopt(): void;
  /** The bridge is back. */
  flush(): void;
  stop(): void;
}

const retryMs = [1_000, 2_000, 4_000, 8_000];

export function createOutbox({ send, journal, newId, readComposed }: OutboxOptions): Outbox {
  const store = createStore<readonly Outgoing[]>(() => []);
  const underWay = new Set<string>();
  const failures = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const find = (clientId: string) => store.getState().find((each) => each.clientId === clientId);
  const change = (clientId: string, to: Partial<Outgoing>) =>
    store.setState((all) => all.map((each) => (each.clientId === clientId ? { ...each, ...to } : each)), true);
  const drop = (clientId: string) => {
    journal.forget(clientId);
    failures.delete(clientId);
    store.setState((all) => all.filter((each) => each.clientId !== clientId), true);
  };

  async function attempt(clientId: string): Promise<void> {
    const outgoing = find(clientId);
    if (!outgoing || underWay.has(clientId)) return;
    underWay.add(clientId);
    change(clientId, { state: 'sending', code: null });
    // Nothing beside these: the bridge refuses what it was not asked for.
    const { interactionId, composed } = outgoing;
    const outcome = await send({ interactionId, clientId, composed }).catch((): SendOutcome => ({ kind: 'later' }));
    underWay.delete(clientId);
    if (!find(clientId)) return;
    if (outcome.kind === 'stored') {
      drop(clientId);
      // Those behind it were held back, so that they arrive in the order in which they were written.
      next(interactionId);
    } else if (outcome.kind === 'refused') {
      change(clientId, { state: 'refused', code: outcome.code });
      next(interactionId);
    } else {
      const failed = failures.get(clientId) ?? 0;
      failures.set(clientId, failed + 1);
      change(clientId, { state: 'waiting' });
      clearTimeout(timer);
      timer = setTimeout(flush, retryMs[Math.min(failed, retryMs.length - 1)]);
    }
  }

  /** One at a time of each conversation. */
  function next(interactionId: string): void {
    const first = store.getState().find((each) => each.interactionId === interactionId && each.state !== 'refused');
    if (first) void attempt(first.clientId);
  }

  function flush(): void {
    clearTimeout(timer);
    for (const interactionId of new Set(store.getState().map((each) => each.interactionId))) next(interactionId);
  }

  return {
    store,
    send(interactionId, composed) {
      const outgoing: Outgoing = { interactionId, clientId: newId(), composed, at: Date.now(), state: 'sending', code: null };
      journal.write(outgoing.clientId, JSON.stringify({ interactionId, at: outgoing.at, composed: JSON.stringify(composed) }));
      store.setState((all) => [...all, outgoing], true);
      next(interactionId);
    },
    again(clientId) {
      change(clientId, { state: 'waiting', code: null });
      const interactionId = find(clientId)?.interactionId;
      if (interactionId !== undefined) next(interactionId);
    },
    takeBack(clientId) {
      const outgoing = find(clientId);
      if (!outgoing || underWay.has(clientId)) return null;
      drop(clientId);
      return outgoing.composed;
    },
    adopt() {
      const known = new Set(store.getState().map(({ clientId }) => clientId));
      const left = journal.all().flatMap(({ id, text }): Outgoing[] => {
        if (known.has(id)) return [];
        const kept = readKept(text);
        if (kept) {
          const composed = readComposed(kept.composed);
          return [{ interactionId: kept.interactionId, clientId: id, composed, at: kept.at, state: 'waiting', code: null }];
        }
        journal.forget(id);
        return [];
      });
      if (left.length > 0) store.setState((all) => [...all, ...left.sort((a, b) => a.at - b.at)], true);
    },
    flush,
    stop() {
      clearTimeout(timer);
      underWay.clear();
      failures.clear();
      store.setState([], true);
    },
  };
}

function readKept(text: string): { readonly interactionId: string; readonly at: number; readonly composed: string } | null {
  try {
    const { interactionId, at, composed } = JSON.parse(text);
    return typeof interactionId === 'string' && typeof at === 'number' && typeof composed === 'string'
      ? { interactionId, at, composed }
      : null;
  } catch {
    return null;
  }
}
