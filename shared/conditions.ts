import type { Condition } from './contracts/ivr/conditions.ts';

/** A fact by its name; undefined where nobody knows it. */
export type Facts = (name: string) => string | undefined;

/** Whether a condition holds. Of a fact that nobody knows only `unknown` and `differs` hold. */
export function holds({ fact, is, value }: Condition, facts: Facts): boolean {
  const known = facts(fact);
  if (is === 'known') return known !== undefined;
  if (is === 'unknown') return known === undefined;
  if (is === 'differs') return known === undefined || !anyOf(value, (wanted) => same(known, wanted));
  if (known === undefined) return false;
  switch (is) {
    case 'equals':
      return anyOf(value, (wanted) => same(known, wanted));
    case 'startsWith':
      return anyOf(value, (wanted) => plain(known).startsWith(plain(wanted)));
    case 'contains':
      return anyOf(value, (wanted) => plain(known).includes(plain(wanted)));
    case 'atLeast':
      return (compare(known, value) ?? -1) >= 0;
    case 'atMost':
      return (compare(known, value) ?? 1) <= 0;
  }
}

function anyOf(value: string, matches: (wanted: string) => boolean): boolean {
  return value
    .split(',')
    .map((wanted) => wanted.trim())
    .some((wanted) => wanted !== '' && matches(wanted));
}

const plain = (text: string) => text.trim().toLowerCase();
const same = (one: string, other: string) => plain(one) === plain(other);

/** Null where the two are not alike: a number, a time of day, a day. */
function compare(one: string, other: string): number | null {
  const [left, right] = [ordered(one.trim()), ordered(other.trim())];
  if (left === null || right === null || left.kind !== right.kind) return null;
  return left.value - right.value;
}

function ordered(text: string): { readonly kind: 'number' | 'time' | 'day'; readonly value: number } | null {
  if (/^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return { kind: 'number', value: Number(text) };
  if (/^\d{2}:\d{2}$/.test(text)) return { kind: 'time', value: Number(text.slice(0, 2)) * 60 + Number(text.slice(3)) };
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { kind: 'day', value: Number(text.replaceAll('-', '')) };
  return null;
}
