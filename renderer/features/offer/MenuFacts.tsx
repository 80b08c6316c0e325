import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { type Text, useText } from '../../i18n/index.ts';
import { Facts } from '../../ui/index.ts';

/** What those are called that the shipped flows find out. */
const known = ['customerNumber', 'unknownNumber', 'reason', 'intent', 'service', 'paid', 'receipt'] as const;

/** What the caller gave in the menu, and what it found out for whoever takes the call. The names are those that the flow gave it. */
export function MenuFacts({ pop: { facts } }: { readonly pop: Pick<ScreenPop, 'facts'> }) {
  const text = useText();
  const lines = Object.entries(facts ?? {}).map(([name, value]): readonly [string, string] => [labelOf(text, name), value]);
  if (lines.length === 0) return null;
  return (
    <div className="menu-facts">
      <Facts facts={lines} />
    </div>
  );
}

/** `entered.customerNumber` in the language of the desk, `passed.parcelNumber` as `parcel number`: whoever drew the flow named it, in whatever language. */
export function labelOf({ t }: Pick<Text, 't'>, name: string): string {
  const own = name.slice(name.indexOf('.') + 1);
  const isKnown = known.find((each) => each === own);
  if (isKnown) return t(`menuFact.${isKnown}`);
  return own.replace(/([a-z\d])([A-Z])/g, (_all, before: string, capital: string) => `${before} ${capital.toLowerCase()}`);
}
