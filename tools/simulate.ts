import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { differenceOf, playDays, type QueueMeans, readScenario, type Scenario, scenarioOfDay } from '../cti-bridge/simulation/index.ts';
import type { Configuration } from '../shared/contracts/configuration.ts';
import { readRecordedDay } from './recorded-day.ts';
import { knownScenarios, loadScenario } from './scenario-file.ts';
import { comparisonText, simulationText, type Told } from './simulation-text.ts';

/**
 * `npm run simulate -- SCENARIO [--against OTHER] [--seed N] [--days N] [--json]`: plays a day through the router in virtual time and prints
 * what came of it. OTHER is another scenario, or a configuration as exported that is to serve the first one's customers. Instead of a
 * SCENARIO, `--recorded FOLDER --day YYYY-MM-DD` plays a day that a bridge has kept.
 */

const usage = `Usage: npm run simulate -- SCENARIO [--against OTHER] [--seed N] [--days N] [--json]
       npm run simulate -- --recorded FOLDER --day YYYY-MM-DD [--save FILE] [...]
  SCENARIO   a file (YAML or JSON; its fields: cti-bridge/simulation/scenario.ts), or one of: ${knownScenarios().join(', ')}
  --against  another scenario, or an exported configuration for the same customers
  --seed     another day with the same habits; --days plays so many of them, from that seed on, and says how sure the means are
  --json     the figures as one JSON object
  --recorded the data folder of a bridge; --save writes the day as a scenario, to be changed and compared`;

function refuse(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: {
        against: { type: 'string' },
        seed: { type: 'string' },
        days: { type: 'string' },
        json: { type: 'boolean', default: false },
        recorded: { type: 'string' },
        day: { type: 'string' },
        save: { type: 'string' },
      },
      allowPositionals: true,
    });
    const [scenario = null, ...more] = positionals;
    const { recorded = null, day = null } = values;
    if (more.length > 0 || (scenario === null) === (recorded === null) || (recorded === null) !== (day === null)) return refuse(usage);
    if (day !== null && (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day))))
      return refuse(`--day: ${day}; a day such as 2026-10-01`);
    const seed = whole('--seed', values.seed, 0);
    return {
      ...values,
      scenario,
      recorded: recorded === null || day === null ? null : { folder: recorded, day },
      seed,
      days: whole('--days', values.days, 1),
    };
  } catch (error) {
    return refuse(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function whole(option: string, text: string | undefined, least: number): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  return Number.isInteger(value) && value >= least && value <= 2 ** 31
    ? value
    : refuse(`${option}: ${text}; a whole number from ${least} on`);
}

interface Read {
  readonly scenario: Scenario;
  readonly configuration: Configuration;
}

/** What was found in the file, as a scenario; a configuration serves the customers of `base`. */
function readFile(nameOrPath: string, base: unknown): unknown {
  const loaded = loadScenario(nameOrPath, process.cwd());
  if (!loaded.ok) return refuse(loaded.error);
  const isConfiguration = typeof loaded.value === 'object' && loaded.value !== null && 'version' in loaded.value;
  const isServed = isConfiguration && typeof base === 'object' && base !== null;
  return isServed ? { ...base, name: nameOrPath, configuration: loaded.value } : loaded.value;
}

function judge(found: unknown, name: string): Read {
  const reading = readScenario(found);
  if (reading.ok) return reading;
  const lines = reading.problems.map(
    ({ path, found: what, expected }, index) => `  ${index + 1}. ${path}: found ${what}; expected ${expected}`,
  );
  return refuse(`${name} has ${lines.length === 1 ? 'a problem' : `${lines.length} problems`}:\n${lines.join('\n')}`);
}

async function findFirst(): Promise<unknown> {
  if (options.scenario !== null) return readFile(options.scenario, null);
  if (options.recorded === null) return refuse(usage);
  const day = await readRecordedDay(resolve(options.recorded.folder), options.recorded.day);
  return day.ok ? scenarioOfDay(day.value) : refuse(day.error);
}

const options = readArguments();
const found = await findFirst();
const first = judge(found, options.scenario ?? 'the recorded day');
if (options.save !== undefined) writeFileSync(options.save, stringify(found));
const second = options.against === undefined ? null : judge(readFile(options.against, found), options.against);
// Both get the seed of the first: they are compared on the same customers.
const seed = options.seed ?? first.scenario.seed ?? 1;
const seeds = Array.from({ length: options.days ?? 1 }, (_, day) => seed + day);

const tell = ({ scenario, configuration }: Read): Told => ({
  name: scenario.name,
  note: scenario.note ?? null,
  days: playDays(scenario, configuration, seeds),
});
const a = tell(first);
const b = second === null ? null : tell(second);

if (options.json) print(JSON.stringify(b === null ? a : { a, b, differences: differences(a, b) }));
else print(b === null ? simulationText(a) : comparisonText(a, b));

function differences(one: Told, other: Told) {
  return one.days.queues.flatMap(({ queueId, day }) => {
    const there = other.days.queues.find((queue) => queue.queueId === queueId);
    if (there === undefined) return [];
    const figures = Object.keys(day) as (keyof QueueMeans)[];
    return [{ queueId, day: Object.fromEntries(figures.map((figure) => [figure, differenceOf(day[figure], there.day[figure])])) }];
  });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
