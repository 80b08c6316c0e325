import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, vi } from 'vitest';
import type { Flow } from '../../../../cti-bridge/ivr/index.ts';
import { rootMeanSquare } from '../../../../cti-bridge/media/index.ts';
import { giveDemoData } from '../../../support/demo-data.ts';
import type { ScriptedCall } from '../../../support/scripted-phone/index.ts';
import { inspect } from '../../store/store-under-test.ts';
import { BridgeStage, knownSounds } from '../bridge-stage.ts';

/** A whole bridge with the demo's flows, or with what a test makes of one of them. */
export class FlowStage {
  readonly stage: BridgeStage;
  readonly folder: string;
  #calls: Promise<unknown> = Promise.resolve();

  private constructor(stage: BridgeStage, folder: string) {
    this.stage = stage;
    this.folder = folder;
  }

  static async open(
    change: Omit<NonNullable<Parameters<typeof BridgeStage.open>[0]>, 'folder'> & {
      readonly flows?: Readonly<Record<string, (flow: Flow) => Flow>>;
    } = {},
  ): Promise<FlowStage> {
    const { flows = {}, ...more } = change;
    const folder = mkdtempSync(join(tmpdir(), 'crosspoint-flows-'));
    await giveDemoData(folder);
    for (const [flowId, changed] of Object.entries(flows)) putOther(folder, flowId, changed);
    // Learning hundreds of sounds takes longer than a caller waits, and the bridge is in the same process.
    knownSounds.name(
      'PCMU',
      Int16Array.from({ length: 1_600 }, (_, at) => (at * 7_919) % 20_011),
    );
    return new FlowStage(await BridgeStage.open({ ...more, folder }), folder);
  }

  async close(): Promise<void> {
    await this.stage.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A call that was answered, and the id under which the bridge tells of it. One after the other, so that they are told apart. */
  call(to: string, from: string | null): Promise<FlowCall> {
    const placed = this.#calls.then(() => this.#place(to, from));
    this.#calls = placed.catch(() => undefined);
    return placed;
  }

  async #place(to: string, from: string | null): Promise<FlowCall> {
    const { bridge, caller } = this.stage;
    const before = new Set(bridge.events.map(({ id }) => id));
    const call = await caller.call({ to, from: from ?? '', isPrivate: from === null });
    const { interactionId } = await bridge.event('interaction:received', ({ id }) => !before.has(id));
    await call.answered();
    return { call, interactionId };
  }

  /** The nodes that a call has passed, in their order, once the last of them is this one. */
  async passed({ interactionId }: Pick<FlowCall, 'interactionId'>, last: string): Promise<readonly TraceRow[]> {
    const read = () => traceOf(this.folder, interactionId);
    await vi.waitFor(() => expect(read().at(-1)?.node_id).toBe(last), { timeout: 5_000 });
    return read();
  }
}

export interface FlowCall {
  readonly call: ScriptedCall;
  readonly interactionId: string;
}

export function traceOf(folder: string, interactionId: string): readonly TraceRow[] {
  return inspect<TraceRow>(
    folder,
    `select node_id, exit_name, keys, facts from ivr_trace where interaction_id = '${interactionId}' order by ordinal`,
  );
}

export interface TraceRow {
  readonly node_id: string;
  readonly exit_name: string | null;
  readonly keys: string | null;
  readonly facts: string;
}

/** The recordings that a sound is made of, each once while it lasts: `zh/welcome`. */
export function soundsIn(samples: Int16Array): readonly string[] {
  const [step, window] = [640, 1_920];
  const heard: string[] = [];
  for (let at = 0; at + window <= samples.length; at += step) {
    const name = knownSounds.name('PCMU', samples.subarray(at, at + window))?.replace(/^prompt /, '');
    if (name !== undefined && name !== heard.at(-1)) heard.push(name);
  }
  return heard;
}

export const heardBy = (call: ScriptedCall): readonly string[] => soundsIn(call.ears.recording());

/** Whether these were heard in this order, whatever came between. */
export function expectHeard(call: ScriptedCall, names: readonly string[]): void {
  const heard = heardBy(call);
  let from = 0;
  for (const name of names) {
    const at = heard.indexOf(name, from);
    expect(at, `${name} after ${heard.slice(0, from).join(', ')} in ${heard.join(', ')}`).toBeGreaterThanOrEqual(0);
    from = at + 1;
  }
}

/** The longest stretch without a sound, in what was heard from the first sound on. */
export function longestSilenceMs(samples: Int16Array): number {
  const frame = 160;
  let [longest, quiet, hasBegun] = [0, 0, false];
  for (let at = 0; at + frame <= samples.length; at += frame) {
    const isQuiet = rootMeanSquare(samples.subarray(at, at + frame)) < 50;
    if (!isQuiet) hasBegun = true;
    quiet = isQuiet && hasBegun ? quiet + 20 : 0;
    longest = Math.max(longest, quiet);
  }
  return longest;
}

/** A flow as it would be had somebody published it otherwise. */
function putOther(folder: string, flowId: string, changed: (flow: Flow) => Flow): void {
  const sqlite = new Sqlite(join(folder, 'crosspoint.db'));
  const [row] = sqlite.prepare('select * from flow_version where flow_id = ? and version = 1').all(flowId) as [{ readonly body: string }];
  const other = { ...row, version: 2, body: JSON.stringify(changed(JSON.parse(row.body) as Flow)) };
  const columns = Object.keys(other);
  sqlite.prepare(`insert into flow_version (${columns.join()}) values (${columns.map((column) => `@${column}`).join()})`).run(other);
  sqlite.prepare('update flow set live_version = 2 where flow_id = ?').run(flowId);
  sqlite.close();
}
