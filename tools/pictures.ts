import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import {
  chenZhiyuan,
  demoPassword,
  duplicatePair,
  juliaBrandt,
  kempSwitchboard,
  margaretOkafor,
  unknownNumber,
  zhouHousehold,
} from '../cti-bridge/store/seed/demo-people.ts';
import { startBridge } from '../tests/support/bridge.ts';
import { TestBrowser } from '../tests/support/browser.ts';
import { becomeAvailable, signIn } from '../tests/support/desktop-page.ts';
import { type ScriptedCall, ScriptedPhone } from '../tests/support/scripted-phone/index.ts';
import { writeToneFile } from '../tests/support/tones.ts';
import { inProject } from './project.ts';

/**
 * Takes pictures of the desktop: a real bridge, real calls, a real browser. Build first. Without a folder they go to
 * `dist/pictures`; those of the documentation are taken by `desktop-pictures.ts`.
 *
 *   node tools/bootstrap.mjs tools/pictures.ts [FOLDER] [--zh] [--dark] [--size 1366x768] [--zoom 2] [--only pop]
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    zh: { type: 'boolean', default: false },
    dark: { type: 'boolean', default: false },
    size: { type: 'string', default: '1440x900' },
    zoom: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true, default: [] },
  },
});
const cast = options.zh
  ? {
      agent: 'lin.wei',
      caller: chenZhiyuan.number,
      shared: zhouHousehold.number,
      hotline: '1001',
      note: '10 月账单仍有国际漫游费 ¥11,284.00，11 月 18 日已答应减免。\n客户希望出账前答复。',
      find: 'czy',
      customer: '陈志远',
      position: '运营副总裁',
      mergeReason: '客户在通话中确认两个号码均为本人。',
      company: '东禾物流',
      importName: '浙东客户 11 月.csv',
      importHead: '客户编号,姓名,手机,邮箱,单位,级别',
      importRow: (at: number) =>
        `K-9${String(at).padStart(5, '0')},${['周明远', '欧阳静', '单雄', '曾丽', '吴建国'][at % 5]}${at},139${10_000_000 + at},k${at}@list.example,鸿运食品,${at % 2 ? '金卡' : '银卡'}`,
      importWrong: [
        'K-990001,林小满,1.39E+10,,鸿运食品,金卡',
        'K-990002,,13912345678,,鸿运食品,金卡',
        'K-990003,何安,13912345679,,鸿运食品,铂金',
      ],
      words: {
        available: '示闲',
        answer: '接听',
        hold: '保持',
        resume: '恢复',
        compare: '比较',
        addKey: '添加按键',
        newKey: '按键 5 的中文',
        saved: '已保存',
      },
      flow: 'hotline-zh',
      newKey: '合同',
    }
  : {
      agent: 'lena.hartmann',
      caller: margaretOkafor.number,
      shared: kempSwitchboard.number,
      hotline: '1000',
      note: 'October bill still shows £1,284.00 for roaming. The credit was promised on 18 November.\nShe wants it off before the next bill.',
      find: 'okaf',
      customer: 'Margaret Okafor',
      position: 'Managing director',
      mergeReason: 'She confirmed both on the call.',
      company: 'Harbour & Vale',
      importName: 'customers-east-november.csv',
      importHead: 'Customer no.,Name,Mobile,E-mail,Company,Tier',
      importRow: (at: number) =>
        `K-9${String(at).padStart(5, '0')},${['Eleanor Pryce', 'Siobhán Ó Briain', 'Jürgen Köhler', 'Amina Yusuf', 'Łukasz Wójcik'][at % 5]} ${at},+44 7700 9${String(10_000 + at).slice(-5)},k${at}@list.example,Brightwell Foods,${at % 2 ? 'gold' : 'silver'}`,
      importWrong: [
        'K-990001,Nora Field,7.7009E+09,,Brightwell Foods,gold',
        'K-990002,,07700 900311,,Brightwell Foods,gold',
        'K-990003,Ivo Stern,07700 900312,,Brightwell Foods,platinum',
      ],
      words: {
        available: 'Become available',
        answer: 'Answer',
        hold: 'Hold',
        resume: 'Resume',
        compare: 'Compare',
        addKey: 'Add a key',
        newKey: 'Key 5 in English',
        saved: 'Saved',
      },
      flow: 'hotline-en',
      newKey: 'Contract',
    };
const target = positionals[0] ?? inProject('dist', 'pictures');
const zoom = Number(options.zoom);
const [width = 1_440, height = 900] = options.size.split('x').map((side) => Math.round(Number(side) / zoom));
const isAsIs = options.size === '1440x900' && zoom === 1;
const suffix = `${options.zh ? '.zh' : ''}${options.dark ? '.dark' : ''}${isAsIs ? '' : `.${options.size}${zoom === 1 ? '' : `@${zoom}`}`}.png`;

const folder = mkdtempSync(join(tmpdir(), 'crosspoint-pictures-'));
mkdirSync(target, { recursive: true });
const bridge = await startBridge();
const browser = await TestBrowser.open({
  microphone: writeToneFile(join(folder, 'agent.wav'), 440, 2_000, 48_000),
  locale: options.zh ? 'zh-CN' : 'en-GB',
  colorScheme: options.dark ? 'dark' : 'light',
  viewport: { width, height },
  deviceScaleFactor: zoom,
});
const phone = await ScriptedPhone.onTrunk({ sip: bridge.sip });
try {
  const { page } = await browser.page(bridge.httpAddress);
  const press = (name: string) => page.getByRole('button', { name }).first().click();
  await page.locator('[name=username]').waitFor();
  await shoot(page, 'login');
  await signIn(page, cast.agent);
  await shoot(page, 'away');
  await press(cast.words.available);
  await page.getByRole('button', { name: cast.words.available }).first().waitFor({ state: 'hidden' });
  await shoot(page, 'idle');

  const call = await ring(cast.caller, ['1#']);
  await shoot(page, 'pop');
  call.mouth.playTone(1_000);
  await press(cast.words.answer);
  await bridge.event('call:audioFlowing');
  await page.locator('[data-place=notes]').fill(cast.note);
  await page.waitForTimeout(8_000);
  await shoot(page, 'call');
  await press(cast.words.hold);
  await page.waitForTimeout(2_500);
  await shoot(page, 'held');
  await press(cast.words.resume);
  await page.waitForTimeout(1_500);
  const wantsFloor = options.only.length === 0 || options.only.includes('transfer') || options.only.includes('supervise');
  const floor = wantsFloor ? (await browser.page(bridge.httpAddress)).page : null;
  if (floor) {
    await signIn(floor, 'dana.whitlock');
    await becomeAvailable(floor);
  }
  await page.bringToFront();
  await page.keyboard.press('F6');
  await page.getByRole('option').first().waitFor();
  await page.waitForTimeout(500);
  await shoot(page, 'transfer');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  // The supervisor of the demo reads English.
  if (floor && !options.zh) await listenIn(floor);
  await floor?.close();
  await call.hangUp();
  await page.getByRole('tree').waitFor();
  await shoot(page, 'wrap-up');
  await page.getByRole('tree').press('1');
  await page.getByRole('tree').press('2');
  await page.getByRole('tree').press('1');
  await shoot(page, 'wrap-up-chosen');
  await page.keyboard.press('Control+Enter');
  await bridge.event('interaction:completed');
  await shoot(page, 'idle-again');

  for (const [name, from] of [
    ['candidates', cast.shared],
    ['unknown', unknownNumber],
    ['anonymous', 'anonymous'],
    ['plain', juliaBrandt.number],
  ] as const) {
    if (options.only.length > 0 && !options.only.some((only) => only.startsWith(name))) continue;
    const other = await ring(from, ['1#']);
    await shoot(page, name);
    await press(cast.words.answer);
    await page.locator('[data-place=notes]').waitFor();
    await page.waitForTimeout(1_500);
    await shoot(page, `${name}-call`);
    await other.hangUp();
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Control+2');
    await page.getByRole('tree').press('5');
    await page.getByRole('tree').press('1');
    const completed = bridge.events.filter((event) => event.type === 'interaction:completed').length;
    await page.keyboard.press('Control+Enter');
    while (bridge.events.filter((event) => event.type === 'interaction:completed').length === completed) await page.waitForTimeout(50);
  }

  const wants = (...names: readonly string[]) => options.only.length === 0 || names.some((name) => options.only.includes(name));
  if (wants('search', 'record', 'record-bills', 'record-value', 'record-history', 'merge', 'cases')) await openCustomer(page);
  if (wants('my-customers', 'hand-over', 'company', 'company-formula')) await lookAfterCustomers(page);
  if (wants('import', 'import-checked', 'import-done', 'lapsed')) await importCustomers();
  if (wants('flows', 'flow-list', 'flow-compare', 'flow-heat')) await drawFlows();
} finally {
  await phone.close();
  await browser.close();
  await bridge.dispose();
  rmSync(folder, { recursive: true, force: true });
}

/** Into the only call there is, from the live board. */
async function listenIn(floor: Page): Promise<void> {
  await floor.bringToFront();
  await floor.keyboard.press('Alt+b');
  await floor.getByRole('button', { name: /^Lena Hartmann/ }).click();
  await floor.getByRole('button', { name: 'Listen', exact: true }).click();
  await floor.locator('.supervised').waitFor();
  await floor.waitForTimeout(1_500);
  await shoot(floor, 'supervise');
  await floor.keyboard.press('F12');
  await floor.locator('.supervised').waitFor({ state: 'hidden' });
}

