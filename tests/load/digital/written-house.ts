import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { BridgeUnderLoad, fillStore, progress, signInLoad, withLoadAgents } from '../../support/bridge-under-load.ts';
import type { ScriptedDesktop } from '../../support/scripted-desktop.ts';

/** A bridge of its own for one channel, and the desktops of its agents; `own` says what ends with it. */
export interface WrittenHouse {
  readonly bridge: BridgeUnderLoad;
  readonly desktops: readonly ScriptedDesktop[];
  own(end: () => unknown): void;
  /** The 99th percentile of the lateness of the bridge's event loop since it was last asked, in ms, by the bridge's own figure. */
  loopP99Ms(): Promise<number>;
}

const skills = { billing: 5, technical: 5, sales: 5, general: 5 };

export async function inWrittenHouse<Value>(
  given: {
    readonly agents: number;
    readonly env?: Readonly<Record<string, string>>;
    readonly change?: (configuration: Configuration) => Configuration;
  },
  work: (house: WrittenHouse) => Promise<Value>,
): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-bench-digital-'));
  const owned: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const { agents, env = {}, change = (configuration) => configuration } = given;
    await fillStore(folder, { change: (demo) => change(withLoadAgents(demo, agents, skills)) });
    const bridge = await BridgeUnderLoad.start(folder, { env });
    owned.push(() => bridge.stop());
    progress(`signing in ${agents} agents`);
    const desktops = await signInLoad(bridge.http, agents);
    owned.push(() => Promise.all(desktops.map((desktop) => desktop.close())));
    return await work({ bridge, desktops, own: (end) => void owned.push(end), loopP99Ms: () => readLoopP99Ms(bridge.http) });
  } finally {
    for (const end of owned.reverse()) await end();
  }
}

/** How many of a kind each agent may have at once. */
export function withRoomFor(configuration: Configuration, channel: 'chat' | 'email' | 'sms', max: number): Configuration {
  const room = { max, weight: Math.max(1, Math.floor(100 / max)), interrupts: [] };
  const capacities = configuration.capacities.map((each) => ({ ...each, channels: { ...each.channels, [channel]: room } }));
  return { ...configuration, capacities };
}

async function readLoopP99Ms(bridge: string): Promise<number> {
  const page = await (await fetch(`${bridge}/metrics`, { signal: AbortSignal.timeout(5_000) })).text();
  const [, seconds] = /^crosspoint_event_loop_lag_p99_seconds\{process="bridge"\} (\S+)$/m.exec(page) ?? [];
  return Number(seconds) * 1_000;
}
