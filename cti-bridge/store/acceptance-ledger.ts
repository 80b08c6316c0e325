import type { AcceptanceLedger } from '../acd/index.ts';
import { type Clock, createIdSource, type Log } from '../kernel/index.ts';
import type { GroupCommit } from './group-commit.ts';
import { StoreError } from './store-error.ts';

/**
 * The ledger on top of group commit: an offer, its end and the events of both share one flush, and an acceptance waits for its own.
 *
 * While the disk stalls, the voice goes on: an acceptance is then won from memory. That is safe here, because the exclusive lock on the
 * data folder says that there is no second bridge, and this bridge's router lets only one agent have an item; it is written like all that
 * is kept, once the disk is back.
 */
export function createAcceptanceLedger(parts: {
  readonly journal: GroupCommit;
  readonly clock: Clock;
  readonly log: Log;
  readonly readHighest: () => Promise<number>;
}): AcceptanceLedger {
  const { journal, clock, log, readHighest } = parts;
  const attempts = createIdSource(clock);

  function note(name: 'noteOffer' | 'withdrawOffer' | 'releaseItem', ...args: readonly (string | number)[]): void {
    journal
      .keep(name, args, 'later')
      .catch((error: unknown) => log.error('store:ledgerIncomplete', { operation: name, args, error: String(error) }));
  }

  return {
    offered: (reservationId, workItemId, fencing) => note('noteOffer', reservationId, workItemId, fencing, clock.now()),
    withdrawn: (reservationId) => note('withdrawOffer', reservationId),
    released: (workItemId) => note('releaseItem', workItemId),
    async accept(acceptance) {
      const { reservationId, workItemId } = acceptance;
      try {
        const said = await journal.keep('acceptOffer', [acceptance, attempts.next()]);
        if (said === 'won' || said === 'lost') return said;
      } catch (error) {
        // Refused by the one index that allows one owner.
        if (error instanceof StoreError && error.code === 'rejected') return 'lost';
        log.error('store:ledgerIncomplete', { operation: 'acceptOffer', reservationId, error: String(error) });
      }
      log.warn('store:acceptedFromMemory', { reservationId, workItemId });
      return 'won';
    },
    releasedAll: async () => Number(await journal.write('releaseAllOffers', [])),
    highestFencing: readHighest,
  };
}
