import * as z from 'zod/mini';
import {
  type Configuration,
  type ConfigurationProblem,
  capacitySchema,
  configurationVersion,
  hoursSchema,
  type QueueConfiguration,
  queueSchema,
  skillSchema,
} from '../../shared/contracts/configuration.ts';
import { plainQueue } from '../../shared/contracts/plain-queue.ts';
import { rights } from '../../shared/contracts/rights.ts';
import { inSchemaWords, shapeProblems, validateConfiguration } from '../organisation/index.ts';
import { isMeant } from './plan.ts';
import { type AgentGroup, type Scenario, scenarioSchema } from './scenario.ts';

export type ScenarioReading =
  | { readonly ok: true; readonly scenario: Scenario; readonly configuration: Configuration }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

/** Judges a scenario. Every problem is told at once, in plain words: where, what was found, what was expected. */
export function readScenario(found: unknown): ScenarioReading {
  const problems: ConfigurationProblem[] = [];
  const report = (path: string, what: string, expected: string) => problems.push({ path, found: what, expected });
  const parsed = scenarioSchema.safeParse(found, inSchemaWords);
  if (!parsed.success) for (const problem of shapeProblems('scenario', parsed.error.issues, found)) report(...problem);

  const given = typeof found === 'object' && found !== null ? Reflect.get(found, 'configuration') : undefined;
  const judged = validateConfiguration(isWholeConfiguration(given) ? given : completed(given, report));
  if (!judged.ok) for (const { path, found: what, expected } of judged.problems) report(`scenario/configuration/${path}`, what, expected);

  if (parsed.success && judged.ok) checkTogether(parsed.data, judged.configuration, report);
  if (!parsed.success || !judged.ok || problems.length > 0) return { ok: false, problems };
  return { ok: true, scenario: parsed.data, configuration: judged.configuration };
}

type Report = (path: string, found: string, expected: string) => void;

function isWholeConfiguration(given: unknown): boolean {
  return typeof given === 'object' && given !== null && 'version' in given;
}

/** The part of a configuration that a scenario has to write: names may be left out, and of a queue everything but its id. */
const partSchema = z.strictObject({
  skills: z.optional(z.array(skillSchema.shape.id)),
  capacities: z.optional(z.array(z.partial(capacitySchema, { name: true }))),
  hours: z.optional(z.array(z.partial(hoursSchema, { name: true }))),
  queues: z.array(z.required(z.partial(queueSchema), { id: true })).check(z.minLength(1)),
});

const nameOf = (id: string) => ({ en: id, zh: id });

const usualCapacity = {
  id: 'usual',
  name: nameOf('usual'),
  channels: { voice: { max: 1, weight: 100, interrupts: [] } },
};

/** Nobody codes outcomes in a simulated day. */
const usualQueue: Omit<QueueConfiguration, 'id' | 'name'> = {
  ...plainQueue,
  missesBeforeNotReady: 3,
  priority: 0,
  wrapUp: { ...plainQueue.wrapUp, mode: 'optional', defaultDisposition: 'done' },
};

/** A whole configuration around the part that was written. What has a wrong shape is told and passed on as it is, so that it is judged once. */
function completed(given: unknown, report: Report): unknown {
  const parsed = partSchema.safeParse(given, inSchemaWords);
  if (!parsed.success) {
    for (const problem of shapeProblems('scenario/configuration', parsed.error.issues, given)) report(...problem);
    return minimal;
  }
  const { skills = [], capacities = [usualCapacity], hours = [], queues } = parsed.data;
  const named = <Entry extends { readonly id: string }>(entry: Entry) => ({ name: nameOf(entry.id), ...entry });
  return {
    ...minimal,
    skills: skills.map((id) => ({ id, name: nameOf(id) })),
    capacities: capacities.map(named),
    hours: hours.map(named),
    queues: queues.map((queue) => ({ ...usualQueue, ...named(queue) })),
  };
}

