import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPassword } from '../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { TestBrowser } from '../support/browser.ts';

/** An administrator sets up a new queue on a real bridge, from signing in to taking it back. */
describe('an administrator at work', () => {
  let bridge: TestBridge;
  let browser: TestBrowser;
  let page: Page;
  let problems: readonly string[];
  let section: (name: string) => Locator;
  let rows: Locator;

  beforeAll(async () => {
    bridge = await startBridge({ people: 20 });
    browser = await TestBrowser.open();
    ({ page, problems } = await browser.page(bridge.httpAddress));
    const sections = page.getByRole('navigation', { name: 'Sections' });
    section = (name) => sections.getByRole('button', { name: new RegExp(`^${name}`) });
    rows = page.locator('#place-work').getByRole('listitem');
  });

  afterAll(async () => {
    await browser?.close();
    await bridge?.dispose();
    expect(bridge.bugs).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('finds the administration in the rail and by its key', async () => {
    await page.locator('[name=username]').fill('admin');
    await page.locator('[name=password]').fill(demoPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Administration' }).waitFor();
    await page.keyboard.press('Alt+a');
    await section('Skills').waitFor();
    expect(await rows.count()).toBeGreaterThan(3);
  });

  it('adds a skill, gives it to a person and makes a queue that asks for it', async () => {
    await section('Skills').click();
    await page.getByRole('button', { name: 'Add a skill' }).click();
    await page.keyboard.type('Italian');
    expect(await page.getByLabel('Id', { exact: true }).inputValue()).toBe('italian');
    await page.getByLabel('Name in Chinese').fill('意大利语');

    await section('People').click();
    await page.getByRole('searchbox').fill('lena');
    await rows.getByRole('button', { name: /^Lena Hartmann/ }).click();
    await page.getByLabel('Add a skill').selectOption({ label: 'Italian' });
    await page.getByLabel('Level of Italian').selectOption('7');

    await section('Queues').click();
    await page.getByRole('button', { name: 'Add a queue' }).click();
    await page.keyboard.type('Italian line');
    await page.getByLabel('Name in Chinese').fill('意大利语专线');
    await page.getByLabel('Skills asked for').fill('italian >= 8');
    await page.getByText('Nobody meets this now.').waitFor();
    await page.getByLabel('Skills asked for').fill('italian >= 6');
    await page.getByText(/^1 of \d+ people meets this now\./).waitFor();
    await page.getByText('3 unsaved changes').waitFor();
  });

  it('reviews and saves by keyboard alone', async () => {
    await page.keyboard.press('Control+s');
    const review = page.getByRole('dialog', { name: 'Review and save' });
    await review.getByText('People · Lena Hartmann · Skills · Italian').waitFor();
    expect(await review.locator('.admin-change-place').allInnerTexts()).toEqual([
      'Skills · Italian',
      'Queues · Italian line',
      'People · Lena Hartmann · Skills · Italian',
    ]);
    await page.keyboard.type('Callers from Milan');
    await page.keyboard.press('Enter');
    await page.getByText(/^Saved as revision \d+$/).waitFor();
    await review.waitFor({ state: 'hidden' });
    await page.getByText('Everything is saved').waitFor();
  });

  it('sees it in the history with who and why', async () => {
    await section('History').click();
    const newest = rows.first().getByRole('button');
    await newest.click();
    expect(await newest.innerText()).toMatch(/Callers from Milan\n.+ · 3 changes$/);
    await page.getByText('Queues · Italian line').waitFor();
  });

  it('undoes it as a new revision; the queue is gone', async () => {
    await page.getByRole('button', { name: 'Undo this revision' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }).click();
    await rows
      .first()
      .getByText(/Revision \d+ undone/)
      .waitFor();
    await section('Queues').click();
    await rows.getByRole('button', { name: /^Key accounts, billing/ }).waitFor();
    expect(await rows.getByRole('button', { name: /^Italian line/ }).count()).toBe(0);
    await section('People').click();
    await rows.getByRole('button', { name: /^Lena Hartmann/ }).click();
    expect(await page.getByLabel('Level of Italian').count()).toBe(0);
  });
});
