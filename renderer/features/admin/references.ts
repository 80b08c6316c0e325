import type { Configuration, SectionName } from '../../../shared/contracts/configuration.ts';
import { parseSkillExpression, skillsOf } from '../../../shared/skill-expression.ts';
import { type Entry, keyOf, sectionNames } from '../../stores/index.ts';

/** One entry naming another: the field it stands in, and what it names. */
export interface Reference {
  readonly field: string;
  readonly to: SectionName;
  readonly key: string;
}

type Lists = { readonly [Name in SectionName]: Entry<Name> };

const names: { readonly [Name in SectionName]?: (entry: Lists[Name]) => readonly (Reference | null)[] } = {
  orgUnits: ({ parent }) => [one('parent', 'orgUnits', parent)],
  teams: ({ orgUnit }) => [one('orgUnit', 'orgUnits', orgUnit)],
  dispositions: ({ parent }) => [one('parent', 'dispositions', parent)],
  queues: (queue) => [
    ...inExpression('needs', queue.needs),
    ...queue.rings.flatMap((ring, n) => inExpression(`rings/${n}/needs`, ring.needs)),
    one('hours', 'hours', queue.hours),
    one('overflow/queue', 'queues', queue.overflow?.queue),
    ...(['whenClosed', 'whenFull', 'whenWaitedTooLong'] as const).map((field) => {
      const diversion = queue[field];
      return diversion.to === 'queue' ? one(`${field}/queue`, 'queues', diversion.queue) : null;
    }),
    one('wrapUp/defaultDisposition', 'dispositions', queue.wrapUp.defaultDisposition),
  ],
  mailboxes: ({ queue }) => [one('queue', 'queues', queue)],
  smsLines: ({ queue }) => [one('queue', 'queues', queue)],
  chatSites: ({ queue }) => [one('queue', 'queues', queue)],
  documentSources: ({ queue }) => [one('queue', 'queues', queue)],
  messageRules: ({ then }) => [...inExpression('then/needs', then.needs), one('then/queue', 'queues', then.queue)],
  surveys: ({ queues, mailbox, smsLine }) => [
    ...queues.map((queue) => one('queues', 'queues', queue)),
    one('mailbox', 'mailboxes', mailbox),
    one('smsLine', 'smsLines', smsLine),
  ],
  apiClients: ({ role, orgUnit }) => [one('role', 'roles', role), one('orgUnit', 'orgUnits', orgUnit)],
  users: ({ role, orgUnit, agent }) => [
    one('role', 'roles', role),
    one('orgUnit', 'orgUnits', orgUnit),
    ...(agent
      ? [
          one('agent/team', 'teams', agent.team),
          one('agent/capacity', 'capacities', agent.capacity),
          ...Object.keys(agent.skills).map((skill) => one(`agent/skills/${skill}`, 'skills', skill)),
          ...agent.leftQueues.map((queue) => one('agent/leftQueues', 'queues', queue)),
        ]
      : []),
  ],
};

function one(field: string, to: SectionName, key: string | null | undefined): Reference | null {
  return key ? { field, to, key } : null;
}

function inExpression(field: string, text: string): readonly Reference[] {
  const parsed = parseSkillExpression(text);
  return parsed.ok ? skillsOf(parsed.expression).map((key) => ({ field, to: 'skills', key })) : [];
}

/** Everything this entry names. */
export function referencesOf<Name extends SectionName>(section: Name, entry: Lists[Name]): readonly Reference[] {
  const read = names[section] as ((entry: Lists[Name]) => readonly (Reference | null)[]) | undefined;
  return (read?.(entry) ?? []).filter((reference) => reference !== null);
}

export interface Use {
  readonly section: SectionName;
  readonly index: number;
  readonly field: string;
}

/** Everything that names this entry, itself excepted. */
export function usesOf(configuration: Configuration, to: SectionName, key: string): readonly Use[] {
  if (key === '') return [];
  const asSource = (sourceSections as readonly SectionName[]).includes(to) ? rulesOfSource(configuration, key) : [];
  const named = sectionNames.flatMap((section) =>
    configuration[section].flatMap((entry, index) => {
      if (section === to && keyOf(section, entry) === key) return [];
      const reference = referencesOf(section, entry as never).find((each) => each.to === to && each.key === key);
      return reference ? [{ section, index, field: reference.field }] : [];
    }),
  );
  return [...named, ...asSource];
}

/** Places where messages come in. They have ids of their own among each other, so that a rule names them by these alone. */
const sourceSections = ['mailboxes', 'smsLines', 'chatSites', 'documentSources'] as const satisfies readonly SectionName[];

function rulesOfSource({ messageRules }: Configuration, key: string): readonly Use[] {
  return messageRules.flatMap(({ when }, index) =>
    when.sources.includes(key) ? [{ section: 'messageRules', index, field: 'when/sources' } as const] : [],
  );
}

/** What people call a place where messages come in. */
export function sourceEntry(configuration: Configuration, id: string): { readonly section: SectionName; readonly entry: Entry } | null {
  for (const section of sourceSections) {
    const entry = (configuration[section] as readonly Entry[]).find((each) => keyOf(section, each) === id);
    if (entry) return { section, entry };
  }
  return null;
}
