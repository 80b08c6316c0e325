import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { demoPassword, margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { ChildProgram } from '../../support/child-program.ts';
import { giveDemoData } from '../../support/demo-data.ts';
import { lastingPort } from '../../support/free-port.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { knownSoundsOf, ScriptedPhone } from '../../support/scripted-phone/index.ts';

const main = fileURLToPath(new URL('../../../dist/bridge/main.js', import.meta.url));
const known = knownSoundsOf(fileURLToPath(new URL('../../../assets', import.meta.url)));

/** A bridge as a program of its own, with callers and desktops as they come. Whoever is left when the test ends is ended. */
export class BridgeProgram {
  readonly #child: ChildProgram;
  readonly http: string;
  readonly sip: { readonly host: string; readonly port: number };
  readonly known = known;

  private constructor(child: ChildProgram, said: { readonly http: string; readonly sip: string }) {
    const [host = '', port = ''] = said.sip.split(':');
    this.#child = child;
    this.http = said.http;
    this.sip = { host, port: Number(port) };
  }

  /** On these ports, one that stays free over a restart where it is 0; an empty folder is given the demo's data. Further settings by the names of their environment variables. */
  static async start(folder: string, sipPort = 0, httpPort = 0, env: Readonly<Record<string, string>> = {}): Promise<BridgeProgram> {
    if (!existsSync(folder) || (await readdir(folder)).length === 0) await giveDemoData(folder);
    const renderer = fileURLToPath(new URL('../../../dist/renderer', import.meta.url));
    const [port, sip] = [httpPort || (await lastingPort()), sipPort || (await lastingPort())];
    const args = [main, '--data', folder, '--port', String(port), '--sip-port', String(sip), '--renderer', renderer];
    const child = new ChildProgram('bridge', process.execPath, args, { cwd: tmpdir(), limitMs: 80_000, env });
    onTestFinished(async () => {
      child.kill();
      await child.exited;
    });
    const { what } = await child.journal.wait(/"msg":"bridge:ready"/, 30_000);
    return new BridgeProgram(child, JSON.parse(what) as { http: string; sip: string });
  }

  async signIn(username: string): Promise<ScriptedDesktop> {
    const desktop = await ScriptedDesktop.logIn({ bridge: this.http, username, password: demoPassword });
    onTestFinished(() => desktop.close());
    await desktop.becomeAvailable();
    return desktop;
  }

  /** A phone on the trunk that calls. */
  async caller(): Promise<ScriptedPhone> {
    const phone = await ScriptedPhone.onTrunk({ sip: this.sip, known });
    onTestFinished(() => phone.close());
    return phone;
  }

  /** A call to a number without a menu, straight to its queue; from a phone of its own, which is returned. */
  async call(): Promise<ScriptedPhone> {
    const phone = await this.caller();
    await (await phone.call({ to: '1002', from: margaretOkafor.number })).answered();
    return phone;
  }

  /** Of the process; its media workers are children of it. */
  get pid(): number {
    return this.#child.pid;
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    this.#child.kill();
    await this.#child.exited;
  }
}
