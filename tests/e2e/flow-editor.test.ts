import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPassword, margaretOkafor } from '../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { TestBrowser } from '../support/browser.ts';
import { knownSoundsOf, ScriptedPhone } from '../support/scripted-phone/index.ts';

/** An administrator draws a flow by mouse and keyboard, publishes it and gives it a number; a caller goes through it, and their way is seen. */
describe('a flow designed on screen', () => {
  let bridge: TestBridge;
  let browser: TestBrowser;
  let page: Page;
  let problems: readonly string[];
  let phone: ScriptedPhone;
  const drawing = () => page.getByRole('group', { name: 'Drawing of the flow' });
  const node = (name: RegExp) => drawing().getByRole('group', { name });
  const palette = () => page.getByRole('navigation', { name: 'Nodes to add' });
  const settings = () => page.getByRole('complementary', { name: 'Settings' });
  /** The point at the right edge of a node where an exit leaves. */
  const exitOf = (name: RegExp, exit: string): Locator => node(name).locator(`[data-handleid="${exit}"]`);

  beforeAll(async () => {
    bridge = await startBridge({ people: 20 });
    browser = await TestBrowser.open();
    phone = await ScriptedPhone.onTrunk({ sip: bridge.sip, known: knownSoundsOf(fileURLToPath(new URL('../../assets', import.meta.url))) });
    ({ page, problems } = await browser.page(bridge.httpAddress));
    await page.locator('[name=username]').fill('admin');
    await page.locator('[name=password]').fill(demoPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Call flows' }).waitFor();
  });

  afterAll(async () => {
    await phone?.close();
    await browser?.close();
    await bridge?.dispose();
    expect(bridge.bugs).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('begins with a small one', async () => {
    await page.keyboard.press('Control+g');
    await page.getByRole('button', { name: 'New flow' }).click();
    await page.getByLabel('Name in English').fill('Front door');
    await page.getByLabel('Name in Chinese').fill('前台');
    await page.getByLabel('Begin with').selectOption({ label: 'Answer and hang up' });
    await page.getByLabel('Name in Chinese').press('Enter');
    await node(/^Answer/).waitFor();
    await page.getByText('never published').waitFor();
  });

  it('takes a greeting in by the keyboard alone', async () => {
    await node(/^Answer/).focus();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'Add a node' });
    await dialog.getByLabel('Kind of node').selectOption('play');
    await page.keyboard.press('Enter');
    await node(/^Play/).waitFor();
    await settings().getByLabel('Prompts').selectOption('welcome');
    await node(/^Play, Play\. Welcome to/).waitFor();
  });

  it('has a menu dragged onto it, and an exit pulled to it', async () => {
    await palette()
      .getByRole('button', { name: 'Menu', exact: true })
      .dragTo(drawing(), { targetPosition: { x: 460, y: 420 } });
    await node(/^Menu/).waitFor();
    await settings().getByLabel('Prompts').selectOption('menu-main');
    await settings().getByLabel('Key 1 in English').fill('Front desk');
    const from = await exitOf(/^Play/, 'next').boundingBox();
    const to = await node(/^Menu/).boundingBox();
    if (!from || !to) throw new Error('not on the screen');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 30, to.y + 20, { steps: 8 });
    await page.mouse.up();
    await node(/^Play/).click();
    await settings().locator('#flow-setting-exits-next').and(page.locator('select')).waitFor();
    expect(await settings().locator('#flow-setting-exits-next').inputValue()).toBe('menu');
  });

  it('names what is missing, goes there, and is finished with lists', async () => {
    await page.getByRole('button', { name: /^Show: Menu, “1 Front desk” leads nowhere/ }).click();
    await page.waitForFunction(() => document.activeElement?.id === 'flow-setting-exits-1');
    await node(/^Menu/).focus();
    await page.keyboard.press('n');
    await page.getByLabel('Kind of node').selectOption('queue');
    await page.keyboard.press('Enter');
    await settings().getByLabel('Queue', { exact: true }).selectOption('general');
    await node(/^Menu/).focus();
    await page.keyboard.press('c');
    const dialog = page.getByRole('dialog', { name: 'Connect an exit of Menu' });
    expect(await dialog.getByLabel('Exit').inputValue()).toBe('noInput');
    await dialog.getByLabel('Leads to').selectOption('bye');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing stands in the way of publishing.').waitFor();
  });

  it('takes the last step back and forth again', async () => {
    await node(/^Menu/).focus();
    await page.keyboard.press('Control+z');
    await page.getByText(/“no key” leads nowhere/).waitFor();
    await page.keyboard.press('Control+Shift+z');
    await page.getByText('Nothing stands in the way of publishing.').waitFor();
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  it('moves a node by hand onto the grid, and back', async () => {
    const place = async () => {
      const box = await node(/^Queue/).boundingBox();
      if (!box) throw new Error('not on the screen');
      return box;
    };
    const before = await place();
    await page.mouse.move(before.x + 60, before.y + 20);
    await page.mouse.down();
    await page.mouse.move(before.x + 60 + 90, before.y + 20 + 70, { steps: 6 });
    await page.mouse.up();
    const after = await place();
    // Drawn in its own size, as so small a flow is.
    expect([(after.x - before.x) % 16, (after.y - before.y) % 16].map(Math.abs)).toEqual([0, 0]);
    expect(after.x - before.x).toBeGreaterThan(60);
    await page.keyboard.press('Control+z');
    await expect.poll(place).toEqual(before);
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  it('is published with a note, and given a number', async () => {
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish Front door' });
    await dialog.getByRole('textbox').fill('The first one');
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Front door: version 1 is live').waitFor();
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByText('The first one').waitFor();
    await page.getByRole('button', { name: 'All flows', exact: true }).click();
    await page.getByText('Numbers', { exact: true }).first().click();
    await page.getByRole('button', { name: 'Add a number' }).click();
    const added = page.locator('.flow-number').last();
    await added.getByLabel('Number called').fill('7300');
    await added.getByLabel('Flow', { exact: true }).selectOption('front-door');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Not saved yet').waitFor({ state: 'hidden' });
  });

  it('is what the next caller hears', async () => {
    const call = await phone.call({ to: '7300', from: margaretOkafor.number });
    await call.answered();
    await call.ears.prompt('welcome');
    await call.ears.prompt('menu-main');
    await call.press('1');
    expect(await bridge.event('workItem:queued')).toMatchObject({ queueId: 'general' });
    await call.hangUp();
    await bridge.event('interaction:ended');
  });

  it('shows the way of the call, node by node', async () => {
    await page.getByText('Flows', { exact: true }).first().click();
    await page.getByRole('button', { name: 'Open Front door' }).click();
    await page.getByRole('button', { name: 'Calls', exact: true }).click();
    const runs = page.getByRole('region', { name: 'Runs of this flow' });
    await runs.getByRole('button', { name: /7700 900142/ }).click();
    await runs.getByRole('listitem').first().waitFor();
    const way = await runs.getByRole('listitem').allInnerTexts();
    expect(way.map((step) => /Answer|Play|Menu|Queue/.exec(step)?.[0])).toEqual(['Answer', 'Play', 'Menu', 'Queue']);
    expect(way[2]?.split('\n')).toContain('1');
  });
});
