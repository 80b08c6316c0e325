import type { Stores } from '../../stores/index.ts';
import type { Action } from '../../ui/index.ts';
import type { AccountDeeds } from './deeds.ts';

export function Account(_props: {
  readonly stores: Stores;
  readonly deeds: AccountDeeds;
  readonly actions: Readonly<Record<string, Action>>;
}) {
  return null;
}
