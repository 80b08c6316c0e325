import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { Facts } from '../../ui/index.ts';

/** What the caller gave in the menu, and what it found out for whoever takes the call. The names are those that the flow gave it. */
export function MenuFacts({ pop: { facts } }: { readonly pop: Pick<ScreenPop, 'facts'> }) {
  const lines = Object.entries(facts ?? {}).map(([name, value]): readonly [string, string] => [labelOf(name), value]);
  if (lines.length === 0) return null;
  return (
    <div className="menu-facts">
      <Facts facts={lines} />
    </div>
  );
}

/** `entered.customerNumber` as `customer number`: whoever drew the flow named it, in whatever language. */
export function labelOf(name: string): string {
  const own = name.slice(name.indexOf('.') + 1);
  return own.replace(/([a-z\d])([A-Z])/g, (_all, before: string, capital: string) => `${before} ${capital.toLowerCase()}`);
}
