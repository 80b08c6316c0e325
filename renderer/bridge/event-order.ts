import type { Push, Snapshot } from '../../shared/contracts/bridge-events.ts';

/** An event this desktop cannot read: it takes its place in the order, and is handed to nobody. */
export interface RefusedPush {
  readonly seq: number;
  readonly name: null;
}
export type Arrived = Push | RefusedPush;

/**
 * Puts what arrives into one order without gaps. While a snapshot is on its way events are kept; those it does not contain are handed on
 * after it. Pure bookkeeping: it says what to do, the caller does it.
 */
export interface EventOrder {
  readonly lastSeq: number;
  /** A connection has begun or a gap was seen: nothing is handed on until the snapshot. */
  awaitSnapshot(): void;
  /** Events to hand on after the snapshot, or a gap in what was kept: ask again. */
  snapshot(snapshot: Snapshot): { readonly pushes: readonly Push[]; readonly isComplete: boolean };
  /** `handOn` is also the answer for a refused one; whoever asked leaves it at that. */
  push(push: Arrived): 'handOn' | 'keep' | 'old' | 'gap';
}

export function eventOrder(): EventOrder {
  let lastSeq = 0;
  let kept: Arrived[] | null = [];

  return {
    get lastSeq() {
      return lastSeq;
    },
    awaitSnapshot() {
      kept ??= [];
    },
    snapshot(snapshot) {
      const later = (kept ?? []).filter((push) => push.seq > snapshot.seq).sort((a, b) => a.seq - b.seq);
      lastSeq = snapshot.seq;
      kept = null;
      const pushes: Push[] = [];
      for (const push of later) {
        if (push.seq <= lastSeq) continue;
        if (push.seq !== lastSeq + 1) {
          kept = [];
          return { pushes, isComplete: false };
        }
        lastSeq = push.seq;
        if (push.name !== null) pushes.push(push);
      }
      return { pushes, isComplete: true };
    },
    push(push) {
      if (kept) {
        kept.push(push);
        return 'keep';
      }
      if (push.seq <= lastSeq) return 'old';
      if (push.seq !== lastSeq + 1) {
        kept = [push];
        return 'gap';
      }
      lastSeq = push.seq;
      return 'handOn';
    },
  };
}
