import { type Configuration, type SectionName, sections } from '../../shared/contracts/configuration.ts';

/** A configuration that is still being judged: the entries of the right shape, and what is known about the others. */
export interface Draft extends Readonly<Pick<Configuration, SectionName>> {
  readonly organisation: Configuration['organisation'] | null;
  /** Whether there is an entry of this id, of the right shape or not. */
  knows(section: SectionName, id: string): boolean;
  /** What can be announced to a caller; null where nobody knows. */
  readonly announcements: readonly string[] | null;
  /** Ids of the flows that are live; null where nobody knows. */
  readonly flows: readonly string[] | null;
  /** Every entry of the section has the right shape, so that it can be said what is missing. */
  isWhole(section: SectionName): boolean;
}

/** Notes a problem: where, what was found, what was expected. */
export type Report = (path: string, found: string, expected: string) => void;
export type Check = (draft: Draft, report: Report) => void;

const nouns: Readonly<Record<SectionName, string>> = {
  orgUnits: 'an org unit that exists',
  teams: 'a team that exists',
  skills: 'a skill that exists',
  capacities: 'a capacity profile that exists',
  hours: 'opening hours that exist',
  queues: 'a queue that exists',
  reasons: 'a not-ready reason that exists',
  dispositions: 'a disposition that exists',
  roles: 'a role that exists',
  users: 'a user that exists',
  trunks: 'a trunk that exists',
  apiClients: 'a system that exists',
  retention: 'a retention rule that exists',
  customFields: 'a custom field that exists',
  mailboxes: 'a mailbox that exists',
  smsLines: 'a line for text messages that exists',
  chatSites: 'a chat site that exists',
  documentSources: 'a document source that exists',
  messageRules: 'a message rule that exists',
  messageTemplates: 'a template that exists',
  surveys: 'a survey that exists',
};

/** Says so when a reference leads nowhere. */
export function checkReference(draft: Draft, report: Report, path: string, section: SectionName, id: string | null): void {
  if (id === null || draft.knows(section, id)) return;
  const known = draft[section].slice(0, 12).map((entry) => String(Reflect.get(entry, sections[section])));
  const left = draft[section].length - known.length;
  const list = known.length === 0 ? '; there is none yet' : `: ${known.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
  report(path, id, `${nouns[section]}${list}`);
}

/**
 * A circle in a graph, as the nodes on it in order; null when there is none. Each node is visited once, so a long chain costs no more than a
 * short one, and without recursion, so it cannot be too deep.
 */
export function findCircle(nodes: readonly string[], next: (node: string) => readonly string[]): readonly string[] | null {
  const done = new Set<string>();
  for (const start of nodes) {
    const path: { readonly node: string; readonly ways: string[] }[] = [{ node: start, ways: [...next(start)] }];
    const onPath = new Set([start]);
    while (!done.has(start)) {
      const here = path.at(-1);
      if (!here) break;
      const way = here.ways.shift();
      if (way === undefined) {
        done.add(here.node);
        onPath.delete(here.node);
        path.pop();
      } else if (onPath.has(way)) {
        return path.slice(path.findIndex(({ node }) => node === way)).map(({ node }) => node);
      } else if (!done.has(way)) {
        path.push({ node: way, ways: [...next(way)] });
        onPath.add(way);
      }
    }
  }
  return null;
}
