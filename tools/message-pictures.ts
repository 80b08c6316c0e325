import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { chenZhiyuan, juliaBrandt, kempSwitchboard, margaretOkafor, zhouHousehold } from '../cti-bridge/store/seed/demo-people.ts';
import { startBridge } from '../tests/support/bridge.ts';
import { TestBrowser } from '../tests/support/browser.ts';
import { CustomerSide } from '../tests/support/customer-side.ts';
import { becomeAvailable, signIn } from '../tests/support/desktop-page.ts';
import { encodedWord, filePart, multipartMail, plainPart } from '../tests/support/made-mail.ts';
import { inProject } from './project.ts';

/**
 * Takes pictures of written contacts: a real bridge, mails, text messages and a chat from the demo shop, a real browser on both sides. Build
 * first. Without a folder they go to `dist/pictures`; the documentation keeps `chat-widget`.
 *
 *   node tools/bootstrap.mjs tools/message-pictures.ts [FOLDER] [--zh] [--dark] [--only mail]
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    zh: { type: 'boolean', default: false },
    dark: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
  },
});
const cast = options.zh
  ? {
      agent: 'lin.wei',
      mail: { name: chenZhiyuan.name, address: 'chen.zhiyuan@donghe.example', file: 'fax-pages.pdf', as: '十月账单.pdf' },
      subject: '十月账单漫游费',
      text: '林女士：\n\n您好！附件是我们收到的十月账单，第二页仍有国际漫游费 ¥11,284.00，\n上周电话里已答应减免。请在出账前确认。\n\n陈志远\n东禾物流集团\n\n在 2026年11月18日，东海通信客户服务 <care@crosspoint.example> 写道：\n> 陈先生，您好！\n> 您反映的漫游费问题已受理，工单号 C-20419。\n> 我们将在出账前给您答复。',
      reply: '陈先生，您好！\n漫游费 ¥11,284.00 已核实并减免，新账单明天上午发出。',
      texter: zhouHousehold.people[0].number,
      texts: ['家里宽带从昨晚开始一直掉线', '好的，上午都在家'],
      answer: '您好，明天上午 9 点到 12 点安排师傅上门检修，您看可以吗？',
      visitor: { name: '苏婉清', email: 'su.wanqing@list.example', topic: '移机' },
      said: ['我们下月搬家，两条线路都能移过去吗？', '太好了，29 号上午可以吗？'],
      told: ['可以的，号码也不变，29 号、30 号都可以安排。', '29 号上午可以，已经为您登记。'],
      last: '谢谢',
      shop: 'zh.html',
      words: { chat: '在线客服', name: '姓名', email: '邮箱', topic: '咨询', write: '输入消息', reply: '回复' },
    }
  : {
      agent: 'lena.hartmann',
      mail: { name: margaretOkafor.name, address: 'm.okafor@harbourvale.example', file: 'fax-pages.pdf', as: 'October bill.pdf' },
      subject: 'Roaming on the October bill',
      text: 'Dear Lena,\n\nthe bill for October is attached. Page two still shows £1,284.00 for roaming,\nwhich was to be credited. Can you take it off before the next bill?\n\nMargaret Okafor\nHarbour & Vale Freight\n\nOn 18 Nov 2026 at 16:02, Northline Customer Care <care@crosspoint.example> wrote:\n> Dear Ms Okafor,\n> we have opened case C-20418 for the roaming charges.\n> You will have our answer before the next bill.',
      reply: 'Dear Ms Okafor,\nthe roaming charges of £1,284.00 are credited in full. The corrected bill leaves tomorrow morning.',
      texter: kempSwitchboard.people[1].number,
      texts: ['The broadband has been dropping out since last night', 'Fine, I am at home all morning'],
      answer: 'An engineer can be with you tomorrow between 9 and 12. Does that suit you?',
      visitor: { name: juliaBrandt.name, email: 'julia.brandt@example.com', topic: 'Moving house' },
      said: ['We move next month. Can both lines come with us?', 'Wonderful. Is the 29th in the morning possible?'],
      told: ['They can, and the numbers stay. The 29th and the 30th are free.', 'The 29th in the morning is yours.'],
      last: 'Thank you',
      shop: '',
      words: { chat: 'Chat with us', name: 'Name', email: 'E-mail', topic: 'What is it about', write: 'Write a message', reply: 'Reply' },
    };
const target = positionals[0] ?? inProject('dist', 'pictures');
const suffix = `${options.zh ? '.zh' : ''}${options.dark ? '.dark' : ''}.png`;
const documents = inProject('tests/fixtures/documents');

mkdirSync(target, { recursive: true });
const customer = await CustomerSide.open();
const bridge = await startBridge({ config: { mail: { intake: { host: '127.0.0.1', port: 0 } } }, setUp: customer.setUp });
const browser = await TestBrowser.open({
  locale: options.zh ? 'zh-CN' : 'en-GB',
  colorScheme: options.dark ? 'dark' : 'light',
});
try {
  const { page: desk } = await browser.page(bridge.httpAddress);
  await signIn(desk, cast.agent);
  await becomeAvailable(desk);

  await sendMail('care@crosspoint.example', cast.subject, cast.text, cast.mail.file, cast.mail.as);
  await desk.locator('.offer-pane').waitFor();
  await shoot(desk, 'mail-offer');
  await take(desk);
  await desk.locator('.mail-card').waitFor();
  await shoot(desk, 'mail');
  await desk.getByRole('button', { name: cast.words.reply, exact: true }).press('Enter');
  await desk.locator('.mail-editor').pressSequentially(cast.reply);
  await desk.locator('.composer-state svg').waitFor();
  await shoot(desk, 'mail-reply');

  customer.network.smsc.text(cast.texter, '10655901', cast.texts[0] ?? '');
  await take(desk);
  await desk.locator('.composer-text').pressSequentially(cast.answer);
  await desk.waitForTimeout(1_000);
  await desk.keyboard.press('Control+Enter');
  await desk.locator('.bubble, .message').last().waitFor();
  await desk.waitForTimeout(1_500);
  customer.network.smsc.text(cast.texter, '10655901', cast.texts[1] ?? '');
  await desk
    .getByText(cast.texts[1] ?? '')
    .last()
    .waitFor();
  await desk.locator('.composer-text').pressSequentially(cast.answer.slice(0, 24));
  await shoot(desk, 'sms');

  await sendMail('fax@crosspoint.example', 'Fax', '', 'fax-pages.pdf', 'fax.pdf');
  await take(desk);
  await desk.locator('.document-in-place canvas, .document-in-place img').first().waitFor();
  await desk.waitForTimeout(1_500);
  await shoot(desk, 'document');

  const { page: shop } = await browser.page(`${bridge.httpAddress}/shop/${cast.shop}`);
  await shop.getByRole('button', { name: cast.words.chat }).press('Enter');
  await shop.getByLabel(cast.words.name).fill(cast.visitor.name);
  await shop.getByLabel(cast.words.email).fill(cast.visitor.email);
  await shop.getByLabel(cast.words.topic).fill(cast.visitor.topic);
  await shoot(shop, 'chat-form');
  await shop.keyboard.press('Enter');
  const write = shop.getByRole('textbox', { name: cast.words.write });
  for (const [at, said] of cast.said.entries()) {
    await write.fill(said);
    await shop.keyboard.press('Enter');
    if (at === 0) await take(desk);
    await desk.getByText(said).last().waitFor();
    await desk.locator('.composer-text').fill(cast.told[at] ?? '');
    await desk.locator('.composer-text').press('Enter');
    await shop.getByText(cast.told[at] ?? '').waitFor();
  }
  await write.pressSequentially(cast.last);
  await desk.locator('.composer-text').pressSequentially('/');
  // The button's colour comes slowly on a busy machine.
  await desk.waitForTimeout(2_500);
  await shoot(desk, 'inbox');
  await shoot(shop, 'chat-widget');
} finally {
  await browser.close();
  await bridge.dispose();
  await customer.stop();
}

/** With one file of those that tests have. */
function sendMail(to: string, subject: string, text: string, file: string, as: string): Promise<void> {
  const { name, address } = cast.mail;
  const word = (words: string) => encodedWord('utf-8', Buffer.from(words));
  const from = to.startsWith('fax') ? 'gateway@fax.example' : `${word(name)} <${address}>`;
  const type = file.endsWith('.pdf') ? 'application/pdf' : 'image/tiff';
  const parts = [plainPart(text), filePart(word(as), type, readFileSync(join(documents, file)))];
  const headers = { From: from, To: to, Subject: word(subject), 'Message-ID': `<${Date.now()}@pictures.example>` };
  return customer.mail(bridge.mailAddress, address, multipartMail('mixed', parts, headers), to);
}

async function take(page: Page): Promise<void> {
  const offer = page.locator('.offer-pane, .offer-strip').first();
  await offer.waitFor();
  await page.keyboard.press('F2');
  await offer.waitFor({ state: 'detached' });
  await page.locator('article.conversation').waitFor();
}

async function shoot(page: Page, name: string): Promise<void> {
  if (options.only.length > 0 && !options.only.includes(name)) return;
  await page.waitForTimeout(400);
  const path = join(target, `${name}${suffix}`);
  await page.screenshot({ path });
  console.log(`${path}: ${Math.round(statSync(path).size / 1_000)} kB`);
}