/** A customer found by a part of the name, the page, and a second record of the same person compared with it. */
async function openCustomer(page: Page): Promise<void> {
  const firstOfPage = async (key: string, place: string) => {
    await page.keyboard.press(key);
    await page.locator(place).first().waitFor();
  };
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(cast.find);
  await page.locator('.palette-title').first().waitFor();
  await shoot(page, 'search');
  await page.locator('.palette-item').filter({ hasText: cast.customer }).first().click();
  await page.locator('.record-name').waitFor();
  await shoot(page, 'record');
  await page.getByRole('tab').nth(3).click();
  await shoot(page, 'record-bills');
  await page.getByRole('tab').nth(4).click();
  await shoot(page, 'record-value');
  await page.getByRole('tab').nth(0).click();
  await page.locator('.record-facts button.in-place').nth(1).click();
  await page.keyboard.type(cast.position);
  await page.keyboard.press('Enter');
  await firstOfPage('Alt+h', '.change-line');
  await shoot(page, 'record-history');
  for (const toast of await page.locator('.toast > button').all()) await toast.click();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(duplicatePair.email);
  await page.locator('.palette-title').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.duplicate-line').first().waitFor();
  await page.getByRole('button', { name: cast.words.compare }).first().click();
  await page.locator('.merge-table').waitFor();
  await page.getByRole('dialog').getByRole('textbox').fill(cast.mergeReason);
  await shoot(page, 'merge');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+l');
  await page.getByRole('radio').nth(1).check({ force: true });
  await page.locator('.cases-link').first().click();
  await shoot(page, 'cases');
}

