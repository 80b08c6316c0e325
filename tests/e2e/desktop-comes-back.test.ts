import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaults } from '../../cti-bridge/config/index.ts';
import { demoPassword, margaretOkafor } from '../../cti-bridge/store/seed/demo-people.ts';
import { inspect } from '../integration/store/store-under-test.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { pageHears, rememberCheck, TestBrowser } from '../support/browser.ts';
import { type DeadAdapter, deadAdapter } from '../support/dead-adapter.ts';
import { becomeAvailable, finishWrapUp, signIn } from '../support/desktop-page.ts';
import { KeptBrowser } from '../support/kept-browser.ts';
import { LossyStreams } from '../support/lossy-line.ts';
import { knownSoundsOf, type ScriptedCall, ScriptedPhone } from '../support/scripted-phone/index.ts';
import { TabBehind } from '../support/tab-behind.ts';
import { writeToneFile } from '../support/tones.ts';

/**
 * Desktops that are away and come back: a network that is lost, a second log-in, a browser that is killed, a tab nobody looks at. One bridge for
 * all of it, which tells its desktops of three relays that are all dead, on a machine with a network adapter that leads nowhere:
 * whoever hears somebody here shows that neither matters.
 */
const deadRelays = ['turn:127.0.0.1:9', 'turn:192.0.2.1:3478', 'turns:127.0.0.1:9?transport=tcp'];
const words = 'Asked for the quote twice';
const more = ', by mail and by phone';

