import { formatNumber } from '../../../shared/phone-number.ts';
import { ok } from '../../kernel/index.ts';
import type { CustomerCommands } from '../ports.ts';
import { answered } from './answer.ts';
import type { CustomerParts } from './parts.ts';

/** One box for everything somebody may know of a customer: a name, a number, an address, an id, the number of a case. */
export function createSearch({ store, scopeOf, configuration, ...parts }: CustomerParts): Pick<CustomerCommands, 'customer:search'> {
  return {
    'customer:search': (asker, { text, limit }) => {
      const { homeCountry, dialling } = configuration().organisation;
      const search = async () => {
        const hits = await store.search.find(text, scopeOf(asker), limit, { homeCountry, dialling });
        return ok({
          hits: hits.map((hit) => (hit.matched === 'number' ? { ...hit, detail: formatNumber(hit.detail ?? '', homeCountry) } : hit)),
        });
      };
      return answered(parts, 'searching for a customer', search());
    },
  };
}
