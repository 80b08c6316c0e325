import type { TmfType } from '../../../shared/contracts/tmf/index.ts';

export type FieldValue = string | number | boolean | null;

export interface RowIdentifier {
  readonly kind: 'mobile' | 'phone' | 'email' | 'externalId' | 'membership' | 'chatVisitor';
  readonly value: string;
  readonly extension: string | null;
}

export interface RowAddress {
  readonly kind: 'home' | 'work' | 'billing' | 'site';
  readonly lines: string;
  readonly city: string | null;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
}

/** What was said on a case. `id` is theirs, or made of what it says. */
export interface RowStep {
  readonly id: string;
  readonly at: number;
  readonly author: string;
  readonly text: string;
}

/**
 * A resource as the record has it: between the shapes of the wire and the tables. The same going in and coming out. Times are epoch ms,
 * money minor units.
 *
 *     wire ── toRow ──▶ ResourceRow ── takeResources ──▶ tables
 *     wire ◀─ toResource ── ResourceRow ◀── readResources ── tables
 */
export interface ResourceRow {
  readonly type: TmfType;
  /** Ours: of what is stored, and of what is to be changed. */
  readonly id: string | null;
  readonly externalId: string | null;
  /** Of when it is. */
  readonly at: number;
  /** Whose it is, as it was named: an id of ours, or of the same source. Null of people and companies themselves. */
  readonly owner: string | null;
  /** Only what was said: what is absent stays as it is. */
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly identifiers: readonly RowIdentifier[];
  readonly addresses: readonly RowAddress[];
  /** Companies of a person, with what they are there. */
  readonly companies: readonly { readonly ref: string; readonly role: string | null }[];
  readonly steps: readonly RowStep[];
  /** Of a change: what is no more there. */
  readonly removed?: { readonly identifiers: readonly RowIdentifier[]; readonly addresses: readonly RowAddress[] };
}

/**
 * What a change of a stored resource says: the fields that are other than before (null, where they are gone), and what came and went. So a
 * change never writes again what somebody else has changed meanwhile in another place.
 */
export function rowChange(before: ResourceRow, after: ResourceRow): ResourceRow {
  const names = new Set([...Object.keys(before.fields), ...Object.keys(after.fields)]);
  const changed = [...names].filter((name) => before.fields[name] !== after.fields[name]);
  const without = <Item>(items: readonly Item[], others: readonly Item[]) =>
    items.filter((item) => !others.some((other) => JSON.stringify(other) === JSON.stringify(item)));
  return {
    ...after,
    id: before.id,
    owner: after.owner === before.owner ? null : after.owner,
    fields: Object.fromEntries(changed.map((name) => [name, after.fields[name] ?? null])),
    identifiers: without(after.identifiers, before.identifiers),
    addresses: without(after.addresses, before.addresses),
    companies: without(after.companies, before.companies),
    steps: without(after.steps, before.steps),
    removed: {
      identifiers: without(before.identifiers, after.identifiers),
      addresses: without(before.addresses, after.addresses),
    },
  };
}

/** RFC 7396: null takes away, groups are merged, lists and values replaced. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isGroup(patch)) return patch;
  const merged: Record<string, unknown> = isGroup(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
