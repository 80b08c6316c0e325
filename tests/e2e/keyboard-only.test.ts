import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chenZhiyuan, demoPassword, hotlines } from '../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { pageHears, TestBrowser } from '../support/browser.ts';
import { type ScriptedCall, ScriptedPhone } from '../support/scripted-phone/index.ts';
import { writeToneFile } from '../support/tones.ts';

/** 林薇 works a whole call in Chinese without a pointing device: the page is never clicked, only typed to. */
describe('a call by keyboard alone, in Chinese', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-keys-'));
  let bridge: TestBridge;
  let browser: TestBrowser;
  let page: Page;
  let problems: readonly string[];
  let phone: ScriptedPhone;
  let call: ScriptedCall;

  beforeAll(async () => {
    bridge = await startBridge();
    browser = await TestBrowser.open({ microphone: writeToneFile(join(folder, 'agent.wav'), 440, 2_000, 48_000), locale: 'zh-CN' });
    ({ page, problems } = await browser.page(bridge.httpAddress));
    phone = await ScriptedPhone.onTrunk({ sip: bridge.sip });
  });

  afterAll(async () => {
    await phone?.close();
    await browser?.close();
    await bridge?.dispose();
    rmSync(folder, { recursive: true, force: true });
    expect(bridge.bugs).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('signs in by agent number: the first field has the keyboard', async () => {
    await page.locator('[name=username]:focus').waitFor();
    await page.keyboard.type('6013');
    await page.keyboard.press('Tab');
    await page.keyboard.type(demoPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '我的工作' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  });

  it('becomes available by the palette', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('示闲');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByText('您已示闲').waitFor();
    await bridge.event('agent:presenceChanged', ({ presence }) => presence === 'available');
  });

  it('sees who rings without losing the keyboard, and answers by F2', async () => {
    await page.keyboard.press('Control+1');
    await page.locator('#place-work:focus').waitFor();
    call = await phone.call({ to: hotlines.shortZh, from: chenZhiyuan.number });
    await call.answered();
    await call.press('1#');
    await page.getByRole('heading', { name: chenZhiyuan.name }).first().waitFor();
    await page.getByText(`识别为${chenZhiyuan.name}`).waitFor();
    expect(await page.locator('#place-work:focus').count()).toBe(1);
    call.mouth.playTone(1_000);
    await page.keyboard.press('F2');
    await call.ears.tone(440);
    await pageHears(page, 1_000);
  });

  it('writes notes after Alt N, in which digits are digits', async () => {
    await page.keyboard.press('Alt+n');
    await page.locator('[data-place=notes]:focus').waitFor();
    await page.keyboard.type('10 月漫游费 ¥11,284，12 月前答复。');
    await page.getByText(/^已保存/).waitFor();
  });

  it('hangs up by F12 and finishes by digits and Ctrl Enter', async () => {
    await page.keyboard.press('F12');
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' });
    await page.getByRole('tree').waitFor();
    // Whoever writes keeps the keyboard; out of the notes, the outcomes are one step back.
    if ((await page.locator('[data-place=notes]:focus').count()) > 0) await page.keyboard.press('Shift+Tab');
    await page.getByRole('tree').and(page.locator(':focus')).waitFor();
    for (const digit of ['1', '2', '1']) await page.keyboard.press(digit);
    await page.getByRole('treeitem', { name: '全额减免', selected: true }).waitFor();
    await page.keyboard.press('Control+Enter');
    expect(await bridge.event('interaction:completed')).toMatchObject({ isAutomatic: false, dispositionCode: 'creditFull' });
    await page.getByText('您已示闲').waitFor();
  });
});
