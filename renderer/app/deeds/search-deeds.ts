import type { Bridge } from '../../bridge/index.ts';
import type { SearchDeeds } from '../../features/search/index.ts';
import type { Stores } from '../../stores/index.ts';
import { visited } from '../../stores/index.ts';

export interface SearchMeans {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  openPerson(contactId: string, caseId?: string): void;
  openAccount(accountId: string): void;
}

export function searchDeeds({ stores, bridge, openPerson, openAccount }: SearchMeans): SearchDeeds {
  const { record } = stores;
  return {
    async find(text, limit) {
      const outcome = await bridge.command('customer:search', { text, limit });
      return outcome.ok ? outcome.value.hits : null;
    },
    open(customer) {
      const { kind, id, contactId, title, subtitle, tier, isKeyAccount } = customer;
      switch (kind) {
        case 'person':
          return openPerson(id);
        case 'case':
          return contactId === null ? undefined : openPerson(contactId, id);
        case 'account':
          record.setState((state) => ({
            recent: visited(state.recent, { kind, id, contactId, title, subtitle, tier, isKeyAccount }),
          }));
          return openAccount(id);
      }
    },
    create: (name) => record.setState({ form: { kind: 'create', interactionId: null, identifier: null, name } }),
    remember: (searched) => record.setState({ searched }),
  };
}
