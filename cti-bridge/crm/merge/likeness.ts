import type { Likeness } from '../../../shared/contracts/contact.ts';
import { nameKey } from '../names/name-key.ts';
import { areNamesSimilar } from '../names/similar-names.ts';

/** What of a person can be like another's; of all their cards together. */
export interface Portrait {
  /** As written. */
  readonly names: readonly string[];
  /** `1984-03-28`, or `03-28`. */
  readonly birthdays: readonly string[];
  readonly companies: readonly { readonly accountId: string; readonly name: string }[];
  readonly identifiers: readonly {
    readonly kind: string;
    readonly value: string;
    readonly label: string | null;
    readonly source: string | null;
    readonly shared: boolean;
  }[];
  /** As written, with the city. */
  readonly addresses: readonly string[];
}

/** How likely two people are one: points that are added up, each with its reason. 0 to 100. */
export interface Likelihood {
  readonly confidence: number;
  readonly reasons: readonly Likeness[];
}

/** What each likeness is worth. A line that is known to be shared says little; a birthday or a customer number that differs says much. */
export const likenessPoints: Readonly<Record<Likeness['code'], number>> = {
  sameExternalId: 60,
  sameNumber: 45,
  sameEmail: 45,
  sameName: 30,
  similarName: 20,
  sameBirthday: 20,
  sameAddress: 15,
  sameCompany: 10,
  sharedLine: 5,
  differentBirthday: -40,
  differentExternalId: -30,
};

/** From here on somebody is asked whether the two are one. */
export const worthAsking = 40;

/** The same whichever of the two is named first, but for the order in which the facts name them. */
export function likenessOf(one: Portrait, other: Portrait): Likelihood {
  const reasons = [
    ...byIdentifier(one, other),
    ...byName(one, other),
    ...byBirthday(one, other),
    ...sameAddress(one, other),
    ...sameCompany(one, other),
  ].sort((a, b) => b.points - a.points || (a.code < b.code ? -1 : 1));
  const sum = reasons.reduce((points, reason) => points + reason.points, 0);
  return { confidence: Math.max(0, Math.min(100, sum)), reasons };
}

function reason(code: Likeness['code'], facts: Likeness['facts']): Likeness {
  return { code, points: likenessPoints[code], facts };
}

/** One reason a kind of likeness: two numbers in common are not twice as telling as one. */
function byIdentifier(one: Portrait, other: Portrait): Likeness[] {
  const found = new Map<Likeness['code'], Likeness>();
  const theirs = Map.groupBy(other.identifiers, ({ value }) => value);
  for (const mine of [...one.identifiers].sort((a, b) => (a.value < b.value ? -1 : 1))) {
    for (const same of theirs.get(mine.value) ?? []) {
      if (classOf(same.kind) !== classOf(mine.kind)) continue;
      const code = mine.shared || same.shared ? 'sharedLine' : codeOfKind[classOf(mine.kind)];
      if (!found.has(code)) found.set(code, reason(code, { value: mine.value }));
    }
  }
  const differing = differentExternalId(one, other);
  return [...found.values(), ...differing];
}

const codeOfKind = { number: 'sameNumber', email: 'sameEmail', id: 'sameExternalId' } as const;

function classOf(kind: string): keyof typeof codeOfKind {
  if (kind === 'phone' || kind === 'mobile') return 'number';
  return kind === 'email' ? 'email' : 'id';
}

/** Two numbers of one register say that the register knows them as two. A chat visitor is no register: everybody has many browsers. */
function differentExternalId(one: Portrait, other: Portrait): Likeness[] {
  const registers = (portrait: Portrait) =>
    Map.groupBy(
      portrait.identifiers.filter(({ kind }) => kind === 'externalId' || kind === 'membership'),
      ({ kind, label, source }) => `${kind}/${label ?? ''}/${source ?? ''}`,
    );
  const theirs = registers(other);
  for (const [register, mine] of registers(one)) {
    const same = theirs.get(register);
    if (!same || mine.some(({ value }) => same.some((each) => each.value === value))) continue;
    return [reason('differentExternalId', { one: mine[0]?.value ?? '', other: same[0]?.value ?? '' })];
  }
  return [];
}

function byName(one: Portrait, other: Portrait): Likeness[] {
  const keys = new Set(other.names.map(nameKey));
  const same = one.names.find((name) => keys.has(nameKey(name)));
  if (same !== undefined) return [reason('sameName', { name: same })];
  for (const mine of one.names) {
    const similar = other.names.find((name) => areNamesSimilar(mine, name));
    if (similar !== undefined) return [reason('similarName', { one: mine, other: similar })];
  }
  return [];
}

function byBirthday(one: Portrait, other: Portrait): Likeness[] {
  const [mine, theirs] = [one.birthdays[0], other.birthdays[0]];
  if (mine === undefined || theirs === undefined) return [];
  const hasBothYears = mine.length === theirs.length && mine.length > 5;
  if (mine.slice(-5) !== theirs.slice(-5) || (hasBothYears && mine !== theirs))
    return [reason('differentBirthday', { one: mine, other: theirs })];
  // A day without its year is shared by one in 365.
  const whole = reason('sameBirthday', { day: mine.length > 5 ? mine : theirs });
  return [hasBothYears ? whole : { ...whole, points: whole.points / 2 }];
}

function sameAddress(one: Portrait, other: Portrait): Likeness[] {
  const theirs = new Set(other.addresses.map(addressKey));
  const same = one.addresses.find((address) => addressKey(address) !== '' && theirs.has(addressKey(address)));
  return same === undefined ? [] : [reason('sameAddress', { address: same })];
}

const addressKey = (address: string) => nameKey(address).replace(/[\s.,;:#()/-]+/g, '');

function sameCompany(one: Portrait, other: Portrait): Likeness[] {
  const same = one.companies.find(({ accountId }) => other.companies.some((each) => each.accountId === accountId));
  return same === undefined ? [] : [reason('sameCompany', { name: same.name })];
}