/** The list of an account manager, a handover that is not made, and the file of the first company. */
async function lookAfterCustomers(page: Page): Promise<void> {
  await page.keyboard.press('Alt+m');
  await page.locator('.customer-name-button').first().waitFor();
  await shoot(page, 'my-customers');
  for (const at of [1, 2]) await page.locator('.customer-table tbody input').nth(at).check();
  await page.keyboard.press('Alt+o');
  await page.locator('.handover-person').first().click();
  await shoot(page, 'hand-over');
  await page.keyboard.press('Escape');
  await page.locator('.customer-name-button').filter({ hasText: cast.company }).click();
  await page.locator('.account').waitFor();
  await shoot(page, 'company');
  await page.locator('.nine-box').hover();
  await page.locator('.account-pair .account-link').first().click();
  await shoot(page, 'company-formula');
  await page.keyboard.press('Escape');
}

/** An administrator gives the menu of the hotline one more key, which leads nowhere yet. */
async function drawFlows(): Promise<void> {
  const page = await administrator();
  await page.keyboard.press('Control+g');
  await page.locator('.flow-table').waitFor();
  await shoot(page, 'flow-list');
  await page.locator('tr').filter({ hasText: cast.flow }).locator('.flow-open').click();
  await page.locator('.react-flow__node').first().waitFor();
  // The menu and where its keys lead stand further to the right.
  await page.mouse.move(700, 260);
  await page.mouse.down();
  await page.mouse.move(240, 230, { steps: 5 });
  await page.mouse.up();
  await page.getByRole('switch').click();
  await page.locator('.flow-edge-count').first().waitFor();
  await shoot(page, 'flow-heat');
  await page.getByRole('switch').click();
  await page.locator('.react-flow__node[data-id="menu"]').click();
  await page.getByRole('button', { name: cast.words.addKey }).click();
  await page.getByLabel(cast.words.newKey).fill(cast.newKey);
  await page.locator('.flow-problems li').first().waitFor();
  // The first letters are saved by themselves, and then the rest.
  await page.waitForTimeout(2_000);
  await page.locator('.flow-saving').filter({ hasText: cast.words.saved }).waitFor();
  await shoot(page, 'flows');
  await page.getByRole('button', { name: cast.words.compare }).click();
  await page.locator('.flow-changes').waitFor();
  await shoot(page, 'flow-compare');
  await page.close();
}