const minimal: Configuration = {
  version: configurationVersion,
  organisation: { name: nameOf('simulated'), homeCountry: 'CN', timeZone: 'UTC', dialling: { outsidePrefix: null, areaCode: null } },
  orgUnits: [],
  teams: [],
  skills: [],
  capacities: [usualCapacity],
  hours: [],
  queues: [],
  reasons: [],
  dispositions: [{ code: 'done', name: nameOf('done'), parent: null }],
  roles: [{ id: 'administrator', name: nameOf('administrator'), rights: [...rights] }],
  users: [
    {
      id: 'administrator',
      username: 'administrator',
      name: 'administrator',
      role: 'administrator',
      locale: 'en',
      orgUnit: null,
      agent: null,
    },
  ],
  trunks: [],
  apiClients: [],
  retention: [],
  customFields: [],
  mailboxes: [],
  smsLines: [],
  chatSites: [],
  documentSources: [],
  messageRules: [],
  messageTemplates: [],
  surveys: [],
};

/** What each part says of the others. */
function checkTogether(scenario: Scenario, configuration: Configuration, report: Report): void {
  const known = (list: readonly { readonly id: string }[]) => new Set(list.map(({ id }) => id));
  const queues = known(configuration.queues);
  const oneOf = (ids: ReadonlySet<string>) => (ids.size === 0 ? 'nothing: there is none' : `one of ${[...ids].slice(0, 20).join(', ')}`);

  if (!isTimeZone(scenario.timeZone))
    report('scenario/timeZone', scenario.timeZone, 'a time zone by its IANA name, such as Asia/Shanghai or Europe/London');
  if (!isDay(scenario.date)) report('scenario/date', scenario.date, 'a day that exists, such as 2026-10-01');
  if (scenario.from >= scenario.to) report('scenario/to', scenario.to, `a time after ${scenario.from}, when the day begins`);

  for (const [index, { queue, arrivals, tiers = [] }] of scenario.demand.entries()) {
    const path = `scenario/demand/${index}`;
    if (!queues.has(queue)) report(`${path}/queue`, queue, oneOf(queues));
    if (scenario.demand.findIndex((other) => other.queue === queue) !== index)
      report(`${path}/queue`, `${queue} once more`, 'each queue once');
    const total = tiers.reduce((sum, { share }) => sum + share, 0);
    if (total > 1 + 1e-9) report(`${path}/tiers`, `shares of ${total} together`, 'at most 1 together');
    if (arrivals.kind !== 'rates') continue;
    for (const [place, { from }] of arrivals.rates.entries()) {
      const earlier = arrivals.rates[place - 1];
      if (earlier && earlier.from >= from) report(`${path}/arrivals/rates/${place}/from`, from, `a time after ${earlier.from}`);
    }
  }
  for (const [index, group] of scenario.agents.entries()) checkGroup(group, `scenario/agents/${index}`);

  function checkGroup({ who, shifts, rejects = 0, leavesRinging = 0 }: AgentGroup, path: string): void {
    if (who.kind === 'alike') {
      const skills = known(configuration.skills);
      for (const skill of Object.keys(who.skills)) if (!skills.has(skill)) report(`${path}/who/skills/${skill}`, skill, oneOf(skills));
      const capacities = known(configuration.capacities);
      if (who.capacity && !capacities.has(who.capacity)) report(`${path}/who/capacity`, who.capacity, oneOf(capacities));
      for (const left of who.leftQueues ?? []) if (!queues.has(left)) report(`${path}/who/leftQueues`, left, oneOf(queues));
    } else if (who.kind === 'team' && !known(configuration.teams).has(who.team)) {
      report(`${path}/who/team`, who.team, oneOf(known(configuration.teams)));
    } else if (!configuration.users.some(({ agent }) => agent !== null && isMeant(who, agent))) {
      report(`${path}/who`, who.kind === 'person' ? who.agent : 'nobody', 'people of the configuration who take work');
    }
    if (rejects + leavesRinging > 1) report(`${path}/rejects`, `${rejects} and ${leavesRinging} left to ring`, 'at most 1 together');
    let free = '00:00';
    for (const [place, shift] of shifts.entries()) {
      if (shift.from >= shift.to || shift.from < free)
        report(
          `${path}/shifts/${place}`,
          `${shift.from} to ${shift.to}`,
          'shifts that follow each other, each with its end after its beginning',
        );
      free = shift.to;
      for (const [number, { at }] of (shift.breaks ?? []).entries())
        if (at < shift.from || at >= shift.to)
          report(`${path}/shifts/${place}/breaks/${number}/at`, at, `a time from ${shift.from} to ${shift.to}`);
    }
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isDay(date: string): boolean {
  const moment = Date.parse(date);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(date);
}
