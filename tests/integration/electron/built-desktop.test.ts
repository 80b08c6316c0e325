import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDesktop } from '../../../tools/build-desktop.ts';
import { inProject } from '../../../tools/project.ts';
import { type IpcHandler, PageInChromium } from './page-in-chromium.ts';

const settings = { bridgeUrl: 'http://127.0.0.1:9', theme: 'dark', language: 'zh' };
const handlers = new Map<string, IpcHandler>([
  ['desktop:settings:read', () => settings],
  ['desktop:settings:write', () => settings],
]);
const complaints: string[] = [];
let desk: PageInChromium;

beforeAll(async () => {
  await buildDesktop(() => {});
  desk = await PageInChromium.open({ handlers, bridgeUrl: settings.bridgeUrl, files: inProject('dist', 'renderer') });
  desk.page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  desk.page.on('pageerror', (error) => complaints.push(error.message));
  await desk.load();
}, 120_000);
afterAll(() => desk.close());

test('the built desktop shows its log-in under the strict policy of Electron, with the settings of the machine', async () => {
  await desk.page.locator('input[type="password"]').waitFor({ timeout: 10_000 });
  expect(
    await desk.page.evaluate(() => ({ theme: document.documentElement.dataset.theme, language: document.documentElement.lang })),
  ).toEqual({
    theme: 'dark',
    language: expect.stringMatching(/^zh/),
  });
  expect(complaints).toEqual([]);
});
