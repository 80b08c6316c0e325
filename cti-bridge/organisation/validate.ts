import {
  type Configuration,
  type ConfigurationProblem,
  configurationSchema,
  configurationVersion,
  laterSections,
  type SectionName,
  sections,
} from '../../shared/contracts/configuration.ts';
import { announcementsOf } from './announcements.ts';
import { checkCustomFields } from './checks/custom-fields.ts';
import { checkHours } from './checks/hours.ts';
import { checkMessageRules } from './checks/message-rules.ts';
import { checkMessageSources } from './checks/message-sources.ts';
import { checkMessageTemplates } from './checks/message-texts.ts';
import { checkOffices } from './checks/offices.ts';
import { checkOtherSystems } from './checks/other-systems.ts';
import { checkPeople } from './checks/people.ts';
import { checkPhones } from './checks/phones.ts';
import { checkQueues } from './checks/queues.ts';
import { checkScores } from './checks/scores.ts';
import { checkSmallLists } from './checks/small-lists.ts';
import { checkSurveys } from './checks/surveys.ts';
import { checkTrunks } from './checks/trunks.ts';
import { sectionNames } from './diff.ts';
import type { Draft, Report } from './draft.ts';
import { inSchemaWords, shapeProblems, show } from './shape-problems.ts';

/** More than any organisation has; against files that were made to hurt. */
export const configurationLimits = {
  fileBytes: 5 * 1024 * 1024,
  listEntries: 20_000,
  depth: 12,
  values: 2_000_000,
  problemsTold: 1_000,
} as const;

export type Judgement =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

/** What a configuration may name and is not in it. */
export interface Surroundings {
  /** The prompts there are, in every language. Without them no prompt is judged. */
  readonly prompts?: readonly string[];
  /** Ids of the flows that are live. Without them no flow is judged. */
  readonly flows?: readonly string[];
}

const checks = [
  checkSmallLists,
  checkOffices,
  checkHours,
  checkQueues,
  checkPeople,
  checkPhones,
  checkOtherSystems,
  checkTrunks,
  checkCustomFields,
  checkScores,
  checkMessageSources,
  checkSurveys,
  checkMessageRules,
  checkMessageTemplates,
];

/**
 * Judges what somebody wants the organisation to be. Every problem is told at once: the shape of each entry, and over all entries of the
 * right shape whatever could be nonsense although each part is well formed.
 */
export function validateConfiguration(found: unknown, { prompts, flows }: Surroundings = {}): Judgement {
  const problems: ConfigurationProblem[] = [];
  const report: Report = (path, what, expected) => problems.push({ path, found: what, expected });
  const isReadable = checkNature(found, report);
  if (problems.length > 0 && !isReadable) return refuse(problems);

  const draft = readDraft(found, { announcements: prompts ? announcementsOf(prompts) : null, flows: flows ?? null }, report);
  if (draft) for (const check of checks) check(draft, report);
  if (problems.length > 0) return refuse(problems);
  return { ok: true, configuration: configurationSchema.parse({ ...emptyLaterSections, ...(found as object) }) };
}

const emptyLaterSections = Object.fromEntries([...laterSections].map((section) => [section, []]));

function refuse(problems: readonly ConfigurationProblem[]): Judgement {
  const told = problems.slice(0, configurationLimits.problemsTold);
  const left = problems.length - told.length;
  const more = left > 0 ? [{ path: '', found: `${left} more problems`, expected: 'these to be solved first' }] : [];
  return { ok: false, problems: [...told, ...more] };
}

/** Names that would reach into the machinery of objects instead of naming something. */
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);

/** False when it must not even be looked at further: endless, too large, or with names that are traps. */
function checkNature(found: unknown, report: Report): boolean {
  let left: number = configurationLimits.values;
  let isReadable = true;
  const refused = (path: string, what: string, expected: string) => {
    isReadable = false;
    report(path, what, expected);
  };
  const walk = (value: unknown, path: string, depth: number): void => {
    if (typeof value !== 'object' || value === null || left < 0) return;
    if (--left < 0) return refused('', 'more than two million values', 'a configuration of a size that people make');
    if (depth > configurationLimits.depth)
      return refused(path, 'groups inside each other without end', `at most ${configurationLimits.depth} levels`);
    if (Array.isArray(value) && value.length > configurationLimits.listEntries)
      return refused(path, `a list of ${value.length}`, `at most ${configurationLimits.listEntries} entries`);
    for (const name of Object.keys(value)) {
      const below = path === '' ? name : `${path}/${name}`;
      if (forbiddenNames.has(name)) refused(below, `a field named ${name}`, 'another name: this one is reserved');
      else walk((value as Record<string, unknown>)[name], below, depth + 1);
    }
  };
  walk(found, '', 0);
  return isReadable;
}

/** Reads entry by entry, so that one of a wrong shape does not hide what is wrong with the others. */
function readDraft(found: unknown, around: Pick<Draft, 'announcements' | 'flows'>, report: Report): Draft | null {
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    report('', show(found), 'a configuration: version, organisation and its lists');
    return null;
  }
  const given = found as Readonly<Record<string, unknown>>;
  const { shape } = configurationSchema;
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(shape, name)) report(name, show(given[name]), `nothing: there is no such part (${Object.keys(shape).join(', ')})`);
  }
  if (given.version !== configurationVersion) report('version', show(given.version), `${configurationVersion}: the version of this form`);

  const organisation = shape.organisation.safeParse(given.organisation, inSchemaWords);
  if (!organisation.success)
    for (const problem of shapeProblems('organisation', organisation.error.issues, given.organisation)) report(...problem);

  const readings = sectionNames.map((section) =>
    readSection(section, given[section] ?? (laterSections.has(section) ? [] : undefined), report),
  );
  const reading = new Map(sectionNames.map((section, index) => [section, readings[index]]));
  const entries = Object.fromEntries(sectionNames.map((section) => [section, reading.get(section)?.entries ?? []]));
  return {
    organisation: organisation.data ?? null,
    ...(entries as unknown as Pick<Configuration, SectionName>),
    ...around,
    knows: (section, id) => reading.get(section)?.ids.has(id) ?? false,
    isWhole: (section) => reading.get(section)?.isWhole ?? false,
  };
}

interface Reading {
  readonly entries: readonly object[];
  /** Also of entries that have something wrong elsewhere: who refers to them is not wrong. */
  readonly ids: ReadonlySet<string>;
  readonly isWhole: boolean;
}

function readSection(section: SectionName, given: unknown, report: Report): Reading {
  const ids = new Set<string>();
  const entries: object[] = [];
  if (!Array.isArray(given)) {
    report(section, show(given), 'a list; write [] when there are none');
    return { entries, ids, isWhole: false };
  }
  const { element } = configurationSchema.shape[section].def;
  for (const [index, one] of given.entries()) {
    const id: unknown = typeof one === 'object' && one !== null ? Reflect.get(one, sections[section]) : undefined;
    const isNamed = typeof id === 'string' && id !== '' && id.length <= 64 && !id.includes('/');
    const path = isNamed ? `${section}/${id}` : `${section}/#${index + 1}`;
    if (isNamed && ids.has(id))
      report(path, `entry ${index + 1} with the same ${sections[section]}`, `a ${sections[section]} of its own for each entry`);
    if (isNamed) ids.add(id);
    const parsed = element.safeParse(one, inSchemaWords);
    if (parsed.success) entries.push(parsed.data);
    else for (const problem of shapeProblems(path, parsed.error.issues, one)) report(...problem);
  }
  return { entries, ids, isWhole: entries.length === given.length };
}
