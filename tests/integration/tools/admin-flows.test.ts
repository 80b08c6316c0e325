import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { promptNames } from '../../../cti-bridge/channels/voice/prompt-names.ts';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { openStore, type Store } from '../../../cti-bridge/store/index.ts';
import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import { exportFlows, importFlows } from '../../../tools/admin/flows.ts';
import { readAdminOptions } from '../../../tools/admin/options.ts';
import { inProject } from '../../../tools/project.ts';
import { giveDemoData } from '../../support/demo-data.ts';

const by = { userId: 'system', name: 'System' };
let home: string;
let store: Store;
let shipped: readonly string[];
let folder: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'crosspoint-flows-'));
  await giveDemoData(join(home, 'data'));
  store = await openStore({ path: join(home, 'data'), clock: systemClock, log: silentLog, seed: 'none' });
  shipped = await promptNames(inProject('assets', 'prompts'));
});
afterAll(async () => {
  await store.stop();
  rmSync(home, { recursive: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(home, 'files-'));
});

const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Flow;
function write(name: string, contents: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof contents === 'string' ? contents : JSON.stringify(contents));
  return file;
}
const take = (files: readonly string[], isDryRun = false) => importFlows(store, files, { shipped, isDryRun, note: 'agreed', at: 7, by });
const liveVersions = async () => (await store.flows.readAll()).map(({ flowId, live }) => [flowId, live?.version]);
const exportedFiles = async () => {
  await exportFlows(store.flows, folder);
  return readdirSync(folder).map((name) => join(folder, name));
};

describe('flows as files', () => {
  it('are taken in again without a difference', async () => {
    const before = await liveVersions();
    const files = await exportedFiles();
    expect(files.length).toBe(before.length);
    expect(await take(files)).toEqual({ ok: true, lines: ['0 flows differ.'] });
    expect(await liveVersions()).toEqual(before);
  });

  it('go live with what was edited in them, and a dry run only lists it', async () => {
    await exportedFiles();
    const flow = read('direct.json');
    const changed = write('direct.json', { ...flow, name: { en: 'Very key accounts', zh: flow.name.zh } });
    const dry = await take([changed], true);
    expect(dry).toMatchObject({ ok: true });
    expect(dry.lines).toEqual([`direct ~ the flow name/en  ${flow.name.en} -> Very key accounts`, '1 flow differs.']);
    expect((await store.flows.read('direct'))?.live?.version).toBe(1);
    expect((await take([changed])).lines.at(-1)).toBe('direct is live in version 2.');
    const [history] = await store.configuration.history(null, 1);
    expect(history).toMatchObject({ by, note: 'flow direct published: import of direct.json: agreed' });
    expect((await store.flows.read('direct'))?.draft).toBeNull();
  });

  it('that are broken, of a newer version, made to loop or twice there are refused whole, with all that is wrong', async () => {
    await exportedFiles();
    const flow = read('direct.json');
    const before = await liveVersions();
    const loop: Flow = {
      ...flow,
      flowId: 'loop',
      start: 'answer',
      nodes: {
        answer: { kind: 'answer', exits: { next: 'say' } },
        say: { kind: 'play', prompts: ['welcome'], exits: { next: 'say' } },
      },
      tests: [],
      layout: {},
    };
    const refused = await take([
      write('broken.json', '{"format": 1,'),
      write('newer.json', { ...flow, flowId: 'newer', format: 99 }),
      write('loop.json', loop),
      write('again.json', { ...loop, nodes: { ...loop.nodes, say: { kind: 'queue', queueId: 'nowhere', priority: null, exits: {} } } }),
      join(folder, 'missing.json'),
      write('fine.json', { ...flow, flowId: 'fine' }),
    ]);
    expect(refused.ok).toBe(false);
    const said = refused.lines.join('\n');
    expect(said).toMatch(/^broken\.json: is no JSON/m);
    expect(said).toMatch(/^newer\.json: .*newer/m);
    expect(said).toMatch(/^loop\.json: say/m);
    expect(said).toMatch(/^again\.json: say .*nowhere/m);
    expect(said).toContain('again.json: the flow loop is in another of these files already');
    expect(said).toContain('missing.json: cannot be read (ENOENT)');
    expect(said).not.toContain('fine.json');
    expect(refused.lines.at(-1)).toMatch(/problems; nothing was changed\.$/);
    expect(await liveVersions()).toEqual(before);
  });

  it('do not take the place of a draft that somebody works on', async () => {
    await exportedFiles();
    const flow = read('direct.json');
    await store.flows.saveDraft({ flow, basedOn: null, writingId: null, at: 1, by: { userId: 'eve', name: 'Eve' } });
    const refused = await take([write('direct.json', { ...flow, name: { en: 'Mine', zh: '我' } })]);
    expect(refused).toMatchObject({
      ok: false,
      lines: ['direct.json: Eve works on a draft of direct; publish or discard it first', '1 problem; nothing was changed.'],
    });
  });
});

describe('the options of npm run admin for flows', () => {
  const options = (...args: string[]) => readAdminOptions(args, '/home');

  it('are a folder to export into, or files to take in', () => {
    expect(options('flows', 'export', 'flows')).toEqual({
      ok: true,
      value: { verb: 'exportFlows', folder: '/home/flows', dataFolder: '/home/data' },
    });
    expect(options('flows', 'import', 'a.json', '/b.json', '--dry-run', '--note', 'why', '--data', 'd')).toEqual({
      ok: true,
      value: { verb: 'importFlows', files: ['/home/a.json', '/b.json'], dataFolder: '/home/d', isDryRun: true, note: 'why' },
    });
  });

  it.each([
    ['flows'],
    ['flows', 'publish', 'x'],
    ['flows', 'import'],
    ['flows', 'export'],
    ['flows', 'export', 'a', 'b'],
    ['flows', 'export', 'a', '--dry-run'],
  ])('%s %s %s says what is missing', (...args) =>
    expect(options(...args)).toMatchObject({ ok: false, error: expect.stringMatching(/\.$/) }),
  );
});
