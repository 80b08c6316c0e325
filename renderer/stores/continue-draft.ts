import type { Configuration, SectionName } from '../../shared/contracts/configuration.ts';
import {
  beginDraft,
  byKey,
  type ConfigurationState,
  type Entry,
  isReordered,
  isSame,
  keyOf,
  noStems,
  type Stems,
  sectionNames,
  stillThere,
  type ToldConfiguration,
} from './configuration-state.ts';

export interface ConfigurationClash {
  readonly section: SectionName | 'organisation';
  readonly key: string;
}

/**
 * Somebody else saved meanwhile: everything they changed, with what this draft changed put on it again. Where both changed the same field
 * the draft's stands, and the entry is told as a clash so that its writer looks at it.
 */
export function continueDraft(
  state: ConfigurationState,
  told: ToldConfiguration,
): { readonly state: ConfigurationState; readonly clashes: readonly ConfigurationClash[] } {
  const { base, draft } = state;
  if (!base || !draft) return { state: beginDraft(state, told), clashes: [] };
  const newest = told.configuration;
  const clashes: ConfigurationClash[] = [];
  const organisation = mergeFields(base.organisation, draft.organisation, newest.organisation);
  if (organisation.isClash) clashes.push({ section: 'organisation', key: '' });
  const merged: Record<string, unknown> = { ...newest, organisation: organisation.value };
  const stems: Record<SectionName, Stems> = { ...noStems };
  for (const section of sectionNames) {
    const before = byKey(section, base[section]);
    const own: OwnList = { entries: draft[section], stems: state.stems[section] };
    const mine = new Map<string, Entry>();
    const added: Entry[] = [];
    for (const [index, entry] of own.entries.entries()) {
      const stem = state.stems[section][index] ?? null;
      if (stem === null) added.push(entry);
      else mine.set(stem, entry);
    }
    const kept: Entry[] = [];
    for (const theirs of newest[section]) {
      const key = keyOf(section, theirs);
      const was = before.get(key);
      const ours = mine.get(key);
      if (!was) kept.push(theirs);
      else if (!ours) {
        // Taken away here; changed there: their change is not thrown away unseen.
        if (!isSame(was, theirs)) {
          clashes.push({ section, key });
          kept.push(theirs);
        }
      } else {
        const both = mergeFields(was, ours, theirs);
        if (both.isClash) clashes.push({ section, key });
        kept.push(both.value);
      }
    }
    const there = byKey(section, newest[section]);
    // What was changed here and taken away there comes back as a new entry; what is new here stays new.
    const returned = [...mine.values()].filter(
      (ours) => !there.has(keyOf(section, ours)) && !isSame(before.get(keyOf(section, ours)), ours),
    );
    for (const ours of returned) clashes.push({ section, key: keyOf(section, ours) });
    const list = inOwnOrder(section, base[section], own, newest[section])
      ? ordered(section, own, kept, returned)
      : [...kept.map((entry) => stemming(section, entry)), ...[...returned, ...added].map((entry) => ({ entry, stem: null }))];
    merged[section] = list.map(({ entry }) => entry);
    stems[section] = list.map(({ stem }) => stem);
  }
  const configuration = merged as unknown as Configuration;
  return {
    state: {
      ...state,
      phase: 'ready',
      revision: told.revision,
      base: newest,
      draft: configuration,
      prompts: told.prompts,
      flows: told.flows,
      stems,
      selected: stillThere(state, configuration),
      review: null,
    },
    clashes,
  };
}

interface Placed {
  readonly entry: Entry;
  readonly stem: string | null;
}
const stemming = (section: SectionName, entry: Entry): Placed => ({ entry, stem: keyOf(section, entry) });

interface OwnList {
  readonly entries: readonly Entry[];
  readonly stems: Stems;
}

/** The order was changed here and not there, or new entries were put between others. */
function inOwnOrder(section: SectionName, before: readonly Entry[], own: OwnList, newest: readonly Entry[]): boolean {
  const lastStem = own.stems.findLastIndex((stem) => stem !== null);
  const isMixed = own.stems.slice(0, lastStem).includes(null);
  if (!isMixed && !isReordered(section, before, own.stems)) return false;
  const theirs = newest.map((entry) => keyOf(section, entry));
  return !isReordered(section, before, theirs);
}

/** In the order of this draft; what came there stands behind what it stood behind there. */
function ordered(section: SectionName, own: OwnList, kept: readonly Entry[], returned: readonly Entry[]): readonly Placed[] {
  const keptByKey = byKey(section, kept);
  const list = own.entries.flatMap((entry, index): readonly Placed[] => {
    const stem = own.stems[index] ?? null;
    if (stem === null || returned.includes(entry)) return [{ entry, stem: null }];
    const merged = keptByKey.get(stem);
    return merged ? [{ entry: merged, stem }] : [];
  });
  for (const [at, entry] of kept.entries()) {
    const key = keyOf(section, entry);
    if (list.some(({ stem }) => stem === key)) continue;
    const above = kept[at - 1];
    const place = above ? list.findIndex(({ stem }) => stem === keyOf(section, above)) : -1;
    list.splice(place + 1, 0, { entry, stem: key });
  }
  return list;
}

/** Field by field, and within groups of fields; one of several kinds (a diversion, a phone, a secret) and a list are one value. */
function mergeFields<Value extends object>(was: Value, mine: Value, theirs: Value): { readonly value: Value; readonly isClash: boolean } {
  let isClash = false;
  const merge = (before: unknown, own: unknown, other: unknown, isEntry = false): unknown => {
    if (isSame(before, own) || isSame(own, other)) return other;
    if (isSame(before, other)) return own;
    // An entry is told field by field, of whatever kind it is.
    if (!isGroup(before, isEntry) || !isGroup(own, isEntry) || !isGroup(other, isEntry)) {
      isClash = true;
      return own;
    }
    const fields = [...new Set([...Object.keys(other), ...Object.keys(own)])];
    const merged = fields.map((field) => [field, merge(before[field], own[field], other[field])] as const);
    return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
  };
  const value = merge(was, mine, theirs, true) as Value;
  return { value, isClash };
}

function isGroup(value: unknown, isEntry = false): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (isEntry) return true;
  return !['to', 'kind', 'env', 'file'].some((kind) => Object.hasOwn(value, kind));
}
