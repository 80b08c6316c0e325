import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Whoever works a page: by mouse, with the keyboard for words alone, or by keyboard alone. */
export interface Hands {
  /** What the control of this name, or of one of several names (`a|b`), does: it is clicked, or its key is pressed while it can be. */
  does(name: string, key: string, within?: Locator): Promise<void>;
  /** The same with a control that is no button with a name of its own. */
  uses(control: Locator, key: string): Promise<void>;
  /** Brings the keyboard there: by a click, or by the key of the place, or by as many tabs as it takes. */
  goesTo(place: Locator, key?: string): Promise<void>;
  /** Chooses one of several beside each other, of which this is the next after the one that stands. */
  choosesNext(choice: Locator): Promise<void>;
  /** Chooses one by one in a list of digits, each by its words or by its digit. */
  choosesIn(list: Locator, path: readonly (readonly [words: string, digit: string])[]): Promise<void>;
  ticks(box: Locator): Promise<void>;
  /** Chooses one in a list of a few that have digits. */
  picks(choice: Locator, digit: string): Promise<void>;
  types(words: string): Promise<void>;
}

const limitMs = 15_000;
const longestWay = 80;

export function handsOn(page: Page, by: 'mouse' | 'keys'): Hands {
  const named = (name: string, within: Page | Locator) => within.getByRole('button', { name: new RegExp(`^(${name})$`) }).first();
  const types = (words: string) => page.keyboard.type(words);
  if (by === 'mouse') {
    return {
      does: (name, _key, within = page.locator('body')) => named(name, within).click(),
      uses: (control) => control.click(),
      goesTo: (place) => place.click(),
      // What is chosen is a word, in front of an input nobody sees.
      choosesNext: (choice) => choice.locator('xpath=ancestor::label').click(),
      async choosesIn(list, path) {
        for (const [words] of path) await list.getByRole('treeitem', { name: words, exact: false }).first().click();
      },
      ticks: (box) => box.click(),
      picks: (choice) => choice.click(),
      types,
    };
  }
  const has = (place: Locator) => place.evaluate((element) => element === document.activeElement);
  async function goesTo(place: Locator, key = 'Tab'): Promise<void> {
    await place.waitFor({ state: 'attached' });
    for (let steps = 0; !(await has(place)); steps++) {
      if (steps === longestWay) throw new Error(`${longestWay} times ${key} do not lead to ${String(place)}`);
      await page.keyboard.press(key);
    }
  }
  return {
    async does(name, key, within = page.locator('body')) {
      await expect.poll(() => named(name, within).isEnabled(), { timeout: limitMs }).toBe(true);
      await page.keyboard.press(key);
    },
    async uses(control, key) {
      await control.waitFor();
      await page.keyboard.press(key);
    },
    goesTo,
    async choosesNext(choice) {
      const chosen = choice.page().locator(`input[type=radio][name="${await choice.getAttribute('name')}"]:checked`);
      await goesTo(chosen, 'Shift+Tab');
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => choice.isChecked(), { timeout: limitMs }).toBe(true);
    },
    async choosesIn(list, path) {
      await goesTo(list, 'Shift+Tab');
      for (const [, digit] of path) await page.keyboard.press(digit);
    },
    async ticks(box) {
      await goesTo(box);
      await page.keyboard.press('Space');
    },
    async picks(choice, digit) {
      await expect
        .poll(() => choice.evaluate((element) => document.activeElement?.closest('section')?.contains(element) === true))
        .toBe(true);
      await page.keyboard.press(digit);
    },
    types,
  };
}

/** From now on the page counts what a pointer does in it. */
export async function watchPointer(page: Page): Promise<() => Promise<number>> {
  const begin = () => {
    const scope = window as unknown as { crosspointPointer: number };
    scope.crosspointPointer = 0;
    for (const name of ['pointerdown', 'pointermove', 'wheel'] as const)
      window.addEventListener(name, () => (scope.crosspointPointer += 1), { capture: true });
  };
  await page.evaluate(begin);
  return () => page.evaluate(() => (window as unknown as { crosspointPointer: number }).crosspointPointer);
}
