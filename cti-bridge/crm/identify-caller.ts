import type { CallerFacts } from '../../shared/contracts/screen-pop.ts';
import { formatNumber, normaliseNumber } from '../../shared/phone-number.ts';
import type { CallerAddress } from '../interactions/index.ts';

/** What the number alone says; shown at once, whatever the record says. */
export function callerFacts(caller: CallerAddress, homeCountry: string, callsToday: number): CallerFacts {
  const number = normaliseNumber(caller.number, homeCountry);
  const known = { presentedName: caller.presentedName, callsToday };
  switch (number.kind) {
    case 'e164':
      return {
        number: number.value,
        display: formatNumber(number.value, homeCountry),
        kind: number.type,
        country: number.country,
        ...known,
      };
    case 'short':
      return { number: number.value, display: number.value, kind: 'shortCode', country: homeCountry, ...known };
    case 'extension':
      return { number: number.value, display: number.value, kind: 'extension', country: null, ...known };
    case 'anonymous':
      return { number: null, display: '', kind: 'anonymous', country: null, ...known };
    case 'invalid':
      return { number: null, display: (caller.number ?? '').slice(0, 40), kind: 'unknown', country: null, ...known };
  }
}
