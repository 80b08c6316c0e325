import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { chenZhiyuan, demoPassword, hotlines, juliaBrandt, margaretOkafor } from '../../cti-bridge/store/seed/demo-people.ts';
import { en } from '../../renderer/i18n/en.ts';
import { zh } from '../../renderer/i18n/zh.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import { createI18n } from '../support/both-languages.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { pageHears, TestBrowser } from '../support/browser.ts';
import { CustomerSide } from '../support/customer-side.ts';
import { signIn } from '../support/desktop-page.ts';
import { type Hands, handsOn, watchPointer } from '../support/hands.ts';
import { textMail } from '../support/made-mail.ts';
import { knownSoundsOf, type ScriptedCall, ScriptedPhone } from '../support/scripted-phone/index.ts';
import { writeToneFile } from '../support/tones.ts';

const twoCallsAtOnce = (configuration: Configuration): Configuration => ({
  ...configuration,
  capacities: configuration.capacities.map((capacity) => ({
    ...capacity,
    channels: { ...capacity.channels, voice: { max: 2, weight: 50, interrupts: [] } },
  })),
});

/** How long anything may take on a machine that is busy. */
const limitMs = 15_000;

/** Everybody has a voice of their own: who is heard is told by the tone. */
const tones = { agent: 560, colleague: 760, first: 1_000, second: 1_300 };
const known = knownSoundsOf(fileURLToPath(new URL('../../assets', import.meta.url)));

const mornings = [
  {
    ...({ by: 'mouse', locale: 'en-GB', words: en, signsInAs: 'lena.hartmann', agent: 'Lena Hartmann' } as const),
    ...{ colleague: { username: 'dana.whitlock', name: 'Dana Whitlock', typed: 'dana' } },
    ...{ first: { ...margaretOkafor, mail: 'm.okafor@harbourvale.example', dials: hotlines.direct, presses: '' } },
    ...{ note: 'Roaming of October, £1,284.00, an answer by 12.', why: 'A credit above my limit', ask: '£1,284.00, please approve.' },
    ...{ outcome: ['Billing', 'Roaming', 'Credit in full'], promise: 'The credit is on the next bill', reason: 'Break' },
    ...{ mailed: 'Please send the invoice again.', answer: 'Here it is.', asked: 'Is it there?', said: 'In a minute.' },
  },
  {
    ...({ by: 'keys', locale: 'zh-CN', words: zh, signsInAs: '6013', agent: '林薇' } as const),
    ...{ colleague: { username: 'qian.yifan', name: '钱一凡', typed: '钱' } },
    ...{ first: { ...chenZhiyuan, mail: 'chen.zhiyuan@donghe.example', dials: hotlines.shortZh, presses: '1#' } },
    ...{ note: '10 月漫游费 ¥11,284，12 月前答复。', why: '减免超出我的权限', ask: '漫游费 ¥11,284，请审批。' },
    ...{ outcome: ['账务', '国际漫游', '全额减免'], promise: '下期账单体现减免', reason: '小休' },
    ...{ mailed: '请再发一次账单。', answer: '已附上。', asked: '发了吗？', said: '马上就好。' },
  },
];

/** What a sentence begins with, before its first fact. */
const begins = (sentence: string) => new RegExp(`^${sentence.split('{{')[0]?.trim()}`);

/**
 * One agent's morning from the check of the headset to the break, with real sound on every side: once in English with the mouse and nothing
 * typed but words, once in Chinese by keys alone.
 */
