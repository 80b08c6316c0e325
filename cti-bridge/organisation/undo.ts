import type { Configuration, ConfigurationChange, ConfigurationProblem, SectionName } from '../../shared/contracts/configuration.ts';
import { idOf, idsOf, isSame, sectionNames } from './diff.ts';
import type { StoredRevision } from './ports.ts';

export type UndoOutcome =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

type Fields = Record<string, unknown>;

/**
 * The configuration without what one revision changed. What was changed again since is a problem, and then nothing is undone: somebody
 * meant the later value. Whether the result can work is for `validateConfiguration` to say.
 */
export function undoOf(revision: Pick<StoredRevision, 'revision' | 'changes' | 'orderBefore'>, current: Configuration): UndoOutcome {
  const configuration = structuredClone(current);
  const problems: ConfigurationProblem[] = [];
  for (const change of revision.changes.toReversed()) {
    const found = takeBack(change, configuration, revision.orderBefore);
    if (found === 'done') continue;
    problems.push({
      path: change.path,
      found: found.value,
      expected: `${change.after ?? 'nothing'}, as revision ${revision.revision} left it`,
    });
  }
  return problems.length > 0 ? { ok: false, problems: problems.reverse() } : { ok: true, configuration };
}

function takeBack(
  { path, before, after }: ConfigurationChange,
  configuration: Configuration,
  orderBefore: StoredRevision['orderBefore'],
): 'done' | { readonly value: string } {
  const [top = '', id, ...fields] = path.split('/');
  const was: unknown = before === null ? undefined : JSON.parse(before);
  const left: unknown = after === null ? undefined : JSON.parse(after);
  const section = sectionNames.find((name) => name === top);

  if (section && id === undefined) return takeBackOrder(configuration, section, was as string[], left as string[]);
  if (section && id !== undefined && fields.length === 0) {
    const found = configuration[section].find((entry) => idOf(section, entry) === id);
    if (!isSame(found, left)) return foundValue(found);
    if (was === undefined) remove(configuration, section, id);
    else putBack(configuration, section, was as object, orderBefore[section] ?? []);
    return 'done';
  }
  const [last = '', ...way] = section ? fields.toReversed() : [id ?? '', ...fields].toReversed();
  const entry = section ? configuration[section].find((each) => idOf(section, each) === id) : configuration.organisation;
  const holder = way.reverse().reduce<unknown>((value, field) => (isFields(value) ? value[field] : undefined), entry);
  if (!isFields(holder)) return foundValue(undefined);
  if (!isSame(holder[last], left)) return foundValue(holder[last]);
  if (was === undefined) delete holder[last];
  else holder[last] = was;
  return 'done';
}

function takeBackOrder(configuration: Configuration, section: SectionName, was: readonly string[], left: readonly string[]) {
  const now = idsOf(configuration, section);
  const concerned = left.filter((id) => now.includes(id));
  if (
    !isSame(
      now.filter((id) => concerned.includes(id)),
      concerned,
    )
  )
    return foundValue(now);
  const wanted = was.filter((id) => concerned.includes(id));
  const entries = new Map(configuration[section].map((entry) => [idOf(section, entry), entry]));
  let next = 0;
  const ordered = now.map((id) => entries.get(concerned.includes(id) ? (wanted[next++] ?? id) : id));
  replace(configuration, section, ordered as object[]);
  return 'done';
}

/** Behind the nearest of those that stood before it and are still there. */
function putBack(configuration: Configuration, section: SectionName, entry: object, order: readonly string[]): void {
  const before = order.slice(0, Math.max(0, order.indexOf(idOf(section, entry)))).toReversed();
  const now = idsOf(configuration, section);
  const neighbour = before.find((id) => now.includes(id));
  const place = order.length === 0 ? now.length : neighbour === undefined ? 0 : now.indexOf(neighbour) + 1;
  replace(configuration, section, (configuration[section] as object[]).toSpliced(place, 0, entry));
}

function remove(configuration: Configuration, section: SectionName, id: string): void {
  replace(
    configuration,
    section,
    (configuration[section] as object[]).filter((entry) => idOf(section, entry) !== id),
  );
}

function replace(configuration: Configuration, section: SectionName, entries: readonly object[]): void {
  // The entries are the section's own, in another order or number.
  Object.assign(configuration, { [section]: entries });
}

const foundValue = (value: unknown) => ({ value: value === undefined ? 'nothing' : JSON.stringify(value) });
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
