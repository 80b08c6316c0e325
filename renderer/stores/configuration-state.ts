import {
  type Configuration,
  type ConfigurationChange,
  type ConfigurationProblem,
  type ConfigurationRevision,
  type SectionName,
  sections,
} from '../../shared/contracts/configuration.ts';
import type { NamedFlow } from '../../shared/contracts/ivr/flow.ts';
import type { LoginFailure, Place } from './stores.ts';

/**
 * The configuration being changed. `base` is what the bridge told, `draft` a copy with what has been typed; nothing applies until the draft
 * is saved as a whole. The functions here are the whole logic of a draft: put, add, take away, what differs, and going on after somebody
 * else has saved.
 *
 * In each list the entries that stem from `base` stand first (`originals` counts them) and new ones behind, so that an entry whose id is
 * still being typed is never taken for another one.
 */
export interface ConfigurationState {
  readonly phase: 'none' | 'loading' | 'ready' | 'failed';
  readonly failure: LoginFailure | null;
  readonly revision: number;
  readonly base: Configuration | null;
  readonly draft: Configuration | null;
  /** What can be announced to a caller. */
  readonly prompts: readonly string[];
  /** Those that are live. */
  readonly flows: readonly NamedFlow[];
  readonly originals: Readonly<Record<SectionName, number>>;
  readonly section: AdminSection;
  /** The entry open in each list, by its place there. */
  readonly selected: Readonly<Partial<Record<SectionName, number>>>;
  /** The revision open in the history. */
  readonly openRevision: number | null;
  /** A field to put the keyboard into as soon as it is on the screen. */
  readonly wanted: string | null;
  readonly review: ConfigurationReview | null;
  /** What the last review found wrong and has not been typed at since; null before the first one. */
  readonly problems: readonly ConfigurationProblem[] | null;
  /** Where somebody wanted to go while something was unsaved; they are being asked. */
  readonly leaving: Place | 'signOut' | null;
  readonly history: { readonly revisions: readonly ConfigurationRevision[]; readonly hasMore: boolean; readonly isLoading: boolean };
  readonly undo: ConfigurationUndo | null;
}

/** `records` is no part of the configuration: what its rules of retention would do. */
export type AdminSection = 'organisation' | SectionName | 'records' | 'history';

/** Before saving: what the bridge says would change, and what is wrong. */
export interface ConfigurationReview {
  /** `conflict`: another revision was saved since the draft was begun. */
  readonly phase: 'checking' | 'ready' | 'saving' | 'conflict' | 'failed';
  readonly problems: readonly ConfigurationProblem[];
  readonly changes: readonly ConfigurationChange[];
  readonly failure: LoginFailure | null;
  /** Entries that somebody else changed as well, after their changes were taken over. */
  readonly clashes: readonly ConfigurationClash[];
}

export interface ConfigurationUndo {
  readonly revision: number;
  readonly isBusy: boolean;
  readonly problems: readonly ConfigurationProblem[];
}

export const sectionNames = Object.keys(sections) as readonly SectionName[];
const nothingOriginal = Object.fromEntries(sectionNames.map((name) => [name, 0])) as Record<SectionName, number>;

export const noConfiguration: ConfigurationState = {
  phase: 'none',
  failure: null,
  revision: 0,
  base: null,
  draft: null,
  prompts: [],
  flows: [],
  originals: nothingOriginal,
  section: 'queues',
  selected: {},
  openRevision: null,
  wanted: null,
  review: null,
  problems: null,
  leaving: null,
  history: { revisions: [], hasMore: false, isLoading: false },
  undo: null,
};

export type Entry<Name extends SectionName = SectionName> = Configuration[Name][number];

/** The field that is an entry's identity: `id`, of outcomes `code`. */
export function keyOf(section: SectionName, entry: Entry): string {
  return String((entry as unknown as Record<string, unknown>)[sections[section]] ?? '');
}

function originalsOf(configuration: Configuration): Record<SectionName, number> {
  return Object.fromEntries(sectionNames.map((name) => [name, configuration[name].length])) as Record<SectionName, number>;
}

export interface ToldConfiguration {
  readonly revision: number;
  readonly configuration: Configuration;
  readonly prompts: readonly string[];
  readonly flows: readonly NamedFlow[];
}

/** What the bridge told, with nothing changed. */
export function beginDraft(state: ConfigurationState, told: ToldConfiguration): ConfigurationState {
  const { revision, configuration, prompts, flows } = told;
  return {
    ...state,
    phase: 'ready',
    failure: null,
    revision,
    base: configuration,
    draft: configuration,
    prompts,
    flows,
    originals: originalsOf(configuration),
    selected: stillThere(state, configuration),
    review: null,
    problems: null,
  };
}

