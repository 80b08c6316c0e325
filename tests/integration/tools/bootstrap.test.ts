import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inProject } from '../../../tools/project.ts';

/** A project of its own, with a stand-in for npm that installs nothing but a link to this Node and counts how often it was asked. */
let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'crosspoint-bootstrap-'));
  mkdirSync(join(project, 'tools'));
  copyFileSync(inProject('tools', 'bootstrap.mjs'), join(project, 'tools', 'bootstrap.mjs'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module', dependencies: { one: '1.0.0' } }));
  writeFileSync(join(project, 'package-lock.json'), '{}');
  writeFileSync(
    join(project, 'tools', 'say.ts'),
    'const words: string[] = process.argv.slice(2);\nconsole.log(words.join(" "));\nprocess.exitCode = 7;\n',
  );
  npm(`
    rmSync('node_modules', { recursive: true, force: true });
    mkdirSync('node_modules/.bin', { recursive: true });
    symlinkSync(${JSON.stringify(process.execPath)}, 'node_modules/.bin/node');
    appendFileSync('installs', 'x');`);
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function npm(body: string): void {
  const names = 'appendFileSync, mkdirSync, rmSync, symlinkSync';
  writeFileSync(join(project, 'npm.mjs'), `import { ${names} } from 'node:fs';\n${body}\n`);
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(program: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(project, 'tools', 'bootstrap.mjs'), program, ...args], {
    cwd: tmpdir(),
    env: { ...process.env, npm_execpath: join(project, 'npm.mjs') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk));
  const ended = new Promise<Ended>((resolve) => child.on('close', (code, signal) => resolve({ code, signal, ...said })));
  return { child, ended };
}

const installs = () => (existsSync(join(project, 'installs')) ? readFileSync(join(project, 'installs'), 'utf8').length : 0);

test('installs once, then runs the program with its arguments and ends with its code', async () => {
  const first = await start('tools/say.ts', 'hello', '--there').ended;
  expect(first).toMatchObject({ code: 7, stdout: 'hello --there\n' });
  expect(first.stderr).toContain('Installing the locked dependencies');
  const second = await start('tools/say.ts', 'again').ended;
  expect(second).toMatchObject({ code: 7, stdout: 'again\n', stderr: '' });
  expect(installs()).toBe(1);
});

test('installs again when the lock or the wanted dependencies change, not when a script does', async () => {
  await start('tools/say.ts').ended;
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module', scripts: { x: 'y' }, dependencies: { one: '1.0.0' } }));
  await start('tools/say.ts').ended;
  expect(installs()).toBe(1);
  writeFileSync(join(project, 'package-lock.json'), '{"changed":true}');
  await start('tools/say.ts').ended;
  expect(installs()).toBe(2);
});

test('installs once when two commands start together', async () => {
  const both = await Promise.all([start('tools/say.ts', 'a').ended, start('tools/say.ts', 'b').ended]);
  expect(both.map(({ code }) => code)).toEqual([7, 7]);
  expect(installs()).toBe(1);
});

test('takes over from an installer that died', async () => {
  mkdirSync(join(project, 'dist'));
  writeFileSync(join(project, 'dist', 'install.lock'), '999999999');
  expect((await start('tools/say.ts').ended).code).toBe(7);
});

test('says in one message that the installation failed, and runs nothing', async () => {
  npm(`console.error('npm error code ENOTFOUND\\nnpm error network request to the registry failed'); process.exit(1);`);
  const { code, stdout, stderr } = await start('tools/say.ts').ended;
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('The dependencies could not be installed: network request to the registry failed');
  expect(existsSync(join(project, 'dist', 'install.lock'))).toBe(false);
});

test('ends the program when the shell that npm started it in is ended', async () => {
  writeFileSync(
    join(project, 'tools', 'serve.ts'),
    "process.once('SIGTERM', () => { console.log('drained'); process.exit(0); });\nsetInterval(() => {}, 1000);\nconsole.log('up');\n",
  );
  const command = `${process.execPath} ${join(project, 'tools', 'bootstrap.mjs')} tools/serve.ts; true`;
  const env = { ...process.env, npm_execpath: join(project, 'npm.mjs'), npm_lifecycle_event: 'start' };
  const shell = spawn('sh', ['-c', command], { cwd: project, env, stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  const closed = new Promise((resolve) => shell.stdout.once('close', resolve));
  await new Promise<void>((resolve) =>
    shell.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
      resolve();
    }),
  );
  shell.kill('SIGKILL');
  await closed;
  expect(said).toBe('up\ndrained\n');
});

test.each(['SIGINT', 'SIGTERM'] as const)('passes %s on and lets the program end in its own time', async (signal) => {
  writeFileSync(
    join(project, 'tools', 'serve.ts'),
    `process.once('${signal}', () => setTimeout(() => { console.log('drained'); process.exit(0); }, 50));\nsetInterval(() => {}, 1000);\nconsole.log('up');\n`,
  );
  const { child, ended } = start('tools/serve.ts');
  await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  child.kill(signal);
  expect(await ended).toMatchObject({ code: 0, stdout: 'up\ndrained\n' });
});
