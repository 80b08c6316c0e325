import type { Reachable, SearchHit } from '../../../shared/contracts/search.ts';
import { formatNumber } from '../../../shared/phone-number.ts';
import { ok } from '../../kernel/index.ts';
import type { CustomerCommands } from '../ports.ts';
import { answered } from './answer.ts';
import type { CustomerParts } from './parts.ts';

/** Of a company with hundreds of lines, those that were used last. */
const mostNumbers = 4;

/** One box for everything somebody may know of a customer: a name, a number, an address, an id, the number of a case. */
export function createSearch({
  store,
  scopeOf,
  configuration,
  ...parts
}: CustomerParts): Pick<CustomerCommands, 'customer:search' | 'customer:find-reachable'> {
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

    'customer:find-reachable': (asker, { text, limit }) => {
      const { homeCountry, dialling } = configuration().organisation;
      const search = async () => {
        if (!asker.may('contact:read') || text.trim() === '') return ok({ customers: [] });
        const hits = await store.search.find(text, scopeOf(asker), limit * 2, { homeCountry, dialling });
        const idsOf = (kind: SearchHit['kind']) => hits.flatMap((hit) => (hit.kind === kind ? [hit.id] : []));
        const numbers = Map.groupBy(await store.search.numbersOf(idsOf('person'), idsOf('account')), ({ ownerId }) => ownerId);
        const customers = hits.flatMap(({ kind, id, title, subtitle }): Reachable[] => {
          const known = kind === 'case' ? undefined : numbers.get(id);
          if (kind === 'case' || !known) return [];
          const shown = known
            .slice(0, mostNumbers)
            .map(({ ownerId: _owner, ...each }) => ({ ...each, shown: formatNumber(each.number, homeCountry) }));
          return [{ kind, id, name: title, company: subtitle, numbers: shown }];
        });
        return ok({ customers: customers.slice(0, limit) });
      };
      return answered(parts, 'searching for somebody to call', search());
    },
  };
}
