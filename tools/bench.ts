/**
 * `npm run bench -- NAME [--json]`: runs tests/load/NAME.bench.ts and prints its figures, as a table or as one JSON object
 * `{bench, figures: [{name, value, unit, at}]}`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildBridge } from './build-bridge.ts';
import { buildDesktop } from './build-desktop.ts';
import { type Bench, type Figure, figuresTable } from './figures.ts';
import { inProject } from './project.ts';

const folder = inProject('tests', 'load');
const ending = '.bench.ts';

function available(): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
}

function refuse(message: string): never {
  const names = available();
  console.error(`${message}\nUsage: npm run bench -- NAME [--json]\nBenches: ${names.length > 0 ? names.join(', ') : 'none yet'}`);
  process.exit(2);
}

function readArguments(): { name: string; isJson: boolean } {
  try {
    const { values, positionals } = parseArgs({ options: { json: { type: 'boolean', default: false } }, allowPositionals: true });
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) return refuse('Give the name of one bench.');
    if (!available().includes(name)) return refuse(`There is no bench called ${name}.`);
    return { name, isJson: values.json };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

const { name, isJson } = readArguments();
const { bench } = (await import(pathToFileURL(`${folder}/${name}${ending}`).href)) as { bench: Bench };
// The answer alone goes to standard output; whatever the bench and the code under it say goes to the other stream.
const answer = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
let figures: readonly Figure[];
try {
  // What is measured is the bridge and the desktop of these sources, as they are started.
  await buildBridge(console.error);
  await buildDesktop(console.error);
  figures = await bench.run();
} catch (error) {
  console.error(`The bench ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exit(1);
}
const text = isJson ? JSON.stringify({ bench: bench.name, figures }) : figuresTable(bench.name, figures);
answer(`${text}\n`, () => process.exit(0));
