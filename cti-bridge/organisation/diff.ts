import { type Configuration, type ConfigurationChange, type SectionName, sections } from '../../shared/contracts/configuration.ts';

export const sectionNames = Object.keys(sections) as readonly SectionName[];

type Entry = Readonly<Record<string, unknown>>;

/** Ids of a section's entries in their order. */
export type SectionOrder = Readonly<Partial<Record<SectionName, readonly string[]>>>;

export function idOf(section: SectionName, entry: object): string {
  return String(Reflect.get(entry, sections[section]));
}

export function idsOf(configuration: Configuration, section: SectionName): readonly string[] {
  return configuration[section].map((entry) => idOf(section, entry));
}

/**
 * What `after` changes, field by field: the organisation first, then section by section in the order of the contract; within one, what was
 * there in its order, then what is new in its. A list inside an entry (spans, rings) is one value. Entries that only change places are one
 * change of their section, with the ids before and after.
 */
export function diffConfigurations(before: Configuration, after: Configuration): ConfigurationChange[] {
  const changes = fieldChanges('organisation', before.organisation, after.organisation);
  for (const section of sectionNames) {
    const was = byId(before, section);
    const is = byId(after, section);
    for (const [id, entry] of was) changes.push(...entryChanges(`${section}/${id}`, entry, is.get(id)));
    for (const [id, entry] of is) if (!was.has(id)) changes.push(...entryChanges(`${section}/${id}`, undefined, entry));
    const stayed = [...was.keys()].filter((id) => is.has(id));
    const stayedNow = [...is.keys()].filter((id) => was.has(id));
    if (stayed.some((id, index) => stayedNow[index] !== id)) changes.push(change(section, stayed, stayedNow));
  }
  return changes;
}

/** How the lists stood of which `after` lacks entries. */
export function orderBeforeRemoval(before: Configuration, after: Configuration): SectionOrder {
  const shortened = sectionNames.filter((section) => {
    const left = new Set(idsOf(after, section));
    return idsOf(before, section).some((id) => !left.has(id));
  });
  return Object.fromEntries(shortened.map((section) => [section, idsOf(before, section)]));
}

function byId(configuration: Configuration, section: SectionName): Map<string, Entry> {
  return new Map(configuration[section].map((entry) => [idOf(section, entry), entry as Entry]));
}

/** An entry is told field by field, of whatever kind it is; it comes and goes as a whole. */
function entryChanges(path: string, before: Entry | undefined, after: Entry | undefined): ConfigurationChange[] {
  return before && after ? changesOfFields(path, before, after) : [change(path, before, after)];
}

function fieldChanges(path: string, before: unknown, after: unknown): ConfigurationChange[] {
  if (isDivisible(before) && isDivisible(after)) return changesOfFields(path, before, after);
  return isSame(before, after) ? [] : [change(path, before, after)];
}

function changesOfFields(path: string, before: Entry, after: Entry): ConfigurationChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields.flatMap((field) => fieldChanges(`${path}/${field}`, before[field], after[field]));
}

/** A group of fields that can change one by one; one of several kinds (a diversion, a phone, a secret) is one value. */
function isDivisible(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !['to', 'kind', 'env', 'file'].some((kind) => Object.hasOwn(value, kind));
}

function change(path: string, before: unknown, after: unknown): ConfigurationChange {
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return { kind, path, before: json(before), after: json(after) };
}

const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));

/** Equal whatever the order of the fields. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame((one as Entry)[key], (other as Entry)[key]))
  );
}
