import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { margaretOkafor } from '../../cti-bridge/store/seed/demo-people.ts';
import { BridgeProgram } from '../integration/bridge/bridge-program.ts';
import { inspect } from '../integration/store/store-under-test.ts';
import { pageHears, TestBrowser } from '../support/browser.ts';
import { becomeAvailable, signIn } from '../support/desktop-page.ts';
import { FarLines } from '../support/far-lines.ts';
import { mediaWorkers } from '../support/media-workers.ts';
import type { ScriptedCall } from '../support/scripted-phone/index.ts';
import { writeToneFile } from '../support/tones.ts';

/**
 * What breaks under a call, seen and heard from the agent's desktop in Chromium: nobody clicks anything, and both hear each other again. The
 * caller sings 1000 Hz and then other tones, so that none is an echo of before; the agent's microphone has 440 Hz.
 */
/** In the customer's ears; music has such a tone in it too. */
const agentSpeaks = 'hears tone 440';
const noteText = 'Wants the quote by Friday.';

interface Talk {
  readonly folder: string;
  readonly bridge: BridgeProgram;
  readonly page: Page;
  readonly call: ScriptedCall;
  /** Of what happened before something broke: notes of the customer's phone, and seconds on the clock of the call. */
  readonly before: { readonly notes: number; readonly seconds: number };
}

const portOf = (address: string): number => Number(new URL(address).port);
const dataOf = (folder: string): string => join(folder, 'data');

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-survive-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Everything that was recorded, in order. */
const told = (folder: string): string[] =>
  inspect<{ type: string }>(dataOf(folder), 'select type from interaction_event order by sequence').map(({ type }) => type);

/** Seconds on the clock of the call at the top of the screen. */
async function clockOf(page: Page): Promise<number> {
  const [minutes = 0, seconds = 0] = (await page.locator('.line-clock').first().innerText()).split(':').map(Number);
  return minutes * 60 + seconds;
}

async function talking(folder: string, bridge: BridgeProgram, address = bridge.http): Promise<Talk> {
  const browser = await TestBrowser.open({ microphone: writeToneFile(join(folder, 'agent.wav'), 440, 2_000, 48_000) });
  onTestFinished(() => browser.close());
  const { page } = await browser.page(address);
  await signIn(page);
  await becomeAvailable(page);
  const call = await (await bridge.caller()).call({ to: '1002', from: margaretOkafor.number });
  await call.answered();
  await page.getByRole('heading', { name: 'Margaret Okafor' }).first().waitFor();
  call.mouth.playTone(1_000);
  await page.keyboard.press('F2');
  await Promise.all([pageHears(page, 1_000), call.journal.wait(agentSpeaks, 5_000)]);
  await page.getByRole('textbox').last().fill(noteText);
  await page.getByText(/^Saved/).waitFor();
  return { folder, bridge, page, call, before: { notes: call.journal.length, seconds: await clockOf(page) } };
}

/** The agent hears a tone that the customer begins now; milliseconds until then. */
async function agentHears({ page, call }: Talk, tone: number, limitMs: number): Promise<number> {
  const since = performance.now();
  call.mouth.playTone(tone);
  await pageHears(page, tone, limitMs);
  return performance.now() - since;
}

/**
 * The same call of the same customer, its clock gone on, with what was typed and nothing to be clicked; and the phone on this screen is the
 * one that carries it: whoever mutes it is not heard, and is again afterwards, and F12 hangs up.
 */
async function goesOn({ page, call, before }: Talk, secondsLater = 0): Promise<void> {
  await page.locator('.line-name', { hasText: 'Margaret Okafor' }).first().waitFor();
  await page.getByRole('heading', { name: 'Margaret Okafor' }).first().waitFor();
  expect(await clockOf(page)).toBeGreaterThanOrEqual(before.seconds + secondsLater);
  expect(await page.getByRole('textbox').last().inputValue()).toBe(noteText);
  expect(await page.getByRole('button', { name: 'Answer', disabled: false }).count()).toBe(0);
  const notes = call.journal.length;
  await page.keyboard.press('F3');
  await call.journal.wait('hears silence', 3_000, notes);
  await page.keyboard.press('F3');
  await call.journal.wait(agentSpeaks, 3_000, notes);
  await page.keyboard.press('F12');
  expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' });
}

describe('a call on the desktop survives', () => {
  it('a bridge that is killed and started anew: within five seconds of the start both hear each other', async () => {
    const folder = newFolder();
    const talk = await talking(folder, await BridgeProgram.start(dataOf(folder)));
    const { bridge, call, before } = talk;
    await bridge.kill();
    await call.journal.wait('hears silence', 3_000, before.notes);
    const again = await BridgeProgram.start(dataOf(folder), bridge.sip.port, portOf(bridge.http));
    await Promise.all([agentHears(talk, 1_400, 5_000), call.journal.wait(agentSpeaks, 5_000, before.notes)]);
    expect(again.http).toBe(bridge.http);
    await goesOn(talk);
  });

  it('killed media workers: within five seconds both hear each other', async () => {
    const folder = newFolder();
    const talk = await talking(folder, await BridgeProgram.start(dataOf(folder)));
    const { bridge, call, before } = talk;
    const workers = mediaWorkers(bridge.pid);
    expect(workers).not.toEqual([]);
    for (const pid of workers) process.kill(pid, 'SIGKILL');
    await Promise.all([agentHears(talk, 1_400, 5_000), call.journal.wait('re-INVITE sendrecv answered', 5_000, before.notes)]);
    await goesOn(talk);
  });

  it('a network of the agent that is away: for three seconds without a word, for twenty with music, and eight seconds after another one is there both hear each other', async () => {
    const folder = newFolder();
    const lines = await FarLines.open(folder);
    onTestFinished(() => lines.close());
    const bridge = await BridgeProgram.start(dataOf(folder), 0, 0, lines.env);
    const talk = await talking(folder, bridge, lines.leadTo(bridge.http));
    const { page, call, before } = talk;
    const begunAt = await page.evaluate(() => performance.timeOrigin);

    // Three seconds are nothing that anybody is told of.
    lines.lose(true);
    await page.waitForTimeout(3_000);
    lines.lose(false);
    await agentHears(talk, 1_200, 3_000);
    await call.journal.wait(agentSpeaks, 3_000, before.notes);
    expect(told(folder)).not.toContain('call:agentLost');

    lines.lose(true);
    const lostAt = performance.now();
    const lostNotes = call.journal.length;
    const { atMs: musicAt } = await call.journal.wait('hears music', 8_000, lostNotes);
    await page
      .getByText('Not connected')
      .first()
      .waitFor({ timeout: 10_000 - (performance.now() - lostAt) });
    await page.waitForTimeout(20_000 - (performance.now() - lostAt));
    expect(call.journal.notes.slice(lostNotes).filter(({ atMs, what }) => atMs > musicAt && what.startsWith('hears'))).toEqual([]);

    lines.comeBackElsewhere();
    const backAt = call.journal.length;
    await Promise.all([agentHears(talk, 1_400, 8_000), call.journal.wait(agentSpeaks, 8_000, backAt)]);
    await goesOn(talk, 20);
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(begunAt);
    await expect.poll(() => told(folder)).toContain('interaction:ended');
    expect(told(folder).filter((type) => type.startsWith('call:agent'))).toEqual(['call:agentLost', 'call:agentRejoined']);
    // One contact from beginning to end.
    expect(told(folder).filter((type) => type === 'interaction:received')).toHaveLength(1);
  });
});
