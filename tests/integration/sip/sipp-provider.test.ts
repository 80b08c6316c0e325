import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { createIdSource, silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { createSipStack, type SipStack, type TrunkLine } from '../../../cti-bridge/sip/index.ts';
import { ChildProgram } from '../../support/child-program.ts';
import { sippProgram } from '../../support/sipp.ts';

/** sipp as the provider of a trunk: it looks at our password for the registration and for every call. */

const offer = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\n';
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

/** Takes so many registrations and calls, then ends. */
async function startProvider(dialogs: number) {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-provider-'));
  const port = await freePort();
  const scenario = fileURLToPath(new URL('../../fixtures/sipp/provider.xml', import.meta.url));
  const args = ['-sf', scenario, '-i', '127.0.0.1', '-mi', '127.0.0.1', '-p', String(port), '-m', String(dialogs), '-nostdin'];
  const logs = ['-timeout', '25s', '-timeout_error', '-trace_err', '-error_file', 'errors.log'];
  const program = new ChildProgram('sipp provider', sippProgram, [...args, ...logs], { cwd: folder, limitMs: 27_000 });
  closers.push(async () => {
    program.kill();
    await program.exited;
    rmSync(folder, { recursive: true, force: true });
  });
  const errors = () => {
    try {
      return readFileSync(join(folder, 'errors.log'), 'utf8');
    } catch {
      return '';
    }
  };
  return { port, exited: program.exited, errors };
}

async function startStack(port: number, password: string): Promise<SipStack> {
  const stack = createSipStack({
    config: {
      domain: 'crosspoint.invalid',
      product: 'Crosspoint',
      listeners: [{ transport: 'UDP', host: '127.0.0.1', port: 0 }],
      advertised: null,
      trunks: [],
      inviteRateLimit: 100,
    },
    clock: systemClock,
    ids: createIdSource(systemClock),
    log: silentLog,
    credentials: () => null,
  });
  await stack.start();
  closers.push(() => stack.stop());
  const line: TrunkLine = {
    trunkId: 'carrier',
    host: '127.0.0.1',
    port,
    transport: 'UDP',
    credentials: { username: 'northline', password },
    register: { registrar: null, expiresSeconds: 300 },
    takesCallsIn: true,
    sources: [],
    pingSeconds: null,
  };
  stack.trunks.configure([line]);
  return stack;
}

const registration = (stack: SipStack) => stack.trunks.states()[0]?.registration;

it('registers with a provider that asks for a password, and calls over it', { timeout: 40_000 }, async () => {
  const provider = await startProvider(2);
  const stack = await startStack(provider.port, 'line-secret');
  await expect.poll(() => registration(stack), { timeout: 25_000 }).toBe('registered');
  const heard: number[] = [];
  const leg = stack.trunks.dial({
    routes: [{ trunkId: 'carrier', number: '13900004126', shown: '057487001000', isWithheld: false, offer }],
  });
  leg?.onProgress((status) => heard.push(status));
  expect(await leg?.outcome).toMatchObject({ ok: true });
  expect(heard).toEqual([180]);
  expect(stack.trunks.states()).toMatchObject([{ isUp: true, callsNow: 1, problem: null }]);
  leg?.hangUp();
  expect(await provider.exited, provider.errors()).toBe(0);
  await expect.poll(() => stack.trunks.states()[0]?.callsNow).toBe(0);
});

it('tells that the provider refuses a wrong password', { timeout: 40_000 }, async () => {
  const provider = await startProvider(1);
  const stack = await startStack(provider.port, 'not-the-secret');
  await expect.poll(() => registration(stack), { timeout: 25_000 }).toBe('failed');
  expect(stack.trunks.states()[0]?.problem).toContain('refuses our registration (403');
});
