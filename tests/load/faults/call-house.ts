import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { buildBridge } from '../../../tools/build-bridge.ts';
import { changeConfiguration, withPhone } from '../../support/bridge.ts';
import { ChildProgram } from '../../support/child-program.ts';
import { giveDemoData } from '../../support/demo-data.ts';
import { lastingPort } from '../../support/free-port.ts';
import { knownSoundsOf, type ScriptedCall, ScriptedPhone } from '../../support/scripted-phone/index.ts';

const program = (name: string) => fileURLToPath(new URL(`../../../dist/bridge/${name}`, import.meta.url));
const known = knownSoundsOf(fileURLToPath(new URL('../../../assets', import.meta.url)));
const readyLimitMs = 60_000;

/** A caller at 440 Hz and an agent's desk phone at 700 Hz who hear each other. */
export interface TalkingPair {
  readonly caller: ScriptedCall;
  readonly desk: ScriptedCall;
}

/** A whole bridge as a process, to be killed and starved, with an agent's desk phone that is always there and a phone on the trunk. */
export class CallHouse {
  readonly folder: string;
  readonly #desk: ScriptedPhone;
  #trunk: ScriptedPhone | undefined;
  #child: ChildProgram | undefined;
  #hasExited = true;
  #http = '';
  #sip: { readonly host: string; readonly port: number };

  static async open(change: (configuration: Configuration) => Configuration = (same) => same): Promise<CallHouse> {
    await buildBridge(() => {});
    const folder = mkdtempSync(join(tmpdir(), 'crosspoint-fault-'));
    await giveDemoData(folder, 200);
    const desk = await ScriptedPhone.onDesk({ sip: null, extension: '6012', known });
    const uri = `sip:6012@${desk.sentBy}`;
    await changeConfiguration(folder, (configuration) => change(withPhone('6012', { kind: 'address', uri })(configuration)));
    return new CallHouse(folder, desk, await lastingPort());
  }

  private constructor(folder: string, desk: ScriptedPhone, sipPort: number) {
    this.folder = folder;
    this.#sip = { host: '127.0.0.1', port: sipPort };
    this.#desk = desk;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** On the same SIP port each time. `shell` goes before the program, a limit of the system for instance. */
  async start(shell = ''): Promise<void> {
    const args = ['--data', this.folder, '--port', '0', '--sip-port', String(this.#sip.port)];
    const line = `${shell} exec ${[process.execPath, program('main.js'), ...args].map((each) => `'${each}'`).join(' ')}`;
    const child = new ChildProgram('bridge', '/bin/sh', ['-c', line], { cwd: tmpdir(), limitMs: 3_600_000 });
    this.#child = child;
    this.#hasExited = false;
    void child.exited.then(() => {
      if (this.#child === child) this.#hasExited = true;
    });
    const { what } = await child.journal.wait(/"msg":"bridge:ready"/, readyLimitMs);
    const said = JSON.parse(what) as { http: string; sip: string };
    this.#http = said.http;
    const [host = '', port = ''] = said.sip.split(':');
    this.#sip = { host, port: Number(port) };
    this.#desk.aim(this.#sip);
    this.#trunk ??= await ScriptedPhone.onTrunk({ sip: this.#sip, known });
  }

  /** As a shutdown: everything is on disk afterwards. */
  async stop(): Promise<void> {
    this.#child?.interrupt();
    await this.#child?.exited;
  }

  async kill(): Promise<void> {
    this.#child?.kill();
    await this.#child?.exited;
  }

  get sipPort(): number {
    return this.#sip.port;
  }

  get http(): string {
    return this.#http;
  }

  /** What the bridge has written to its log since its latest start. */
  get log(): string {
    return this.#child?.journal.toString() ?? '';
  }

  /** Waits for a line of the log. */
  async says(line: RegExp, limitMs: number): Promise<void> {
    await this.#child?.journal.wait(line, limitMs);
  }

  /** What the bridge says of itself: nothing when it is well. */
  async health(): Promise<string> {
    return (await fetch(`${this.#http}/health`)).text();
  }

  get hasExited(): boolean {
    return this.#hasExited;
  }

  async call(): Promise<ScriptedCall> {
    if (!this.#trunk) throw new Error('the bridge was never started');
    const call = await this.#trunk.call({ to: '1002', from: margaretOkafor.number });
    await call.answered();
    return call;
  }

  /** The agent dials that they take calls. */
  async ready(): Promise<void> {
    const code = await this.#desk.dial('*12');
    await code.answered();
    await code.over;
  }

  async talking(): Promise<TalkingPair> {
    await this.ready();
    return this.answer(await this.call());
  }

  /** The desk phone rings for this caller, and is lifted. */
  async answer(caller: ScriptedCall): Promise<TalkingPair> {
    const desk = await this.#desk.nextCall(10_000);
    await desk.answer();
    caller.mouth.playTone(440);
    desk.mouth.playTone(700);
    await Promise.all([desk.ears.tone(440, 10_000), caller.ears.tone(700, 10_000)]);
    return { caller, desk };
  }

  read<Row>(query: string): Row[] {
    const database = new Sqlite(join(this.folder, 'crosspoint.db'), { readonly: true });
    try {
      return database.prepare(query).all() as Row[];
    } finally {
      database.close();
    }
  }

  async close(): Promise<void> {
    await this.#desk.vanish();
    await this.#trunk?.vanish();
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Asks until it is so. */
export async function until(isSo: () => boolean, limitMs: number): Promise<boolean> {
  for (const end = performance.now() + limitMs; performance.now() < end; ) {
    if (isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return isSo();
}
