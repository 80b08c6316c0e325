import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { demoPassword, margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../../support/bridge.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { knownSoundsOf, type ScriptedCall, ScriptedPhone } from '../../support/scripted-phone/index.ts';

/** All that the bridge can play. */
export const knownSounds = knownSoundsOf(fileURLToPath(new URL('../../../assets', import.meta.url)));

/** A whole bridge from `compose` with those who use it: a scripted caller on the trunk, and scripted desktops as they sign in. */
export class BridgeStage {
  readonly bridge: TestBridge;
  readonly caller: ScriptedPhone;
  readonly #desktops: ScriptedDesktop[] = [];

  private constructor(bridge: TestBridge, caller: ScriptedPhone) {
    this.bridge = bridge;
    this.caller = caller;
  }

  static async open(change: Parameters<typeof startBridge>[0] = {}): Promise<BridgeStage> {
    const bridge = await startBridge(change);
    return new BridgeStage(bridge, await ScriptedPhone.onTrunk({ sip: bridge.sip, known: knownSounds }));
  }

  async signIn(username = 'lena.hartmann', more: Partial<Parameters<typeof ScriptedDesktop.logIn>[0]> = {}): Promise<ScriptedDesktop> {
    const desktop = await ScriptedDesktop.logIn({ bridge: this.bridge.httpAddress, username, password: demoPassword, ...more });
    this.#desktops.push(desktop);
    return desktop;
  }

  /** A call in the billing queue, by somebody who knows the menu: 1 during the greeting, and another key past the last prompt. */
  async callBilling(from: string = margaretOkafor.number, more: Partial<Parameters<ScriptedPhone['call']>[0]> = {}): Promise<ScriptedCall> {
    const call = await this.caller.call({ to: '1000', from, ...more });
    await call.answered();
    await call.press('1#');
    return call;
  }

  /** A call from this number that an agent has answered. */
  async talking(desktop: ScriptedDesktop): Promise<{ call: ScriptedCall; agent: ScriptedCall; interactionId: string }> {
    await desktop.becomeAvailable();
    const before = desktop.pushes.length;
    const call = await this.callBilling();
    const agent = await desktop.answer();
    const { interactionId } = await desktop.push('interaction:assigned', () => true, 5_000, before);
    return { call, agent, interactionId };
  }

  /** The values of a metric on the bridge's own page. */
  async metric(name: string, label = ''): Promise<readonly number[]> {
    const text = await (await fetch(`${this.bridge.httpAddress}/metrics`)).text();
    return [...text.matchAll(new RegExp(`^${name}(\\{[^}]*\\})? (\\S+)$`, 'gm'))]
      .filter(([, labels = '']) => labels.includes(label))
      .map((match) => Number(match[2]));
  }

  /** Everything that a call holds has been given back. */
  async expectAllReleased(): Promise<void> {
    await expect.poll(() => this.metric('crosspoint_media_sessions'), { timeout: 5_000 }).toEqual([0]);
    expect(new Set(await this.metric('crosspoint_waiting'))).toEqual(new Set([0]));
  }

  /** Ends everybody, the bridge last. What it noted as wrong inside is in `bridge.bugs`. */
  async close(): Promise<void> {
    await this.caller.close();
    for (const desktop of this.#desktops.splice(0)) await desktop.close();
    await this.bridge.dispose();
  }
}
