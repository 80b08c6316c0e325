import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Makes identifiers. The type argument brands the string: `ids.next<CallId>()`. */
export interface IdSource {
  next<Id extends string = string>(): Id;
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford base 32: no i, l, o, u

/** Asking for randomness costs more than all the rest of an id, so it is asked for once in 256 ids. */
const poolBytes = 256 * 16;

/**
 * Ids of 26 characters: 10 of time, 16 of randomness, as in ULID. They sort by time of creation and are unique without
 * coordination, so several bridges may write to one database.
 */
export function createIdSource(clock: Clock, random: (size: number) => Uint8Array = randomBytes): IdSource {
  let pool: Uint8Array = new Uint8Array();
  let used = 0;
  return {
    next<Id extends string>() {
      let time = clock.now();
      let head = '';
      for (let i = 0; i < 10; i++) {
        head = alphabet[time % 32] + head;
        time = Math.floor(time / 32);
      }
      let tail = '';
      if (used + 16 > pool.length) {
        pool = random(poolBytes);
        used = 0;
      }
      for (const end = used + 16; used < end; used++) tail += alphabet[(pool[used] ?? 0) & 31];
      return (head + tail) as Id;
    },
  };
}

/** Ids that count: `prefix-1`, `prefix-2`. For tests and replay. */
export function countingIds(prefix = 'id'): IdSource {
  let count = 0;
  return { next: <Id extends string>() => `${prefix}-${++count}` as Id };
}
