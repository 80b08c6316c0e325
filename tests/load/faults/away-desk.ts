import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { demoPassword, margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { buildBridge } from '../../../tools/build-bridge.ts';
import { buildRenderer } from '../../../tools/build-desktop.ts';
import { BridgeUnderLoad } from '../../support/bridge-under-load.ts';
import { pageHears, TestBrowser } from '../../support/browser.ts';
import { giveDemoData } from '../../support/demo-data.ts';
import { becomeAvailable, finishWrapUp, signIn } from '../../support/desktop-page.ts';
import { FarLines } from '../../support/far-lines.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { knownSoundsOf, type ScriptedCall, ScriptedPhone } from '../../support/scripted-phone/index.ts';
import { writeToneFile } from '../../support/tones.ts';

const known = knownSoundsOf(fileURLToPath(new URL('../../../assets', import.meta.url)));
/** Longer than anybody may wait, so that what is late has a figure too. */
const patienceMs = 30_000;
const callBeforeBackMs = 3_000;

/** How long until the screen says so, and until a supervisor's does, from the loss; and until all is well again, from when there is a way. Ms. */
export interface AwayTimes {
  readonly toldMs: number;
  readonly knownMs: number;
  readonly connectedMs: number;
  readonly backMs: number;
}

/**
 * An agent's desktop in Chromium, a whole bridge as a process, and between them a way that is lost without a word and given back from another
 * address: what a sleep with a change of network leaves of it. Nothing tells the page, and it is never loaded anew.
 */
export class AwayDesk {
  readonly page: Page;
  readonly #folder: string;
  readonly #lines: FarLines;
  readonly #supervisor: ScriptedDesktop;
  readonly #phone: ScriptedPhone;
  readonly #ends: (() => unknown)[];
  readonly #begunAt: number;

  private constructor(
    parts: { folder: string; lines: FarLines; page: Page; supervisor: ScriptedDesktop; phone: ScriptedPhone },
    begunAt: number,
    ends: (() => unknown)[],
  ) {
    this.#folder = parts.folder;
    this.#lines = parts.lines;
    this.page = parts.page;
    this.#supervisor = parts.supervisor;
    this.#phone = parts.phone;
    this.#begunAt = begunAt;
    this.#ends = ends;
  }

  static async open(): Promise<AwayDesk> {
    await buildBridge(() => {});
    await buildRenderer(() => {});
    const folder = mkdtempSync(join(tmpdir(), 'crosspoint-away-'));
    const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
    try {
      const data = join(folder, 'data');
      await giveDemoData(data, 200);
      const lines = await FarLines.open(folder);
      ends.push(() => lines.close());
      const bridge = await BridgeUnderLoad.start(data, { env: lines.env, limitMs: 3_600_000 });
      ends.push(() => bridge.stop());
      const supervisor = await ScriptedDesktop.logIn({
        ...{ bridge: bridge.http, username: 'dana.whitlock', password: demoPassword, phoneMedia: null },
      });
      ends.push(() => supervisor.close());
      await supervisor.ask('board:watch', {});
      const phone = await ScriptedPhone.onTrunk({ sip: bridge.sip, known });
      ends.push(() => phone.close());
      const browser = await TestBrowser.open({ microphone: writeToneFile(join(folder, 'agent.wav'), 440, 2_000, 48_000) });
      ends.push(() => browser.close());
      const { page } = await browser.page(lines.leadTo(bridge.http));
      await signIn(page);
      await becomeAvailable(page);
      const begunAt = await page.evaluate(() => performance.timeOrigin);
      return new AwayDesk({ folder: data, lines, page, supervisor, phone }, begunAt, ends);
    } catch (error) {
      for (const end of ends.reverse()) await end();
      throw error;
    }
  }

  /**
   * Away with nothing in hand. Somebody calls `callsAfterMs` after the loss, or once the bridge knows of it; they wait, and ring here as soon as
   * the desktop is back. `problems`: what was not as it must be.
   */
  async idle(callsAfterMs: number | null): Promise<{ times: AwayTimes; call: ScriptedCall; problems: readonly string[] }> {
    const problems: string[] = [];
    await this.page.getByText('Available', { exact: true }).first().waitFor({ timeout: patienceMs });
    const lostAt = this.#lose();
    const early = callsAfterMs === null ? null : this.#callAfter(callsAfterMs);
    early?.catch(() => {}); // heard when its turn comes
    const [toldMs, knownMs] = await Promise.all([this.#shows('Not reachable', lostAt), this.#supervisorSees(true, lostAt)]);
    const before = this.#offers();
    const call = await (early ?? this.#callAfter(0));
    await call.ears.music(patienceMs);
    if (this.#offers().length > before.length) problems.push('something was offered to a desktop that was known to be away');
    const { connectedMs, backMs } = await this.#back(() =>
      this.page.getByRole('button', { name: 'Answer', disabled: false }).first().waitFor({ timeout: patienceMs }),
    );
    call.mouth.playTone(1_000);
    await this.page.keyboard.press('F2');
    await Promise.all([pageHears(this.page, 1_000, patienceMs), call.ears.tone(440, patienceMs)]);
    if (this.#offersSince(before.length) !== 1)
      problems.push(`${this.#offersSince(before.length)} offers when it was back, not one that rang through`);
    await this.#isSamePage(problems);
    return { times: { toldMs, knownMs, connectedMs, backMs }, call, problems };
  }

  /** Away in the middle of this call, for `forMs` more than it takes until the screen says so. */
  async inCall(call: ScriptedCall, tone: number, forMs: number): Promise<{ times: AwayTimes; problems: readonly string[] }> {
    const problems: string[] = [];
    const facts = () =>
      this.#read<{ type: string }>("select type from interaction_event where type like 'call:agent%' or type = 'interaction:ended'");
    const before = facts().length;
    const notes = call.journal.length;
    const lostAt = this.#lose();
    const music = call.journal.wait('hears music', patienceMs, notes);
    // The board goes on calling whoever has a call engaged; what the bridge knows is in what it recorded.
    const [toldMs] = await Promise.all([this.#shows('Not connected', lostAt), music]);
    const knownMs = await this.#isSo(() => facts().length > before, lostAt);
    await this.page.waitForTimeout(forMs);
    const backFrom = call.journal.length;
    const { connectedMs, backMs } = await this.#back(async () => {
      call.mouth.playTone(tone);
      await Promise.all([pageHears(this.page, tone, patienceMs), call.journal.wait('hears tone 440', patienceMs, backFrom)]);
    });
    const told = facts()
      .slice(before)
      .map(({ type }) => type);
    if (told.join() !== 'call:agentLost,call:agentRejoined') problems.push(`the call was told as ${told.join(', ')}`);
    await this.#isSamePage(problems);
    return { times: { toldMs, knownMs, connectedMs, backMs }, problems };
  }

  /** With nothing in hand, nobody listens for so long, and every attempt is refused at once. Somebody calls and waits meanwhile. */
  async refused(
    forMs: number,
  ): Promise<{ times: Pick<AwayTimes, 'connectedMs' | 'backMs'>; call: ScriptedCall; problems: readonly string[] }> {
    const problems: string[] = [];
    await this.page.getByText('Available', { exact: true }).first().waitFor({ timeout: patienceMs });
    await this.#lines.refuse(true);
    await this.page.waitForTimeout(forMs - callBeforeBackMs);
    const call = await this.#callAfter(0);
    await this.page.waitForTimeout(callBeforeBackMs);
    await this.#lines.refuse(false);
    const from = performance.now();
    const [connectedMs, backMs] = await Promise.all([
      this.#shows('Connected', from),
      this.page
        .getByRole('button', { name: 'Answer', disabled: false })
        .first()
        .waitFor({ timeout: patienceMs })
        .then(() => performance.now() - from),
    ]);
    call.mouth.playTone(1_000);
    await this.page.keyboard.press('F2');
    await Promise.all([pageHears(this.page, 1_000, patienceMs), call.ears.tone(440, patienceMs)]);
    await this.#isSamePage(problems);
    return { times: { connectedMs, backMs }, call, problems };
  }

  async hangUp(call: ScriptedCall): Promise<void> {
    await this.page.keyboard.press('F12');
    await call.ended();
    await finishWrapUp(this.page, 'Not coded');
  }

  async close(): Promise<void> {
    for (const end of this.#ends.reverse()) await end();
  }

  #lose(): number {
    this.#lines.lose(true);
    return performance.now();
  }

  async #back(isBack: () => Promise<void>): Promise<{ connectedMs: number; backMs: number }> {
    this.#lines.comeBackElsewhere();
    const from = performance.now();
    const [connectedMs, backMs] = await Promise.all([this.#shows('Connected', from), isBack().then(() => performance.now() - from)]);
    return { connectedMs, backMs };
  }

  async #shows(words: string, from: number): Promise<number> {
    await this.page.getByText(words, { exact: true }).first().waitFor({ timeout: patienceMs });
    return performance.now() - from;
  }

  async #isSo(fact: () => boolean, from: number): Promise<number> {
    while (!fact() && performance.now() - from < patienceMs) await this.page.waitForTimeout(20);
    return performance.now() - from;
  }

  async #supervisorSees(isAway: boolean, from: number): Promise<number> {
    const after = this.#supervisor.pushes.length;
    await this.#supervisor.push(
      'board:changed',
      ({ agents }) => agents.some(({ name, workState }) => name === 'Lena Hartmann' && (workState === 'notReachable') === isAway),
      patienceMs,
      after,
    );
    return performance.now() - from;
  }

  async #callAfter(ms: number): Promise<ScriptedCall> {
    await this.page.waitForTimeout(ms);
    const call = await this.#phone.call({ to: '1002', from: margaretOkafor.number });
    await call.answered();
    return call;
  }

  #offers(): readonly unknown[] {
    return this.#read("select 1 from interaction_event where type = 'reservation:offered'");
  }

  #offersSince(before: number): number {
    return this.#offers().length - before;
  }

  async #isSamePage(problems: string[]): Promise<void> {
    if ((await this.page.evaluate(() => performance.timeOrigin)) !== this.#begunAt) problems.push('the page was loaded anew');
  }

  #read<Row>(query: string): Row[] {
    const database = new Sqlite(join(this.#folder, 'crosspoint.db'), { readonly: true });
    try {
      return database.prepare(query).all() as Row[];
    } finally {
      database.close();
    }
  }
}