describe('a desktop that comes back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-back-'));
  const profile = mkdtempSync(join(tmpdir(), 'crosspoint-profile-'));
  const microphone = writeToneFile(join(folder, 'agent.wav'), 440, 2_000, 48_000);
  let bridge: TestBridge;
  let line: LossyStreams;
  let adapter: DeadAdapter | null;
  let browser: TestBrowser;
  let kept: KeptBrowser;
  let phone: ScriptedPhone;
  let first: Page;
  let second: Page;
  let call: ScriptedCall;

  beforeAll(async () => {
    adapter = deadAdapter();
    line = await LossyStreams.open();
    writeFileSync(join(folder, 'turn.secret'), 'of nobody\n');
    bridge = await startBridge({
      config: {
        http: { ...defaults.http, port: 0, names: [`127.0.0.1:${line.port}`] },
        turn: { urls: deadRelays, secret: { file: join(folder, 'turn.secret') }, lifeSeconds: 3_600, relayOnly: false },
      },
      setUp: (configuration) => ({
        ...configuration,
        queues: configuration.queues.map((queue) => ({ ...queue, wrapUp: { ...queue.wrapUp, mode: 'timed' as const, seconds: 12 } })),
      }),
    });
    line.leadTo(Number(new URL(bridge.httpAddress).port));
    [browser, phone] = await Promise.all([
      TestBrowser.open({ microphone }),
      ScriptedPhone.onTrunk({ sip: bridge.sip, known: knownSoundsOf(fileURLToPath(new URL('../../assets', import.meta.url))) }),
    ]);
    await browser.context.addInitScript(hearRings);
    ({ page: first } = await browser.page(`http://127.0.0.1:${line.port}`));
    await signIn(first);
    await becomeAvailable(first);
  });

  // What the bridge saw of it, where the page does not show why.
  beforeEach(({ onTestFailed }) => onTestFailed(() => console.log(bridge.logged.slice(-60).join(''))));

  afterAll(async () => {
    await phone?.close();
    await Promise.all([browser?.close(), kept?.kill()]);
    await bridge?.dispose();
    await line?.close();
    adapter?.remove();
    for (const each of [folder, profile]) rmSync(each, { recursive: true, force: true, maxRetries: 5 });
    expect(bridge.bugs).toEqual([]);
  });

  const ring = async (): Promise<void> => {
    call = await phone.call({ to: '1002', from: margaretOkafor.number });
    await call.answered();
  };
  const answer = (page: Page) => page.getByRole('button', { name: 'Answer', disabled: false }).first();
  const talk = async (page: Page): Promise<void> => {
    call.mouth.playTone(1_000);
    await page.keyboard.press('F2');
    await Promise.all([pageHears(page, 1_000, soundLimitMs), call.ears.tone(440, soundLimitMs)]);
  };
  /** From the key to both hearing each other; the tones themselves take half a second to be known. */
  const soundLimitMs = 2_000;
  const offers = () => bridge.events.filter(({ type }) => type === 'reservation:offered').length;
  const noteOnDisk = () => inspect<{ text: string }>(bridge.folder, 'select text from draft').map(({ text }) => text);

  it('from a network without a word: it says so within 10 s, a supervisor reads it within 15 s, nothing is offered, and 5 s after another network is there it rings', async () => {
    const { page: board } = await browser.page(bridge.httpAddress);
    await signIn(board, 'dana.whitlock');
    await board.keyboard.press('Alt+b');
    await board.getByText('All', { exact: true }).first().click();
    await board.getByRole('button', { name: /^Lena Hartmann/ }).waitFor();
    const begunAt = await first.evaluate(() => performance.timeOrigin);

    line.lose(true);
    await Promise.all([
      first.getByText('Not reachable', { exact: true }).first().waitFor({ timeout: 10_000 }),
      board.getByRole('button', { name: /^Lena Hartmann.*Not reachable/ }).waitFor({ timeout: 15_000 }),
    ]);
    await ring();
    await call.ears.music(5_000);
    expect(offers()).toBe(0);

    line.comeBackElsewhere();
    await answer(first).waitFor({ timeout: 5_000 });
    await talk(first);
    expect(offers()).toBe(1);
    expect(await first.evaluate(() => performance.timeOrigin)).toBe(begunAt);
    await board.close();
    await call.hangUp();
    await finishWrapUp(first, 'Not coded');
  });

  it('has had the adapter that leads nowhere among the ways of its sound, and was heard as soon', async ({ skip }) => {
    if (!adapter) return skip('this machine lets nobody add a network adapter');
    const { ways } = await first.evaluate(() => (window as unknown as { crosspointRings: Rings }).crosspointRings);
    expect(ways.some((each) => each.includes(` ${adapter?.address} `))).toBe(true);
  });

  it('at another desk takes over only when it is told to, and the first one is told in words and is silent', async () => {
    const rung = await ringsOf(first);
    expect(rung).toBeGreaterThan(0);
    kept = await KeptBrowser.open(profile, microphone);
    second = await openKept();
    await enterName(second);
    await second.getByRole('alertdialog', { name: 'You are signed in at another desk' }).waitFor();
    await second.locator('button:focus', { hasText: 'Go on here' }).press('Enter');
    await first.getByRole('alert').getByText('You signed in somewhere else').waitFor();
    await second.getByText('Available', { exact: true }).first().waitFor();

    // Whoever types goes on typing while it rings.
    await second.keyboard.press('Control+k');
    await second.keyboard.type('Harbour');
    await ring();
    await expect.poll(() => ringsOf(second), { timeout: 5_000 }).toBeGreaterThan(0);
    await second.keyboard.type(' Vale');
    expect(await second.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('Harbour Vale');
    await second.keyboard.press('Escape');
    await answer(second).waitFor();
    expect([await ringsOf(first), await answer(first).count()]).toEqual([rung, 0]);
    await talk(second);
  });

  it('from a browser that was killed a moment after the last key has every word, here and on the disk of the bridge, and its call', async () => {
    await notes(second).click();
    await second.keyboard.type(words);
    // Text is durable one second after it was typed.
    await second.waitForTimeout(1_000);
    const heard = call.journal.length;
    await kept.kill();
    await call.journal.wait('hears music', 8_000, heard);
    expect(noteOnDisk()).toContain(words);

    kept = await KeptBrowser.open(profile, microphone);
    second = await openKept();
    await enterName(second);
    await goOnHere(second);
    await expect.poll(() => notes(second).inputValue(), { timeout: 10_000 }).toBe(words);
    await call.journal.wait('hears tone 440', 8_000, call.journal.length);
  });

  it('from a browser that was killed a moment after the last key while the bridge could not be reached either has every word', async () => {
    line.lose(true);
    await notes(second).click();
    await second.keyboard.press('End');
    await second.keyboard.type(more);
    await second.waitForTimeout(200);
    await kept.kill();
    expect(noteOnDisk()).toContain(words);

    line.lose(false);
    kept = await KeptBrowser.open(profile, microphone);
    second = await openKept();
    await enterName(second);
    await goOnHere(second);
    await expect.poll(() => notes(second).inputValue(), { timeout: 10_000 }).toBe(words + more);
    await expect.poll(noteOnDisk).toContain(words + more);
    await call.journal.wait('hears tone 440', 8_000, call.journal.length);
  });

  it('after signing out in the wrap-up, and after its tab was closed while the time ran out: the outcome is marked automatic, and the words are kept', async () => {
    await call.hangUp();
    await second
      .getByText(/^Wrap-up/)
      .first()
      .waitFor();
    await notes(second).click();
    await second.keyboard.press('End');
    await second.keyboard.type(', and a call back');
    await second.keyboard.press('Alt+Shift+q');
    await second.locator('[name=username]').waitFor();
    const all = `${words}${more}, and a call back`;
    expect(noteOnDisk()).toContain(all);

    await enterName(second);
    await expect.poll(() => notes(second).inputValue(), { timeout: 10_000 }).toBe(all);
    await notes(second).click();
    await second.keyboard.press('End');
    await second.keyboard.type('!');
    await second.close();
    const isOurs = ({ isAutomatic }: { readonly isAutomatic: boolean }) => isAutomatic;
    expect(await bridge.event('interaction:completed', isOurs, 15_000)).toMatchObject({ dispositionCode: 'notCoded', isAutomatic: true });
    expect(noteOnDisk().some((text) => text.startsWith(all))).toBe(true);
  });

  it('to a tab behind another one it rings within half a second of the offer, and the keyboard stays where somebody types', async () => {
    const tab = await TabBehind.open(bridge.httpAddress, {
      flags: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
      before: `(${rememberCheck.toString()})(); (${hearRings.toString()})()`,
    });
    try {
      await tab.type('[name=username]', 'lin.wei');
      await tab.type('[name=password]', demoPassword);
      await tab.press({ key: 'Enter', code: 'Enter', keyCode: 13, text: '\r' });
      const button = `[...document.querySelectorAll('button')].find(({ textContent }) => /^(Become available|示闲)/.test(textContent))`;
      await tab.until(`${button} !== undefined`);
      await tab.evaluate(`${button}.click()`);
      await bridge.event('agent:presenceChanged', ({ agentId, presence }) => agentId === 'agent-lin-wei' && presence === 'available');
      await tab.putBehind('data:text/html,<input autofocus>');
      await tab.untilInFront("document.activeElement?.tagName === 'INPUT'");
      await tab.typeInFront('half a ');
      await ring();
      await tab.until('crosspointRings.audible.length > 0');
      await tab.typeInFront('sentence');
      const { offered, audible } = (await tab.evaluate('crosspointRings')) as Rings;
      expect((audible[0] ?? Number.NaN) - (offered[0] ?? Number.NaN)).toBeLessThanOrEqual(500);
      expect(await tab.evaluate('document.visibilityState')).toBe('hidden');
      expect(await tab.inFront("[document.visibilityState, document.activeElement.value].join(' ')")).toBe('visible half a sentence');
      await call.hangUp();
    } finally {
      await tab.close();
    }
  });

  const notes = (page: Page) => page.locator('[data-place=notes], .wrap-up-notes textarea, textarea.wrap-up-notes').last();

  async function openKept(): Promise<Page> {
    await kept.context.addInitScript(hearRings);
    const page = await kept.context.newPage();
    await page.goto(`http://127.0.0.1:${line.port}`);
    return page;
  }

  async function enterName(page: Page): Promise<void> {
    await page.locator('[name=username]').fill('lena.hartmann');
    await page.locator('[name=password]').fill(demoPassword);
    await page.keyboard.press('Enter');
  }

  /** Where the bridge still has the desktop of before, it asks. */
  async function goOnHere(page: Page): Promise<void> {
    const confirm = page.getByRole('button', { name: 'Go on here' });
    await confirm
      .or(page.getByRole('heading', { name: 'My work' }))
      .first()
      .waitFor();
    if (await confirm.isVisible()) await confirm.click();
  }
});

interface Rings {
  /** When offers came in, and when the ring began to be played, by the clock of the page. */
  readonly offered: number[];
  readonly audible: number[];
  /** The candidates of its own that the page told of. */
  readonly ways: string[];
}

/** Runs in the page, before its own scripts. */
function hearRings(): void {
  const rings: Rings = { offered: [], audible: [], ways: [] };
  Object.assign(window, { crosspointRings: rings });
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...parameters: ConstructorParameters<typeof Native>) {
      super(...parameters);
      this.addEventListener('message', ({ data }) => {
        if (typeof data === 'string' && data.includes('"name":"reservation:offered"')) rings.offered.push(performance.now());
      });
    }
    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (typeof data === 'string') rings.ways.push(...(data.match(/^a=candidate:.*$/gm) ?? []));
      super.send(data);
    }
  };
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    if (this.src.includes('ring')) this.addEventListener('playing', () => rings.audible.push(performance.now()), { once: true });
    return play.call(this);
  };
}

const ringsOf = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { crosspointRings: Rings }).crosspointRings.audible.length);
