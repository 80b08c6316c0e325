import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AttemptLimiter, verifyLogin } from '../../../cti-bridge/identity/index.ts';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { openStore, type Store } from '../../../cti-bridge/store/index.ts';
import { Administering } from '../../../tools/admin/administering.ts';
import { configurationText, readConfigurationText } from '../../../tools/admin/configuration-file.ts';
import { readAdminOptions } from '../../../tools/admin/options.ts';
import { inProject } from '../../../tools/project.ts';
import { giveDemoData } from '../../support/demo-data.ts';
import { anyChange, smallConfiguration } from '../../unit/organisation/configurations.ts';

let home: string;
let folder: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'crosspoint-admin-'));
  await giveDemoData(join(home, 'demo'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(home, 'test-'));
  cpSync(join(home, 'demo'), join(folder, 'data'), { recursive: true });
});

function open(path: string, seed: 'demo' | 'none' = 'demo'): Promise<Store> {
  return openStore({ path, clock: systemClock, log: silentLog, seed });
}

async function inStore<Value>(work: (store: Store) => Promise<Value>): Promise<Value> {
  const store = await open(join(folder, 'data'));
  try {
    return await work(store);
  } finally {
    await store.stop();
  }
}

interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `npm run admin` does, without a program of its own; `input`: what is typed as the password. */
async function admin(args: readonly string[], { input = '' }: { readonly input?: string } = {}): Promise<Answer> {
  let stdout = '';
  let stderr = '';
  const administering = new Administering({
    folder,
    say: (...lines) => (stdout += `${lines.join('\n')}\n`),
    complain: (...lines) => (stderr += `${lines.join('\n')}\n`),
    readSecret: async () => input,
  });
  return { code: await administering.run(args), stdout, stderr };
}

