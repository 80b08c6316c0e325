import type { Stores } from '../../stores/index.ts';
import type { Action } from '../../ui/index.ts';
import type { MyCustomersDeeds } from './deeds.ts';

export function MyCustomers(_props: {
  readonly stores: Stores;
  readonly deeds: MyCustomersDeeds;
  readonly actions: Readonly<Record<string, Action>>;
  onShow(accountId: string): void;
}) {
  return null;
}