describe.each(mornings)('a morning by $by, $locale', (morning) => {
  const { by, words, colleague, first } = morning;
  const { t } = createI18n(by === 'mouse' ? 'en' : 'zh');
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-morning-'));
  const browsers: TestBrowser[] = [];
  const problems: (readonly string[])[] = [];
  let customer: CustomerSide;
  let bridge: TestBridge;
  let page: Page;
  let hands: Hands;
  let pointed: () => Promise<number>;
  let other: Page;
  let othersHands: Hands;
  let phone: ScriptedPhone;
  let one: ScriptedCall;
  let two: ScriptedCall;

  async function desktop(tone: number, isUnchecked: boolean): Promise<Page> {
    const microphone = writeToneFile(join(folder, `${tone}.wav`), tone, 2_000, 48_000);
    const browser = await TestBrowser.open({ microphone, locale: morning.locale, isUnchecked });
    browsers.push(browser);
    browser.context.setDefaultTimeout(limitMs);
    const opened = await browser.page(bridge.httpAddress);
    problems.push(opened.problems);
    return opened.page;
  }

  beforeAll(async () => {
    customer = await CustomerSide.open();
    bridge = await startBridge({
      config: { mail: { intake: { host: '127.0.0.1', port: 0 } } },
      setUp: (configuration) => twoCallsAtOnce(customer.setUp(configuration)),
    });
    [page, other] = await Promise.all([desktop(tones.agent, true), desktop(tones.colleague, false)]);
    [hands, othersHands] = [handsOn(page, by), handsOn(other, by)];
    pointed = await watchPointer(page);
    await signIn(other, colleague.username);
    phone = await ScriptedPhone.onTrunk({ sip: bridge.sip, known });
  });

  afterAll(async () => {
    const byPointer = await pointed();
    await phone?.close();
    for (const browser of browsers) await browser.close();
    await bridge?.dispose();
    await customer?.stop();
    rmSync(folder, { recursive: true, force: true });
    expect(bridge.bugs).toEqual([]);
    expect(problems.flat()).toEqual([]);
    expect(byPointer > 0).toBe(by === 'mouse');
  });

  // Whoever has no pointer is never nowhere.
  afterEach(async () => {
    if (by === 'keys') await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  });

  const hears = (on: Page, tone: number) => pageHears(on, tone, limitMs);
  const sees = (on: Page | Locator, text: string | RegExp) => on.getByText(text).first().waitFor();
  const dialog = () => page.getByRole('dialog');
  const talkWith = (name: string) => page.getByRole('article', { name: t('talk.title', { name }) });
  const outcomes = () => page.getByRole('tree');
  const field = (on: Page | Locator, name: string) => on.getByRole('textbox', { name });
  const completed = () => bridge.events.filter(({ type }) => type === 'interaction:completed').length;

  async function writes(place: Locator, text: string, key?: string): Promise<void> {
    await hands.goesTo(place, key);
    await hands.types(text);
  }

  /** The outcome, level by level, and done. A conversation is opened for it first. */
  async function finishes(): Promise<void> {
    const before = completed();
    if (!(await outcomes().isVisible())) await hands.does(words['inbox.finish'], 'Control+Enter');
    await outcomes().waitFor();
    const [matter = '', kind = '', outcome = ''] = morning.outcome;
    await hands.choosesIn(outcomes(), [
      [matter, '1'],
      [kind, '2'],
      [outcome, '1'],
    ]);
    await page.getByRole('treeitem', { name: outcome, selected: true }).waitFor();
    await hands.does(words['wrapUp.finish'], 'Control+Enter');
    await vi.waitFor(() => expect(completed()).toBe(before + 1), limitMs);
  }

  const conversation = (channel: 'email' | 'chat') =>
    page.getByRole('article', { name: `${words[`inbox.head.${channel}`]}: ${first.name}` });
  const inList = (channel: 'email' | 'chat') =>
    page
      .getByRole('region', { name: words['inbox.answerNext'] })
      .getByRole('button', { name: new RegExp(`^${words[`channel.${channel}`]}`) })
      .first();
  async function takes(channel: 'email' | 'chat'): Promise<void> {
    await page.getByLabel(words[`inbox.offer.${channel}`], { exact: true }).first().waitFor();
    await hands.does(words['action.inbox.accept'], 'F2');
    await conversation(channel).waitFor();
  }

  it('signs in: the first field has the keyboard', async () => {
    await page.locator('[name=username]:focus').waitFor();
    await hands.types(morning.signsInAs);
    await writes(page.locator('[name=password]'), demoPassword);
    await hands.does(words['login.submit'], 'Enter');
    await page.getByRole('heading', { name: words['work.title'] }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(by === 'mouse' ? 'en' : 'zh-CN');
  });

  it('checks headset and line by a call to oneself, and is available', async () => {
    if (by === 'mouse') await hands.does(words['idle.becomeAvailable'], '');
    else {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').and(page.locator(':focus')).waitFor();
      await hands.types(words['action.agent.available']);
      await page.keyboard.press('Enter');
    }
    for (const found of ['echoed', 'played'] as const) await sees(dialog(), words[`check.found.${found}`]);
    await hears(page, tones.agent);
    await hands.does(`${words['check.available']}|${words['check.availableAnyway']}`, 'Control+Enter', dialog());
    await bridge.event('agent:presenceChanged', ({ presence }) => presence === 'available', limitMs);
    await dialog().waitFor({ state: 'hidden' });
    await sees(page, words['idle.readyTitle']);
  });

  it('sees who rings without losing the keyboard, answers, and writes down what is said', async () => {
    if (by === 'keys') {
      await page.keyboard.press('Control+1');
      await page.locator('#place-work:focus').waitFor();
    }
    one = await phone.call({ to: first.dials, from: first.number });
    await one.answered();
    if (first.presses) await one.press(first.presses);
    await page.getByRole('heading', { name: first.name }).first().waitFor();
    if (first.presses) await sees(page, t('path.recognised.name', { name: first.name }));
    if (by === 'keys') expect(await page.locator('#place-work:focus').count()).toBe(1);
    await hands.does(words['action.call.answer'], 'F2');
    await one.ears.tone(tones.agent, limitMs);
    one.mouth.playTone(tones.first);
    await hears(page, tones.first);
    await writes(page.locator('[data-place=notes]'), morning.note, 'Alt+n');
    await sees(page, begins(words['notes.saved']));
  });

  it('goes by a guide, and gives an answer in it', async () => {
    const guide = page.getByRole('region', { name: begins(words['guide.title']) });
    const sure = guide.getByRole('checkbox').first();
    await hands.ticks(sure);
    await hands.does(words['guide.next'], 'Control+Enter', guide);
    await sees(guide, t('guide.place', { step: '2', of: '5' }));
    await hands.picks(guide.getByRole('radio').first(), '1');
    await guide.getByRole('radio').first().and(page.locator(':checked')).waitFor();
  });

  it('answers a second call while talking, and goes from one to the other', async () => {
    two = await phone.call({ to: hotlines.direct, from: juliaBrandt.number });
    await two.answered();
    await talkWith(first.name).waitFor();
    await hands.does(words['action.call.line2'], 'F2');
    await two.ears.tone(tones.agent, limitMs);
    await one.ears.music(limitMs);
    two.mouth.playTone(tones.second);
    await hears(page, tones.second);
    await talkWith(juliaBrandt.name).waitFor();
    await hands.does(words['action.call.swap'], 'F2');
    await one.ears.tone(tones.agent, limitMs);
    await two.ears.music(limitMs);
    await hears(page, tones.first);
    await talkWith(first.name).waitFor();
    await hands.does(words['action.call.swap'], 'F2');
    await two.ears.tone(tones.agent, limitMs);
    await one.ears.music(limitMs);
    await hands.does(words['action.call.end'], 'F12');
    expect(await two.ended()).toMatchObject({ by: 'them', how: 'bye' });
    await hands.does(words['action.call.resume'], 'F4');
    await one.ears.tone(tones.agent, limitMs);
  });

  it('asks a colleague, who has the customer and the words on the screen, while the customer hears music', async () => {
    await hands.does(words['action.call.transfer'], 'F6');
    await dialog().getByRole('combobox').and(page.locator(':focus')).waitFor();
    await hands.types(colleague.typed);
    await dialog()
      .getByRole('option', { name: new RegExp(colleague.name), selected: true })
      .waitFor();
    await writes(field(dialog(), words['transfer.reason']), morning.why);
    await writes(field(dialog(), t('transfer.note', { name: colleague.name })), morning.ask);
    if (by === 'keys') await hands.goesTo(dialog().getByRole('combobox'), 'Shift+Tab');
    await hands.does(words['transfer.consult'], 'Enter', dialog());
    await sees(other, t('offer.transfer.consult', { name: morning.agent }));
    for (const text of [morning.why, morning.ask, first.name]) await sees(other, text);
    await sees(page, t('call.hears.ringing', { name: colleague.name, customer: first.name }));
    await one.ears.music(limitMs);
    await othersHands.does(words['action.call.answer'], 'F2');
    await hears(page, tones.colleague);
    await hears(other, tones.agent);
    await sees(other, t('call.advising.aside', { name: morning.agent }));
    await sees(page, t('call.hears.aside', { name: colleague.name, customer: first.name }));
  });

  it('goes between customer and colleague, and hands the customer over', async () => {
    await hands.does(words['action.call.swap'], 'F2');
    await one.ears.tone(tones.agent, limitMs);
    await sees(other, t('call.advising.held', { name: morning.agent }));
    await sees(page, t('call.hears.held', { name: colleague.name, customer: first.name }));
    await hands.does(words['action.call.swap'], 'F2');
    await one.ears.music(limitMs);
    await sees(page, t('call.hears.aside', { name: colleague.name, customer: first.name }));
    await hands.does(words['action.call.completeTransfer'], 'F6');
    await one.ears.tone(tones.colleague, limitMs);
    await hears(other, tones.first);
    await expect.poll(() => other.getByText(t('call.advising.aside', { name: morning.agent })).count()).toBe(0);
    await othersHands.does(words['action.call.end'], 'F12');
    expect(await one.ended()).toMatchObject({ by: 'them', how: 'bye' });
  });

  it('wraps both up, with a promise to the customer', async () => {
    await outcomes().waitFor();
    const pane = page.getByRole('article', { name: words['state.wrappingUp'] });
    await hands.does(words['followUp.add'], 'Alt+f', pane);
    await hands.choosesNext(dialog().getByRole('radio', { name: words['followUp.promise'] }));
    await writes(field(dialog(), words['followUp.text.promise']), morning.promise);
    await hands.does(words['followUp.store.promise'], 'Control+Enter', dialog());
    await sees(pane, morning.promise);
    await finishes();
    await finishes();
    expect(bridge.events.filter(({ type }) => type === 'interaction:completed')).toEqual(
      [1, 2].map(() => expect.objectContaining({ isAutomatic: false, dispositionCode: 'creditFull' })),
    );
    await sees(page, words['idle.readyTitle']);
  });

  it('answers a chat and a mail beside each other', async () => {
    const mail = {
      From: `=?utf-8?B?${Buffer.from(first.name).toString('base64')}?= <${first.mail}>`,
      To: 'care@crosspoint.example',
      Subject: 'Invoice',
      'Message-ID': '<m1@harbourvale.example>',
    };
    await customer.mail(bridge.mailAddress, first.mail, textMail(morning.mailed, mail));
    await takes('email');
    const { page: shop } = await (browsers[0] as TestBrowser).page(`${bridge.httpAddress}/shop/`);
    await shop.getByRole('button', { name: /Chat with us|在线客服/ }).press('Enter');
    await shop.locator('form input').first().fill(first.name);
    await shop.locator('form input[type=email]').fill(first.mail);
    await shop.keyboard.press('Enter');
    await shop.getByRole('textbox').last().pressSequentially(morning.asked);
    await shop.keyboard.press('Enter');
    await takes('chat');
    for (const channel of ['email', 'chat'] as const) {
      await hands.uses(inList(channel), 'Control+j');
      await conversation(channel).waitFor();
    }
    await sees(conversation('chat'), morning.asked);
    await writes(conversation('chat').getByRole('textbox'), morning.said);
    await page.keyboard.press('Enter');
    await sees(shop.getByRole('log'), morning.said);
    await finishes();
    await conversation('email').waitFor();
    const reply = conversation('email').getByRole('button', { name: words['composer.reply'], exact: true });
    await hands.goesTo(reply);
    if (by === 'keys') await page.keyboard.press('Enter');
    await writes(field(conversation('email'), words['composer.mailText']), morning.answer);
    await hands.does(words['composer.send'], 'Control+Enter', conversation('email'));
    await vi.waitFor(() => expect(customer.mails.mails).toHaveLength(1), limitMs);
    await finishes();
  });

  it('takes a break', async () => {
    if (by === 'mouse') {
      await page.locator('.state-switch').click();
      await page.getByRole('menuitem', { name: new RegExp(`${morning.reason}$`) }).click();
    } else {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').and(page.locator(':focus')).waitFor();
      await hands.types(morning.reason);
      await page.getByRole('option', { name: new RegExp(morning.reason) }).waitFor();
      await page.keyboard.press('Enter');
    }
    await bridge.event('agent:presenceChanged', ({ presence, reason }) => presence === 'notReady' && reason === 'break', limitMs);
    await sees(page, words['idle.awayTitle']);
  });
});