/** `npm run admin` as it is typed, without npm. */
function typed(args: readonly string[], more: { readonly input?: string; readonly env?: Record<string, string> } = {}) {
  const child = spawn(process.execPath, [inProject('tools', 'bootstrap.mjs'), 'tools/admin.ts', ...args], {
    env: {
      ...process.env,
      NODE_OPTIONS: `--import ${inProject('tests', 'support', 'use-built-programs.ts')}`,
      ...more.env,
      INIT_CWD: folder,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk));
  child.stdin.end(more.input ?? '');
  return new Promise<Answer>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

const fileOf = (name: string) => join(folder, name);
const edit = (name: string, change: (text: string) => string) => writeFileSync(fileOf(name), change(readFileSync(fileOf(name), 'utf8')));

describe('npm run admin', () => {
  it('exports what it takes in again without a difference, and lists each change of what was edited', async () => {
    expect(await typed(['export', 'us.yaml'])).toMatchObject({ code: 0, stderr: '' });
    expect(await typed(['diff', 'us.yaml'])).toEqual({ code: 0, stdout: 'Nothing differs.\n', stderr: '' });

    edit('us.yaml', (text) =>
      text
        .replace('ringSeconds: 20', 'ringSeconds: 25')
        .replace('- id: key-accounts', '- id: vip')
        .replaceAll('team: key-accounts', 'team: vip'),
    );
    const dry = await admin(['import', 'us.yaml', '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(dry.stdout).toContain('~ queues/billing/ringSeconds  20 -> 25\n');
    expect(dry.stdout).toMatch(/^- teams\/key-accounts .*"orgUnit":"ningbo"/m);
    expect(dry.stdout).toMatch(/^\+ teams\/vip /m);
    expect(dry.stdout).toContain('~ users/user-lena-hartmann/agent/team  "key-accounts" -> "vip"\n');
    expect(await inStore((store) => store.configuration.read())).toMatchObject({ revision: 0 });

    const done = await admin(['import', 'us.yaml', '--note', 'as agreed']);
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout.startsWith(dry.stdout.trimEnd())).toBe(true);
    await inStore(async (store) => {
      const { revision, configuration } = await store.configuration.read();
      expect([revision, configuration.queues[0]?.ringSeconds]).toEqual([1, 25]);
      const [entry] = await store.configuration.history(null, 5);
      expect(entry).toMatchObject({ by: { name: 'System' }, note: 'import of us.yaml: as agreed' });
      expect(`${entry?.changes.length} changes.`).toBe(dry.stdout.trimEnd().split('\n').at(-1));
    });
  });

  it('refuses a file with problems whole, with every one of them', async () => {
    await admin(['export', 'us.yaml']);
    edit('us.yaml', (text) =>
      text
        .replace('needs: billing >= 3', 'needs: magic >= 3')
        .replace('extension: "6013"', 'extension: "6012"')
        .replace('prompt: queue-closed', 'prompt: queue-shut')
        .replace('timeZone: Europe/London', 'timeZone: Europe/Londinium')
        .replace('{env: CITY_EXCHANGE_PASSWORD}', 'hunter2'),
    );
    const refused = await typed(['import', 'us.yaml']);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    for (const path of [
      'queues/billing/needs',
      'queues/billing/whenClosed/prompt',
      'users/user-lin-wei/agent/extension',
      'hours/office-uk/timeZone',
      'trunks/city-exchange/password',
    ])
      expect(refused.stderr).toMatch(new RegExp(`^${path}\\n {2}found {5}.+\\n {2}expected {2}.+$`, 'm'));
    expect(refused.stderr).toContain('5 problems; nothing was changed.');
    expect(refused.stderr).not.toContain('hunter2');
    expect(await inStore((store) => store.configuration.read())).toMatchObject({ revision: 0 });
  });

  it('takes in what announces a prompt that was made there, and refuses one that nobody hears in both languages', async () => {
    const by = { userId: 'user-admin', name: 'Administrator' };
    const sound = { soundId: 'sound-1', origin: 'recorded', durationMs: 900, at: 1, by } as const;
    const make = (store: Store, promptId: string, zh: typeof sound | null) =>
      store.prompts.save({
        at: 1,
        by,
        note: 'made',
        basedOn: 0,
        prompt: { promptId, texts: { en: '', zh: '' }, sounds: { en: sound, zh } },
      });
    await inStore(async (store) => [await make(store, 'our-notice', sound), await make(store, 'half-notice', null)]);
    expect(await admin(['export', 'us.yaml'])).toMatchObject({ code: 0 });
    edit('us.yaml', (text) => text.replaceAll('announcement: call-recorded', 'announcement: our-notice'));
    expect(await admin(['import', 'us.yaml'])).toMatchObject({ code: 0, stderr: '' });
    edit('us.yaml', (text) => text.replaceAll('announcement: our-notice', 'announcement: half-notice'));
    expect(await admin(['import', 'us.yaml'])).toMatchObject({ code: 1, stderr: expect.stringContaining('half-notice') });
  });

  it('takes in a flow after the call that is live there, and no other', async () => {
    await admin(['export', 'us.json']);
    const write = (afterCall: string) =>
      edit('us.json', (text) => {
        const all = JSON.parse(text);
        all.queues[0].afterCall = afterCall;
        return JSON.stringify(all);
      });
    write('polling');
    const refused = await admin(['import', 'us.json']);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/afterCall.*polling.*a flow that is live: /s);
    expect(await admin(['import', 'us.json', '--data', 'new'])).toMatchObject({ code: 0, stderr: '' });
    write('hotline-en');
    expect(await admin(['import', 'us.json'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('says what it cannot read, and with 2 what it cannot understand', async () => {
    writeFileSync(fileOf('broken.yaml'), 'queues: [\n');
    writeFileSync(fileOf('latin.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9]));
    writeFileSync(fileOf('huge.json'), `"${'x'.repeat(5 * 1024 * 1024)}"`);
    const answers = await Promise.all(
      [
        ['import', 'nowhere.yaml'],
        ['import', 'broken.yaml'],
        ['diff', 'latin.yaml'],
        ['import', 'huge.json'],
        ['export', 'nowhere/us.yaml'],
        ['export', 'us.yaml', '--data', 'empty'],
      ].map((args) => admin(args)),
    );
    expect(answers.map(({ code, stdout }) => [code, stdout])).toEqual(answers.map(() => [1, '']));
    expect(answers.map(({ stderr }) => stderr)).toEqual([
      expect.stringContaining('nowhere.yaml cannot be read (ENOENT)'),
      expect.stringMatching(/broken\.yaml, line \d/),
      expect.stringContaining('latin.yaml is not UTF-8 text'),
      expect.stringContaining('huge.json has 5.0 MB'),
      expect.stringContaining('cannot be written (ENOENT)'),
      expect.stringContaining('There is no data in'),
    ]);
    const { code, stderr } = await typed(['export', 'us.txt']);
    expect(code).toBe(2);
    expect(stderr).toContain('Usage: npm run admin -- export FILE');
    for (const args of [[], ['burn', 'us.yaml'], ['export'], ['export', 'us.yaml', '--dry-run'], ['import', 'a.yaml', 'b.yaml']])
      expect(readAdminOptions(args, folder), args.join(' ')).toMatchObject({ ok: false });
  });

  it('does not touch the data of a bridge that runs', async () => {
    await inStore(async () => {
      const { code, stderr } = await typed(['export', 'us.yaml']);
      expect(code).toBe(1);
      expect(stderr).toBe(
        `A bridge is running on ${fileOf('data')}. Use the administration screens of the desktop, or stop the bridge first.\n`,
      );
      expect(existsSync(fileOf('us.yaml'))).toBe(false);
    });
  });

  it('sets up a new bridge from a file alone, and gives its people passwords', async () => {
    writeFileSync(fileOf('ours.json'), configurationText(smallConfiguration(), 'ours.json'));
    const done = await admin(['import', 'ours.json', '--data', 'fresh']);
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toContain('2 of 2 people cannot sign in yet, because they have no password: ada, ana.');
    expect(await admin(['password', 'ada', '--data', 'fresh'], { input: 'short' })).toMatchObject({
      code: 1,
      stderr: 'A password has 8 to 200 characters.\n',
    });
    expect(await admin(['password', 'nobody', '--data', 'fresh'], { input: 'long enough' })).toMatchObject({
      code: 1,
      stderr: 'There is no user nobody.\n',
    });
    expect(await typed(['password', 'Ada', '--data', 'fresh'], { input: 'long enough\n' })).toMatchObject({ code: 0, stderr: '' });
    const store = await open(fileOf('fresh'), 'none');
    const logIn = (username: string) => verifyLogin(store.users, new AttemptLimiter(), username, 'long enough', '127.0.0.1', 1);
    expect([(await logIn('ada')).ok, (await logIn('ana')).ok]).toEqual([true, false]);
    await store.stop();
  });

  it('exports no secret and no hash, of all that there are', async () => {
    const word = (index: number) => `planted-secret-${index}-${'x'.repeat(12)}`;
    const env: Record<string, string> = {};
    for (let index = 0; index < 5; index++) env[`TRUNK_SECRET_${index}`] = word(index);
    for (let index = 5; index < 10; index++) writeFileSync(fileOf(`secret-${index}`), word(index));
    await inStore(async (store) => {
      const { revision, configuration } = await store.configuration.read();
      const [trunk] = configuration.trunks;
      if (!trunk) throw new Error('there is a trunk');
      const trunks = Array.from({ length: 10 }, (_, index) => ({
        ...trunk,
        id: `trunk-${index}`,
        password: index < 5 ? { env: `TRUNK_SECRET_${index}` } : { file: fileOf(`secret-${index}`) },
      }));
      await store.configuration.save({ ...anyChange, basedOn: revision, configuration: { ...configuration, trunks } });
    });
    for (let index = 10; index < 13; index++)
      expect(await admin(['password', 'lena.hartmann'], { input: word(index) })).toMatchObject({ code: 0 });
    for (const file of ['us.yaml', 'us.json']) expect(await typed(['export', file], { env })).toMatchObject({ code: 0 });

    const sqlite = new Sqlite(join(folder, 'data', 'crosspoint.db'), { readonly: true });
    const hashes = sqlite.prepare('select password_hash from login').pluck().all() as string[];
    sqlite.close();
    const secrets = [
      ...Array.from({ length: 13 }, (_, index) => word(index)),
      ...new Set(hashes),
      '$argon2',
      'password_hash',
      'passwordHash',
      'is_demo',
      'hunter2',
    ];
    expect(secrets.length).toBeGreaterThanOrEqual(20);
    for (const file of ['us.yaml', 'us.json']) {
      const text = readFileSync(fileOf(file), 'utf8');
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      expect(text).toContain('TRUNK_SECRET_4');
      expect(readConfigurationText(text, file)).toMatchObject({ ok: true });
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
  });
});
