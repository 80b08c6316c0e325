import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inProject } from '../../../tools/project.ts';

let folder: string;
let running: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crosspoint-start-'));
  running = [];
});
afterEach(() => {
  for (const child of running) child.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

/** `npm start` as it is typed, without npm. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [inProject('tools', 'bootstrap.mjs'), 'tools/start.ts', '--no-open', ...args], {
    env: { ...process.env, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
    for (const listener of listeners) listener();
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  );
  const said = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => stdout.includes(text) && resolve(stdout);
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without saying "${text}":\n${stdout}\n${stderr}`)));
    });
  return { child, ended, said };
}

describe('npm start', () => {
  test('starts the bridge, says how to try it, drains on Ctrl-C and starts again on the same data', async () => {
    for (const _ of ['first', 'second']) {
      const { child, ended, said } = start('--port', '0', '--sip-port', '0', '--data', 'data');
      const text = await said('--no-open was given');
      const address = /Desktop {3}(http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1] ?? '';
      expect(text).toContain('npm run call');
      const page = await fetch(address);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<div id="root">');
      child.kill('SIGINT');
      const { code, stdout, stderr } = await ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.trimEnd().endsWith('Stopped.')).toBe(true);
    }
  });

  test('has its bridge again after it was killed, at the same address', async () => {
    const { child, ended, said } = start('--port', '0', '--sip-port', '0');
    const address = /Desktop {3}(http:\/\/127\.0\.0\.1:\d+)/.exec(await said('--no-open was given'))?.[1] ?? '';
    const theBridge = ['main.js', join(folder, 'data')];
    const killed = processWith(theBridge);
    process.kill(killed, 'SIGKILL');
    await said('The bridge ended by itself (SIGKILL). It is started again.');
    const status = () =>
      fetch(address).then(
        (page) => page.status,
        () => 'not there',
      );
    await expect.poll(status, { timeout: 10_000 }).toBe(200);
    expect(processWith(theBridge)).not.toBe(killed);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  test.each([
    [['--prot', '8600'], 2, "Unknown option '--prot'"],
    [['--port', 'eight'], 2, '--port takes a port number'],
    [['--data', 'a-file'], 1, 'is not a folder'],
    [['--data', '/proc/crosspoint'], 1, 'cannot be written (ENOENT)'],
  ])('answers %j with exit %i and one message', async (args, code, message) => {
    writeFileSync(join(folder, 'a-file'), '');
    const done = await start(...args).ended;
    expect(done.code).toBe(code);
    expect(done.stderr).toContain(message);
    expect(done.stdout).toBe('');
  });
});

/** The one process of this machine whose command line has all these words. */
function processWith(words: readonly string[]): number {
  const found = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const commandLine = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      return words.every((word) => commandLine.includes(word));
    } catch {
      return false; // it ended while we looked
    }
  });
  expect(found).toHaveLength(1);
  return Number(found[0]);
}
