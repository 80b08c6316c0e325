import type { Page } from 'playwright-core';
import { demoPassword } from '../../cti-bridge/store/seed/demo-people.ts';

/** What an agent does on the desktop's page, by the names on the screen. */

export async function signIn(page: Page, username = 'lena.hartmann'): Promise<void> {
  await page.locator('[name=username]').fill(username);
  await page.locator('[name=password]').fill(demoPassword);
  await page.keyboard.press('Enter');
  await page
    .getByRole('button', { name: /^(Become available|示闲)/ })
    .first()
    .waitFor();
}

export async function becomeAvailable(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^(Become available|示闲)/ })
    .first()
    .click();
}

/** Chooses an outcome, level by level, and finishes. */
export async function finishWrapUp(page: Page, ...path: readonly string[]): Promise<void> {
  for (const outcome of path) await page.getByRole('treeitem').filter({ hasText: outcome }).first().click();
  await page.getByRole('button', { name: /^Finish( Ctrl.*)?$/ }).click();
}