/** The same entries stay open, by their identity. */
function stillThere(state: ConfigurationState, configuration: Configuration): ConfigurationState['selected'] {
  const open = Object.entries(state.selected) as [SectionName, number][];
  return Object.fromEntries(
    open.flatMap(([section, index]) => {
      const entry = state.draft?.[section][index];
      const at = entry ? configuration[section].findIndex((each) => keyOf(section, each) === keyOf(section, entry)) : -1;
      return at < 0 ? [] : [[section, at]];
    }),
  );
}

/** Puts a value at a path such as `queues/3/serviceLevel/targetPercent`; `undefined` takes the place itself away. */
export function putAt(state: ConfigurationState, path: string, value: unknown): ConfigurationState {
  const { draft, problems } = state;
  if (!draft) return state;
  const typedAt = spotOf(draft, path);
  const isAside = (problem: ConfigurationProblem) => {
    const at = spotOf(draft, problem.path);
    if (!at || !typedAt || at.section !== typedAt.section || at.index !== typedAt.index) return true;
    return !`${at.field}/`.startsWith(`${typedAt.field}/`) && !`${typedAt.field}/`.startsWith(`${at.field}/`);
  };
  return {
    ...state,
    draft: withValue(draft, path.split('/'), value) as Configuration,
    problems: problems === null || problems.length === 0 ? problems : problems.filter(isAside),
  };
}

/** The same with a value put at a path; `undefined` takes the place itself away. */
export function withValue(whole: unknown, [first, ...rest]: readonly string[], value: unknown): unknown {
  if (first === undefined) return value;
  if (Array.isArray(whole)) {
    const index = Number(first);
    if (rest.length === 0 && value === undefined) return whole.filter((_each, at) => at !== index);
    const next = [...whole];
    next[index] = withValue(whole[index], rest, value);
    return next;
  }
  const record = (typeof whole === 'object' && whole !== null ? whole : {}) as Record<string, unknown>;
  if (rest.length === 0 && value === undefined) {
    const { [first]: _gone, ...others } = record;
    return others;
  }
  return { ...record, [first]: withValue(record[first], rest, value) };
}

/** Reads what stands at such a path; undefined where nothing does. */
export function valueAt(whole: unknown, path: string): unknown {
  if (path === '') return whole;
  let value = whole;
  for (const step of path.split('/')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

export function addEntry(state: ConfigurationState, section: SectionName, entry: Entry): ConfigurationState {
  if (!state.draft) return state;
  const list = [...state.draft[section], entry];
  return {
    ...state,
    draft: { ...state.draft, [section]: list } as Configuration,
    section,
    selected: { ...state.selected, [section]: list.length - 1 },
    wanted: '',
  };
}

export function removeEntry(state: ConfigurationState, section: SectionName, index: number): ConfigurationState {
  if (!state.draft?.[section][index]) return state;
  const list = state.draft[section].filter((_entry, at) => at !== index);
  const { [section]: _closed, ...selected } = state.selected;
  const isOriginal = index < state.originals[section];
  return {
    ...state,
    draft: { ...state.draft, [section]: list } as Configuration,
    originals: isOriginal ? { ...state.originals, [section]: state.originals[section] - 1 } : state.originals,
    selected: list.length === 0 ? selected : { ...selected, [section]: Math.min(index, list.length - 1) },
  };
}

export type EntryStatus = 'same' | 'changed' | 'added';

const keysOfBase = new WeakMap<readonly Entry[], ReadonlyMap<string, Entry>>();
function byKey(section: SectionName, list: readonly Entry[]): ReadonlyMap<string, Entry> {
  let known = keysOfBase.get(list);
  if (!known) {
    known = new Map(list.map((entry) => [keyOf(section, entry), entry]));
    keysOfBase.set(list, known);
  }
  return known;
}

const isSame = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);

export function statusOf(state: ConfigurationState, section: SectionName, index: number): EntryStatus {
  const entry = state.draft?.[section][index];
  if (!entry || !state.base || index >= state.originals[section]) return 'added';
  const before = byKey(section, state.base[section]).get(keyOf(section, entry));
  return before !== undefined && isSame(before, entry) ? 'same' : 'changed';
}

/** How many entries differ from what is saved: added, changed and taken away. */
export function unsavedCount(state: ConfigurationState): number {
  const { base, draft } = state;
  if (!base || !draft || base === draft) return 0;
  let count = isSame(base.organisation, draft.organisation) ? 0 : 1;
  for (const section of sectionNames) count += unsavedIn(state, section);
  return count;
}

export function unsavedIn(state: ConfigurationState, section: SectionName): number {
  const { base, draft } = state;
  if (!base || !draft || base[section] === draft[section]) return 0;
  const changed = draft[section].filter((_entry, index) => statusOf(state, section, index) !== 'same').length;
  return changed + base[section].length - state.originals[section];
}

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
  const originals = { ...nothingOriginal };
  for (const section of sectionNames) {
    const before = byKey(section, base[section]);
    const mine = new Map(draft[section].slice(0, state.originals[section]).map((entry) => [keyOf(section, entry), entry]));
    const kept: Entry[] = [];
    for (const theirs of newest[section]) {
      const key = keyOf(section, theirs);
      const was = before.get(key);
      const own = mine.get(key);
      if (!was) kept.push(theirs);
      else if (!own) {
        // Taken away here; changed there: their change is not thrown away unseen.
        if (!isSame(was, theirs)) {
          clashes.push({ section, key });
          kept.push(theirs);
        }
      } else {
        const both = mergeFields(was, own, theirs);
        if (both.isClash) clashes.push({ section, key });
        kept.push(both.value);
      }
    }
    originals[section] = kept.length;
    const there = byKey(section, newest[section]);
    // What was changed here and taken away there comes back as a new entry; what is new here stays new.
    const returned = [...mine.values()].filter((own) => !there.has(keyOf(section, own)) && !isSame(before.get(keyOf(section, own)), own));
    for (const own of returned) clashes.push({ section, key: keyOf(section, own) });
    merged[section] = [...kept, ...returned, ...draft[section].slice(state.originals[section])];
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
      originals,
      selected: stillThere(state, configuration),
      review: null,
    },
    clashes,
  };
}

