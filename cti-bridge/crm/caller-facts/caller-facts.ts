import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CallerFacts } from '../../../shared/contracts/screen-pop.ts';
import { formatNumber, type Numbering, normaliseNumber, numberingOf } from '../../../shared/phone-number.ts';
import type { CallerAddress } from '../../interactions/index.ts';
import { operatorOfChina } from './operators-of-china.ts';
import { regionAbroad } from './regions-abroad.ts';
import { regionOfChina } from './regions-of-china.ts';

/** What the number alone says; shown at once, whatever the record says. */
export function callerFacts(caller: CallerAddress, numbering: Numbering | string, attempts: CallerFacts['attempts']): CallerFacts {
  const { homeCountry } = numberingOf(numbering);
  const number = normaliseNumber(caller.number, numbering);
  const known = { region: null, carrier: null, presentedName: caller.presentedName, attempts };
  switch (number.kind) {
    case 'e164':
      return {
        ...known,
        number: number.value,
        display: formatNumber(number.value, homeCountry),
        country: number.country,
        ...byPlan(number.value, number.type),
      };
    case 'short':
      return { ...known, number: number.value, display: number.value, kind: 'shortCode', country: homeCountry };
    case 'extension':
      return { ...known, number: number.value, display: number.value, kind: 'extension', country: null };
    case 'anonymous':
      return { ...known, number: null, display: '', kind: 'anonymous', country: null };
    case 'invalid':
      return { ...known, number: null, display: (caller.number ?? '').slice(0, 40), kind: 'unknown', country: null };
  }
}

/** What the numbering plan of its country says of a number, from the large table that only the bridge carries. */
function byPlan(value: string, type: 'mobile' | 'fixed' | 'tollFree' | 'unknown'): Pick<CallerFacts, 'kind' | 'region' | 'carrier'> {
  const number = parsePhoneNumberFromString(value);
  const country = number?.country ?? null;
  const national = number?.nationalNumber ?? '';
  const kind = type === 'unknown' ? (kinds[number?.getType() ?? ''] ?? 'unknown') : type;
  // A mobile is from anywhere, but where North America does not tell mobiles apart.
  if (country === 'CN') return { kind, region: kind === 'fixed' ? regionOfChina(national) : null, carrier: operatorOfChina(national) };
  const hasRegion = country !== null && (kind === 'fixed' || kind === 'unknown');
  return { kind, region: hasRegion ? regionAbroad(country, national) : null, carrier: null };
}

const kinds: Readonly<Record<string, CallerFacts['kind']>> = {
  ...{ MOBILE: 'mobile', PERSONAL_NUMBER: 'mobile', PAGER: 'mobile', FIXED_LINE: 'fixed', VOIP: 'fixed', UAN: 'fixed' },
  ...{ TOLL_FREE: 'tollFree', SHARED_COST: 'tollFree' },
};
