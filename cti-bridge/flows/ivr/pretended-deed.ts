import { type Done, done } from './deed-run.ts';
import type { AwaitedDeed } from './do-deed.ts';

/**
 * What of a deed is only pretended when a flow is tried: whatever somebody outside would notice, or would be kept. What is merely asked for is
 * asked for as ever (null).
 */
export function pretendedDeed(deed: AwaitedDeed): Done | null {
  switch (deed.kind) {
    case 'lookUp':
    case 'http':
      return null;
    case 'sms':
      return done('sent');
    case 'record':
      return done('done', { [`entered.${deed.attribute}`]: 'trial' });
    case 'promiseCallback':
      return done('promised');
    case 'transfer':
    case 'external':
      return done('failed');
  }
}
