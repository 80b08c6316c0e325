import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TestBrowser } from '../support/browser.ts';
import { type ServedChat, serveChat, shopSite } from '../support/chat-house.ts';

const root = join(import.meta.dirname, '../..');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** A page of somebody else, at another origin, whose policy allows the widget and nothing more. */
function strictPage(bridge: string): Promise<Server> {
  const policy = `default-src 'none'; script-src ${bridge}; connect-src ${bridge} ${bridge.replace('http', 'ws')}; base-uri 'none'`;
  const html = `<!doctype html><html lang="en"><title>Elsewhere</title><main><h1>Elsewhere</h1><p><a href="#a">A link</a></p></main>
<script src="${bridge}/chat/widget.js" data-site="shop" async></script></html>`;
  const server = createServer((request, response) => {
    if (request.url === '/favicon.ico') return response.writeHead(204).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }).end(html);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** What axe finds wrong with the widget, its colours included. */
async function wrongWith(page: Page): Promise<readonly string[]> {
  // The page's policy is not meant for what looks at it.
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axeSource });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document.getElementById('crosspoint-chat')).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html).join(' ')))`,
    awaitPromise: true,
    returnByValue: true,
  });
  return result.value as readonly string[];
}

describe('the chat widget on a page of somebody else', () => {
  let served: ServedChat;
  let elsewhere: Server;
  let origin: string;
  let browser: TestBrowser;
  let page: Page;
  let problems: readonly string[];
  const log = (of: Page) => of.getByRole('log');
  const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label'));

  beforeAll(async () => {
    served = await serveChat({ widgetFile: join(root, 'dist/chat/widget.js'), shopFolder: join(root, 'assets/demo-shop') });
    elsewhere = await strictPage(served.address);
    origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    served.house.site_ = { ...shopSite, allowedOrigins: [origin, served.address] };
    browser = await TestBrowser.open({ viewport: { width: 1_000, height: 720 } });
    ({ page, problems } = await browser.page(origin));
    await page.getByRole('button', { name: 'Chat with us' }).waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    elsewhere?.close();
  });

  it('is opened, written in and closed by keyboard alone, under a policy that allows no style and no inline script', async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Chat, Northline' }).waitFor();
    expect(await focused()).toBe('Write a message');
    await page.keyboard.type('Hello, are you there?');
    await page.keyboard.press('Enter');
    await log(page)
      .getByText(/· sent$/)
      .waitFor();
    served.house.join(served.house.last.id);
    served.house.say(served.house.last.id, 'Yes, see https://northline.example/move.');
    await log(page).getByRole('link', { name: 'https://northline.example/move' }).waitFor();
    await vi.waitFor(() => expect(served.house.asked).toContainEqual({ what: 'read', with: 3 }));
    expect(await wrongWith(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('Chat with us');
    served.house.say(served.house.last.id, 'Anything else?');
    await page.getByRole('button', { name: 'Chat with us, 1 new message' }).waitFor();
    await page.keyboard.press('Enter');
    expect(problems).toEqual([]);
  });

  it('goes on in a second tab, and both see the same', async () => {
    const { page: second } = await browser.page(origin);
    await second.getByRole('button', { name: 'Chat with us' }).click();
    await log(second).getByText('Anything else?').waitFor();
    await second.getByRole('textbox').fill('From the second tab');
    await second.keyboard.press('Enter');
    await log(page).getByText('From the second tab').waitFor();
    await second.close();
  });

  it('keeps what is written without a network, sends it once when there is one, and shows what was missed', async () => {
    const { house } = served;
    const session = await page.context().newCDPSession(page);
    const network = (offline: boolean) =>
      session.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    await session.send('Network.enable');
    await network(true);
    served.cut();
    await page.getByText(/^No connection/).waitFor();
    await page.getByRole('textbox').fill('Written in a tunnel');
    await page.keyboard.press('Enter');
    await log(page).getByText('not sent yet').waitFor();
    house.say(house.last.id, 'Said meanwhile');
    await network(false);
    await log(page).getByText('Said meanwhile').waitFor();
    await log(page).getByText('not sent yet').waitFor({ state: 'detached' });
    await page.getByText(/^No connection/).waitFor({ state: 'hidden' });
    expect(house.textsOf().filter((text) => text === 'Written in a tunnel')).toHaveLength(1);
    expect(await log(page).getByText('Written in a tunnel').count()).toBe(1);
  });

  it('sends a file with its progress, and gives it back', async () => {
    await page.setInputFiles('input[type=file]', {
      name: 'contract.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('the contract'),
    });
    const link = log(page).getByRole('link', { name: /contract\.pdf/ });
    await link.waitFor();
    const given = await fetch((await link.getAttribute('href')) ?? '');
    expect([await given.text(), given.headers.get('content-disposition')]).toEqual(['the contract', expect.stringContaining('attachment')]);
  });

  it('is the same conversation after a reload, ends, and is rated', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Chat with us' }).click();
    await log(page).getByText('Written in a tunnel').waitFor();
    await page.getByRole('button', { name: 'End the chat' }).click();
    await page.getByRole('button', { name: 'End chat', exact: true }).click();
    await page.getByRole('radio', { name: 'Good', exact: true }).check();
    await page.getByRole('button', { name: 'Send rating' }).click();
    await page.getByText('Thank you for your rating').waitFor();
    expect(served.house.asked).toContainEqual({ what: 'rate', with: { score: 4, text: '' } });
    expect(served.house.conversations.size).toBe(1);
  });

  it('covers a phone, keeps the keyboard within, and can be read in the dark and in Chinese on the demo shop', async () => {
    served.house.site_ = { ...served.house.site_, asks: { name: true, email: true, phone: true, topic: true }, colour: '#f4b63f' };
    const phone = await TestBrowser.open({ viewport: { width: 390, height: 780 }, colorScheme: 'dark', locale: 'zh-CN' });
    try {
      const { page: shop, problems: wrong } = await phone.page(`${served.address}/shop/zh.html`);
      await shop.getByRole('button', { name: '在线客服' }).click();
      const dialog = shop.getByRole('dialog', { name: '在线客服，东海通信' });
      expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 780 });
      for (let i = 0; i < 12; i++) {
        await shop.keyboard.press('Tab');
        expect(await shop.evaluate(() => document.activeElement?.id)).toBe('crosspoint-chat');
        expect(await dialog.evaluate((element) => element.matches(':focus-within'))).toBe(true);
      }
      await shop.getByLabel('姓名').fill('林薇');
      await shop.getByLabel('邮箱').fill('lin.wei@example.com');
      await shop.keyboard.press('Enter');
      await shop.getByRole('textbox', { name: '输入消息' }).fill('你好');
      await shop.keyboard.press('Enter');
      await log(shop)
        .getByText(/· 已发送$/)
        .waitFor();
      expect(await wrongWith(shop)).toEqual([]);
      expect(wrong).toEqual([]);
    } finally {
      await phone.close();
    }
  });
});
