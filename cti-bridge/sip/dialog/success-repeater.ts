import type { Clock, TimerHandle } from '../../kernel/index.ts';
import type { BaseTimers, ServerTransaction } from '../transaction/index.ts';

/**
 * Repeats a 2xx to an INVITE until its ACK comes: after T1, 2*T1... at most every T2, for 64*T1 (RFC 3261 §13.3.1.4). Over every transport,
 * because what is lost may be lost behind the next hop. Returns what to call when the ACK came, or nobody cares any more.
 */
export function repeatUntilAck(transaction: ServerTransaction, clock: Clock, { t1, t2 }: BaseTimers, onNoAck: () => void): () => void {
  let pauseMs = t1;
  let repeat: TimerHandle = clock.timer(pauseMs, again);
  const limit = clock.timer(64 * t1, () => {
    repeat.cancel();
    onNoAck();
  });

  function again(): void {
    transaction.repeat();
    pauseMs = Math.min(2 * pauseMs, t2);
    repeat = clock.timer(pauseMs, again);
  }

  return () => {
    repeat.cancel();
    limit.cancel();
  };
}
