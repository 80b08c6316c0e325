import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoPassword, margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { ChildProgram } from '../../support/child-program.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { ScriptedPhone } from '../../support/scripted-phone/index.ts';

const main = fileURLToPath(new URL('../../../dist/bridge/main.js', import.meta.url));

/** The bridge as a program: how it starts, what it says when it cannot, how it ends. */
describe('the bridge as a program', () => {
  let folder: string;
  const programs: ChildProgram[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'crosspoint-process-'));
  });
  afterEach(async () => {
    for (const program of programs.splice(0)) {
      program.kill();
      await program.exited;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (...args: readonly string[]) => startNode(main, '--data', join(folder, 'data'), ...args);
  function startNode(...args: readonly string[]): ChildProgram {
    const program = new ChildProgram('bridge', process.execPath, args, {
      cwd: folder,
      limitMs: 40_000,
    });
    programs.push(program);
    return program;
  }
  async function ready(
    program: ChildProgram,
  ): Promise<{ readonly http: string; readonly sip: { readonly host: string; readonly port: number } }> {
    const { what } = await program.journal.wait(/"msg":"bridge:ready"/, 20_000);
    const { http, sip } = JSON.parse(what) as { http: string; sip: string };
    const [host = '', port = ''] = sip.split(':');
    return { http, sip: { host, port: Number(port) } };
  }
  const said = (program: ChildProgram) => program.journal.notes.map(({ what }) => what).filter((what) => !what.startsWith('{'));

  it('drains at Ctrl-C with an agent signed in and a call up, and exits with 0', { timeout: 60_000 }, async () => {
    const program = start('--port', '0', '--sip-port', '0');
    const { http, sip } = await ready(program);
    const desktop = await ScriptedDesktop.logIn({ bridge: http, username: 'lena.hartmann', password: demoPassword });
    await desktop.becomeAvailable();
    const phone = await ScriptedPhone.onTrunk({ sip });
    const call = await phone.call({ to: '1002', from: margaretOkafor.number });
    await call.answered();
    await desktop.answer();
    await desktop.push('interaction:assigned');
    program.interrupt();
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' });
    expect(await program.exited).toBe(0);
    await phone.close();
    await desktop.close();
  });

  it('notes a bug that no story caught, and the house stands', { timeout: 60_000 }, async () => {
    const plant = "process.on('SIGUSR2', () => { void Promise.reject(new Error('planted rejection')); throw new Error('planted bug'); })";
    const program = startNode(
      '--import',
      `data:text/javascript,${encodeURIComponent(plant)}`,
      main,
      '--data',
      join(folder, 'data'),
      '--port',
      '0',
      '--sip-port',
      '0',
    );
    const { http } = await ready(program);
    process.kill(program.pid, 'SIGUSR2');
    await program.journal.wait(/bug:uncaughtException/, 5_000);
    await program.journal.wait(/bug:unhandledRejection/, 5_000);
    expect((await fetch(`${http}/health`)).status).toBe(200);
    program.interrupt();
    expect(await program.exited).toBe(0);
  });

  it('says which port is taken, and exits with 1', { timeout: 60_000 }, async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const http = start('--port', String(port), '--sip-port', '0');
    expect(await http.exited).toBe(1);
    expect(said(http)).toEqual([expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`)]);
    server.close();

    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await new Promise((resolve) => socket.once('listening', resolve));
    const sip = start('--port', '0', '--sip-port', String(socket.address().port));
    expect(await sip.exited).toBe(1);
    expect(said(sip)).toEqual([expect.stringContaining(`SIP port ${socket.address().port} (UDP) on 127.0.0.1 is taken`)]);
    socket.close();
  });

  it('says that a data folder cannot be used, and exits with 1', { timeout: 60_000 }, async () => {
    writeFileSync(join(folder, 'data'), 'a file where the folder should be');
    const program = start('--port', '0', '--sip-port', '0');
    expect(await program.exited).toBe(1);
    expect(said(program)).toEqual([expect.stringContaining(join(folder, 'data'))]);
  });

  it('refuses demo accounts on anything but loopback, and tells all problems of a configuration at once', async () => {
    const program = start('--host', '0.0.0.0', '--sip-port', 'many');
    expect(await program.exited).toBe(1);
    const text = said(program).join('\n');
    expect(text).toContain('2 problems');
    expect(text).toContain('http.host');
    expect(text).toContain('sip.port');
  });
});
