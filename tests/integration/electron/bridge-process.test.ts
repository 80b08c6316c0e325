import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BridgeProcess } from '../../../electron/bridge-host/index.ts';

let folder: string;
let said: string[];
let running: BridgeProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crosspoint-start-'));
  said = [];
});
afterEach(async () => {
  running?.kill();
  await running?.ended;
  rmSync(folder, { recursive: true, force: true });
});

/** A small program that behaves as a bridge does towards whoever started it. */
function bridge(source: string, limits: { readyLimitMs?: number; drainLimitMs?: number } = {}): BridgeProcess {
  const program = join(folder, 'bridge.mjs');
  writeFileSync(program, source);
  running = new BridgeProcess({
    node: process.execPath,
    program,
    args: [],
    cwd: folder,
    logFile: join(folder, 'bridge.log'),
    readyLimitMs: 10_000,
    drainLimitMs: 10_000,
    say: (line) => said.push(line),
    ...limits,
  });
  return running;
}

const ready = `console.log(JSON.stringify({ level: 30, msg: 'bridge:ready', http: 'http://127.0.0.1:1', sip: '127.0.0.1:2', mail: '127.0.0.1:3' }));`;
const stay = 'setInterval(() => {}, 1000);';

test('is ready with the addresses it printed, and drains when asked', async () => {
  const started = bridge(`process.on('SIGTERM', () => process.exit(0)); ${ready} ${stay}`);
  expect(await started.ready).toEqual({ http: 'http://127.0.0.1:1', sip: '127.0.0.1:2', mail: '127.0.0.1:3' });
  await started.drain();
  expect(await started.ended).toEqual({ code: 0, signal: null });
});

test('keeps the log in a file and shows only warnings', async () => {
  const started = bridge(
    `console.log(JSON.stringify({ level: 30, msg: 'call:received' })); console.log(JSON.stringify({ level: 40, msg: 'disk:slow' })); ${ready}`,
  );
  await started.ended;
  expect(said).toEqual(['warning: disk:slow']);
  expect(readFileSync(join(folder, 'bridge.log'), 'utf8')).toContain('call:received');
});

test('gives what the bridge said when it could not start', async () => {
  const started = bridge(`console.error('Port 8600 is taken by another program.'); process.exit(1);`);
  await expect(started.ready).rejects.toThrow('Port 8600 is taken by another program.');
  expect((await started.ended).code).toBe(1);
});

test('does not wait for ever for a bridge that is never ready', async () => {
  const started = bridge(stay, { readyLimitMs: 300 });
  await expect(started.ready).rejects.toThrow('was not ready within 0.3 s');
  expect((await started.ended).signal).toBe('SIGKILL');
});

test('kills a bridge that does not drain in time', async () => {
  const started = bridge(`process.on('SIGTERM', () => {}); ${ready} ${stay}`, { drainLimitMs: 300 });
  await started.ready;
  await started.drain();
  expect((await started.ended).signal).toBe('SIGKILL');
});
