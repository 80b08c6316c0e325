import { parseArgs } from 'node:util';
import { differenceOf, playDays, type QueueMeans, readScenario, type Scenario } from '../cti-bridge/simulation/index.ts';
import type { Configuration } from '../shared/contracts/configuration.ts';
import { knownScenarios, loadScenario } from './scenario-file.ts';
import { comparisonText, simulationText, type Told } from './simulation-text.ts';

/**
 * `npm run simulate -- SCENARIO [--against OTHER] [--seed N] [--days N] [--json]`: plays a day through the router in virtual time and prints
 * what came of it. OTHER is another scenario, or a configuration as exported that is to serve the first one's customers.
 */

const usage = `Usage: npm run simulate -- SCENARIO [--against OTHER] [--seed N] [--days N] [--json]
  SCENARIO   a file (YAML or JSON), or one of: ${knownScenarios().join(', ')}
  --against  another scenario, or an exported configuration for the same customers
  --seed     another day with the same habits; --days plays so many of them, from that seed on, and says how sure the means are
  --json     the figures as one JSON object`;

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
      },
      allowPositionals: true,
    });
    const [scenario, ...more] = positionals;
    if (scenario === undefined || more.length > 0) return refuse(usage);
    return { ...values, scenario, seed: whole('--seed', values.seed, 0), days: whole('--days', values.days, 1) };
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
function read(nameOrPath: string, base: unknown): { readonly found: unknown; readonly read: Read } {
  const loaded = loadScenario(nameOrPath, process.cwd());
  if (!loaded.ok) return refuse(loaded.error);
  const isConfiguration = typeof loaded.value === 'object' && loaded.value !== null && 'version' in loaded.value;
  const isServed = isConfiguration && typeof base === 'object' && base !== null;
  const found = isServed ? { ...base, name: nameOrPath, configuration: loaded.value } : loaded.value;
  const reading = readScenario(found);
  if (reading.ok) return { found, read: reading };
  const lines = reading.problems.map(
    ({ path, found: what, expected }, index) => `  ${index + 1}. ${path}: found ${what}; expected ${expected}`,
  );
  return refuse(`${nameOrPath} has ${lines.length === 1 ? 'a problem' : `${lines.length} problems`}:\n${lines.join('\n')}`);
}

const options = readArguments();
const first = read(options.scenario, null);
const second = options.against === undefined ? null : read(options.against, first.found);
// Both get the seed of the first: they are compared on the same customers.
const seed = options.seed ?? first.read.scenario.seed ?? 1;
const seeds = Array.from({ length: options.days ?? 1 }, (_, day) => seed + day);

const tell = ({ scenario, configuration }: Read): Told => ({ name: scenario.name, days: playDays(scenario, configuration, seeds) });
const a = tell(first.read);
const b = second === null ? null : tell(second.read);

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