/** An administrator imports a list with some rows that are wrong, and looks at who has lapsed. */
async function importCustomers(): Promise<void> {
  const page = await administrator();
  await page.keyboard.press('Alt+i');
  const rows = Array.from({ length: 2_000 }, (_each, at) => cast.importRow(at));
  const list = join(folder, cast.importName);
  writeFileSync(list, [cast.importHead, ...rows, ...cast.importWrong].join('\n'));
  await page.locator('#import-file').setInputFiles(list);
  await page.locator('.import-sample').waitFor();
  await shoot(page, 'import');
  await page.keyboard.press('Alt+t');
  await page.locator('.import-figures').waitFor();
  await shoot(page, 'import-checked');
  await page.keyboard.press('Alt+s');
  await page.locator('.import-part .import-figures').waitFor({ timeout: 60_000 });
  await page.locator('.import-problems').waitFor({ timeout: 60_000 });
  await shoot(page, 'import-done');
  await page.keyboard.press('Alt+a');
  await page.locator('.admin-section').nth(-2).click();
  await shoot(page, 'lapsed');
  await page.close();
}

async function administrator(): Promise<Page> {
  const { page } = await browser.page(bridge.httpAddress);
  await page.locator('[name=username]').fill('admin');
  await page.locator('[name=password]').fill(demoPassword);
  await page.keyboard.press('Enter');
  await page.locator('.rail').waitFor();
  // The administrator of the demo reads English.
  if (options.zh) {
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitemradio', { name: '中文' }).click();
  }
  return page;
}

/** Calls the hotline as people do, not as programs can: listens, presses, and is painted on the desk. */
async function ring(from: string, keys: readonly string[]): Promise<ScriptedCall> {
  const painted = bridge.events.filter((event) => event.type === 'pop:painted').length;
  const call = await phone.call({ to: cast.hotline, from });
  await call.answered();
  for (const key of keys) {
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    await call.press(key);
  }
  while (bridge.events.filter((event) => event.type === 'pop:painted').length === painted) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  return call;
}

async function shoot(page: Page, name: string): Promise<void> {
  if (options.only.length > 0 && !options.only.includes(name)) return;
  await page.waitForTimeout(400);
  const path = join(target, `${name}${suffix}`);
  await page.screenshot({ path });
  const { overflow } = await page.evaluate(() => ({
    overflow: document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight,
  }));
  console.log(`${path}: ${Math.round(statSync(path).size / 1_000)} kB${overflow ? ', the window scrolls' : ''}`);
}
