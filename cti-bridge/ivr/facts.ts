import type { HouseFacts, IvrState } from './model.ts';
import type { Effects } from './nodes/node-kind.ts';

const maxFacts = 200;
const maxLength = 500;
const name = /^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9_-]+){1,3}$/;

/** A fact as it is now: of the house itself, or of what this run knows. */
export function factOf(state: IvrState, house: HouseFacts, fact: string): string | undefined {
  if (isOfTheHouse(fact)) return house.fact(fact);
  return Object.hasOwn(state.facts, fact) ? state.facts[fact] : undefined;
}

export function isOfTheHouse(fact: string): boolean {
  return fact.startsWith('hours.') || fact.startsWith('queue.') || fact.startsWith('now.');
}

/** Takes over what became known, as much of it as may be a fact, and answers with what of it may be told: no secrets. */
export function learn(
  state: { -readonly [Key in 'facts' | 'masked' | 'callerLocale']: IvrState[Key] },
  { facts, masked, forgets }: Effects,
): Readonly<Record<string, string>> {
  if (facts === undefined && forgets === undefined) return {};
  const kept = Object.entries(state.facts).filter(([known]) => forgets === undefined || !known.startsWith(forgets));
  const learned = Object.entries(facts ?? {})
    .filter(([known, value]) => known.length <= 120 && name.test(known) && typeof value === 'string')
    .slice(0, Math.max(0, maxFacts - kept.length))
    .map(([known, value]) => [known, value.slice(0, maxLength)] as const);
  state.facts = Object.fromEntries([...kept, ...learned]);
  const secrets = (masked ?? []).filter((secret) => !state.masked.includes(secret));
  if (secrets.length > 0) state.masked = [...state.masked, ...secrets];
  const locale = learned.find(([known]) => known === 'customer.locale')?.[1];
  if (locale === 'en' || locale === 'zh') state.callerLocale = locale;
  return Object.fromEntries(learned.filter(([known]) => !state.masked.includes(known)));
}
