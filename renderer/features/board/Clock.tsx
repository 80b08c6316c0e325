import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { useSecond } from '../../ui/index.ts';

/** The time since a moment, by the bridge's clock. */
export function Clock({ stores, since }: { readonly stores: Stores; readonly since: number }) {
  const { formats } = useText();
  const now = useSecond(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  return <>{formats.clock(Math.max(0, now - since))}</>;
}
