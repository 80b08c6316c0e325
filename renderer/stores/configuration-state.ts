import {
  type Configuration,
  type ConfigurationChange,
  type ConfigurationProblem,
  type ConfigurationRevision,
  type SectionName,
  sections,
} from '../../shared/contracts/configuration.ts';
import type { NamedFlow } from '../../shared/contracts/ivr/flow.ts';
import type { ConfigurationClash } from './continue-draft.ts';
import type { LoginFailure, Place } from './stores.ts';

/**
 * The configuration being changed. `base` is what the bridge told, `draft` a copy with what has been typed; nothing applies until the draft
 * is saved as a whole. The functions here are the whole logic of a draft: put, add, move, take away, and what differs; how it goes on after
 * somebody else has saved is in `continue-draft.ts`.
 *
 * Beside each list stands which entry of `base` each of its own stems from (`stems`), so that an entry whose id is still being typed is
 * never taken for another one.
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
  /** Of each list, in its order: the identity of the entry in `base`, null for a new one. */
  readonly stems: Readonly<Record<SectionName, Stems>>;
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
export type Stems = readonly (string | null)[];
export const noStems = Object.fromEntries(sectionNames.map((name) => [name, []])) as unknown as Record<SectionName, Stems>;

export const noConfiguration: ConfigurationState = {
  phase: 'none',
  failure: null,
  revision: 0,
  base: null,
  draft: null,
  prompts: [],
  flows: [],
  stems: noStems,
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

function stemsOf(configuration: Configuration): Record<SectionName, Stems> {
  const keys = (name: SectionName) => configuration[name].map((entry) => keyOf(name, entry));
  return Object.fromEntries(sectionNames.map((name) => [name, keys(name)])) as unknown as Record<SectionName, Stems>;
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
    stems: stemsOf(configuration),
    selected: stillThere(state, configuration),
    review: null,
    problems: null,
  };
}

/** The same entries stay open, by their identity. */
export function stillThere(state: ConfigurationState, configuration: Configuration): ConfigurationState['selected'] {
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
    stems: { ...state.stems, [section]: [...state.stems[section], null] },
    section,
    selected: { ...state.selected, [section]: list.length - 1 },
    wanted: '',
  };
}

export function removeEntry(state: ConfigurationState, section: SectionName, index: number): ConfigurationState {
  if (!state.draft?.[section][index]) return state;
  const list = state.draft[section].filter((_entry, at) => at !== index);
  const { [section]: _closed, ...selected } = state.selected;
  return {
    ...state,
    draft: { ...state.draft, [section]: list } as Configuration,
    stems: { ...state.stems, [section]: state.stems[section].filter((_stem, at) => at !== index) },
    selected: list.length === 0 ? selected : { ...selected, [section]: Math.min(index, list.length - 1) },
  };
}

/** One place up or down, where the order of a list says something; it stays open. */
export function moveEntry(state: ConfigurationState, section: SectionName, index: number, to: number): ConfigurationState {
  const { draft, stems } = state;
  if (!draft?.[section][index] || !draft[section][to]) return state;
  return {
    ...state,
    draft: { ...draft, [section]: moved<Entry>(draft[section], index, to) } as Configuration,
    stems: { ...stems, [section]: moved(stems[section], index, to) },
    selected: { ...state.selected, [section]: to },
    problems: state.problems?.filter((problem) => spotOf(draft, problem.path)?.section !== section) ?? null,
  };
}

function moved<Each>(list: readonly Each[], from: number, to: number): readonly Each[] {
  const others = list.filter((_each, at) => at !== from);
  return [...others.slice(0, to), ...list.slice(from, from + 1), ...others.slice(to)];
}

export type EntryStatus = 'same' | 'changed' | 'added';

const keysOfBase = new WeakMap<readonly Entry[], ReadonlyMap<string, Entry>>();
export function byKey(section: SectionName, list: readonly Entry[]): ReadonlyMap<string, Entry> {
  let known = keysOfBase.get(list);
  if (!known) {
    known = new Map(list.map((entry) => [keyOf(section, entry), entry]));
    keysOfBase.set(list, known);
  }
  return known;
}

export const isSame = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);

export function statusOf(state: ConfigurationState, section: SectionName, index: number): EntryStatus {
  const entry = state.draft?.[section][index];
  const stem = state.stems[section][index] ?? null;
  if (!entry || !state.base || stem === null) return 'added';
  const before = byKey(section, state.base[section]).get(stem);
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
  const stayed = state.stems[section].filter((stem) => stem !== null);
  return changed + base[section].length - stayed.length + (isReordered(section, base[section], stayed) ? 1 : 0);
}

/** Whether entries that both lists have stand in another order. */
export function isReordered(section: SectionName, before: readonly Entry[], after: readonly (string | null)[]): boolean {
  const stayed = new Set(after);
  const order = before.map((entry) => keyOf(section, entry)).filter((key) => stayed.has(key));
  const known = new Set(order);
  return after.filter((key) => key !== null && known.has(key)).some((key, at) => key !== order[at]);
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
