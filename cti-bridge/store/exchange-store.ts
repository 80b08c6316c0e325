import type { ExchangeRepository } from '../crm/index.ts';
import type { StoreAccess } from './access.ts';

export function createExchangeStore({ browse, write }: StoreAccess): ExchangeRepository {
  return {
    take: (taking) => write('takeResources', taking),
    read: (type, id, source, scope) => browse('readResource', type, id, source, scope),
    list: (type, source, scope, filter) => browse('listResources', type, source, scope, filter),
  };
}