/** Field by field, and within groups of fields; one of several kinds (a diversion, a phone, a secret) and a list are one value. */
function mergeFields<Value extends object>(was: Value, mine: Value, theirs: Value): { readonly value: Value; readonly isClash: boolean } {
  let isClash = false;
  const merge = (before: unknown, own: unknown, other: unknown): unknown => {
    if (isSame(before, own) || isSame(own, other)) return other;
    if (isSame(before, other)) return own;
    if (!isGroup(before) || !isGroup(own) || !isGroup(other)) {
      isClash = true;
      return own;
    }
    const fields = [...new Set([...Object.keys(other), ...Object.keys(own)])];
    const merged = fields.map((field) => [field, merge(before[field], own[field], other[field])] as const);
    return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
  };
  const value = merge(was, mine, theirs) as Value;
  return { value, isClash };
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !['to', 'kind', 'env', 'file'].some((kind) => Object.hasOwn(value, kind));
}

export interface ConfigurationSpot {
  readonly section: SectionName | 'organisation';
  readonly index: number | null;
  /** Path inside the entry; empty for the entry itself. */
  readonly field: string;
}

/** Where a path of the bridge (`queues/billing/rings/0/needs`, by identity or by place in the list) leads in the draft. */
export function spotOf(draft: Configuration, path: string): ConfigurationSpot | null {
  const [first = '', second, ...rest] = path
    .replaceAll(/\[(\d+)\]/g, '/$1')
    .replace(/^[/$.]+/, '')
    .split(/[/]/);
  if (first === 'organisation') return { section: 'organisation', index: null, field: [second, ...rest].filter(Boolean).join('/') };
  const section = sectionNames.find((name) => name === first);
  if (!section) return null;
  if (second === undefined || second === '') return { section, index: null, field: '' };
  const list = draft[section];
  const byIdentity = list.findLastIndex((entry) => keyOf(section, entry) === second);
  // `#3` is the third, where it has no identity yet.
  const place = /^#(\d+)$/.exec(second)?.[1];
  const at = place === undefined ? Number(second) : Number(place) - 1;
  const index = byIdentity >= 0 ? byIdentity : list[at] ? at : null;
  return { section, index, field: rest.join('/') };
}

/** An id from a name: `Key accounts, North` is `key-accounts-north`; skills are written in expressions and take `_`. */
export function proposedId(section: SectionName, name: string, taken: readonly string[]): string {
  const joint = section === 'skills' ? '_' : '-';
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, joint)
    .replaceAll(section === 'skills' ? /^[_0-9]+|_+$/g : /^-+|-+$/g, '')
    .slice(0, 32)
    .replace(/[-_]+$/, '');
  if (plain === '') return '';
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? plain : `${plain}${joint}${n}`;
    if (!taken.includes(id)) return id;
  }
}
