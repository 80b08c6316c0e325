import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoPassword, hotlines, margaretOkafor } from '../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../support/bridge.ts';
import { TestBrowser } from '../support/browser.ts';
import { CustomerSide } from '../support/customer-side.ts';
import { becomeAvailable, signIn } from '../support/desktop-page.ts';
import { filePart, htmlPart, multipartMail, plainPart } from '../support/made-mail.ts';
import { ScriptedDesktop } from '../support/scripted-desktop.ts';
import { ScriptedPhone } from '../support/scripted-phone/index.ts';
import { writeToneFile } from '../support/tones.ts';

const her = { mail: 'm.okafor@harbourvale.example', name: margaretOkafor.name };
const redDot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC',
  'base64',
);

/** Her mail as her program wrote it, and what somebody put into it on its way. */
const hostileHtml = `<p>Our invoice of October is twice as high.</p><img src="cid:logo"><img src="https://far.example/seen.png" onerror="top.document.title='taken'">
<script>top.document.title='taken'</script><base href="https://far.example/"><meta http-equiv="refresh" content="0;url=https://far.example/">
<link rel="stylesheet" href="https://far.example/a.css"><form action="https://far.example/"><input name="password"></form>
<div style="position:fixed;inset:0;z-index:9999;background:url(https://far.example/over.png)">Log in again</div>
${'<p>One more line of a long list.</p>'.repeat(60)}`;

/**
 * One customer comes by telephone, mail, text message and chat, and is one person to the agent: in Chromium on both sides, by keyboard
 * wherever there is a key. Each contact is offered with her record, answered where she reads it, and closed with an outcome.
 */
describe('one customer on four channels', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-e2e-'));
  let customer: CustomerSide;
  let bridge: TestBridge;
  let browser: TestBrowser;
  let desk: Page;
  let shop: Page;
  let problems: readonly string[];
  let phone: ScriptedPhone;
  let colleague: ScriptedDesktop | undefined;

  beforeAll(async () => {
    customer = await CustomerSide.open();
    bridge = await startBridge({ config: { mail: { intake: { host: '127.0.0.1', port: 0 } } }, setUp: customer.setUp });
    browser = await TestBrowser.open({ microphone: writeToneFile(join(folder, 'agent.wav'), 440, 2_000, 48_000) });
    ({ page: desk, problems } = await browser.page(bridge.httpAddress));
    phone = await ScriptedPhone.onTrunk({ sip: bridge.sip });
    await signIn(desk);
    await becomeAvailable(desk);
  });

  afterAll(async () => {
    await colleague?.close();
    await phone?.close();
    await browser?.close();
    await bridge?.dispose();
    await customer?.stop();
    rmSync(folder, { recursive: true, force: true });
    expect(bridge.bugs).toEqual([]);
    expect(problems).toEqual([]);
  });

  const conversation = (channel: string) => desk.getByRole('article', { name: `${channel}: ${her.name}` });
  /** A mail that is higher than its room is read from its first line. */
  async function isBeginningInSight(mail: Locator): Promise<boolean> {
    const [room, page] = [await mail.getByRole('region', { name: 'Messages' }).boundingBox(), await mail.locator('iframe').boundingBox()];
    if (!room || !page) return false;
    return page.height > room.height && page.y >= room.y && page.y < room.y + room.height;
  }

  const outcomes = () => desk.getByRole('tree');
  const ended = () => bridge.events.filter(({ type }) => type === 'interaction:completed').length;

  /** What is offered shows who it is before it is taken; F2 takes it. */
  async function take(offer: string, channel: string): Promise<void> {
    const shown = desk.getByLabel(offer, { exact: true }).first();
    await shown.waitFor();
    await shown.getByText(her.name).first().waitFor();
    await desk.keyboard.press('F2');
    await conversation(channel).waitFor();
  }

  /** By the outcome's digits; Ctrl Enter, twice where it has to be opened first. */
  async function close(...digits: readonly string[]): Promise<void> {
    const before = ended();
    if (!(await outcomes().isVisible())) await desk.keyboard.press('Control+Enter');
    await outcomes().waitFor();
    for (const digit of digits) await outcomes().press(digit);
    await desk.keyboard.press('Control+Enter');
    await vi.waitFor(() => expect(ended()).toBe(before + 1));
  }

  it('calls: her record is there while it rings', async () => {
    const call = await phone.call({ to: hotlines.direct, from: margaretOkafor.number });
    await desk.getByRole('heading', { name: her.name }).first().waitFor();
    await bridge.event('pop:painted');
    await desk.keyboard.press('F2');
    await bridge.event('interaction:answered');
    await call.hangUp();
    await close('1', '2', '1');
  });

  it('mails with a picture, reads the answer in her own mailbox, and what is put off stays with the agent', async () => {
    const words = [plainPart('Our invoice of October is twice as high.'), htmlPart(hostileHtml)];
    const logo = filePart('logo.png', 'image/png', redDot, { 'Content-Disposition': 'inline', 'Content-ID': '<logo>' });
    const parts = [{ headers: { kind: 'alternative' }, body: words }, logo, filePart('invoice.png', 'image/png', redDot)];
    const asked: string[] = [];
    await desk.context().route('https://far.example/**', (route) => {
      asked.push(route.request().url());
      return route.fulfill({ contentType: 'image/png', body: redDot });
    });
    const title = await desk.title();
    const headers = {
      From: `${her.name} <${her.mail}>`,
      To: 'care@crosspoint.example',
      Subject: 'Invoice doubled',
      'Message-ID': '<m1@harbourvale.example>',
    };
    await customer.mail(bridge.mailAddress, her.mail, multipartMail('mixed', parts, headers));
    await take('New e-mail', 'E-mail');
    const mail = conversation('E-mail');
    const frame = mail.frameLocator('iframe');
    await frame.getByText('Our invoice of October is twice as high.').waitFor();
    await mail.getByRole('button', { name: /invoice\.png/ }).waitFor();
    expect(await frame.locator('script, form, input, base, link, [style*="position"], [style*="url("]').count()).toBe(0);
    const within = frame.locator('img[data-cid="logo"]');
    await expect.poll(() => within.evaluate((picture: HTMLImageElement) => picture.naturalWidth)).toBe(8);
    expect([asked, await desk.title()]).toEqual([[], title]);
    await expect.poll(() => isBeginningInSight(mail)).toBe(true);
    // Asked for by the agent, and nothing but the picture comes.
    await mail.getByRole('button', { name: 'Show pictures' }).press('Enter');
    await expect.poll(() => asked).toEqual(['https://far.example/seen.png']);
    const widths = () => frame.locator('img').evaluateAll((all) => all.map((picture) => (picture as HTMLImageElement).naturalWidth));
    await expect.poll(widths).toEqual([8, 8]);
    await frame.getByText('Our invoice of October is twice as high.').waitFor();
    await mail.getByRole('button', { name: 'Reply', exact: true }).press('Enter');
    await mail.getByRole('textbox', { name: 'Text of the mail' }).pressSequentially('We look into it.');
    expect(await isBeginningInSight(mail)).toBe(true);
    await desk.keyboard.press('Control+Enter');
    await vi.waitFor(() => expect(customer.mails.mails).toHaveLength(1), 15_000);
    expect(customer.mails.mails[0]).toMatch(/^In-Reply-To: <m1@harbourvale\.example>/im);
    expect(customer.mails.mails[0]).toContain('We look into it.');
    await mail.getByText('sent', { exact: true }).waitFor();
    await desk.keyboard.press('F9');
    await desk.getByRole('dialog', { name: `Snooze ${her.name}` }).waitFor();
    await desk.keyboard.press('3');
    await mail.getByText(/^Snoozed until/).waitFor();
  });

  it('texts, and chats at the same time: the agent goes from one to the other', async () => {
    customer.network.smsc.text(margaretOkafor.number, '10655901', 'Which day does the engineer come?');
    await take('New text message', 'Text messages');

    ({ page: shop } = await browser.page(`${bridge.httpAddress}/shop/`));
    await shop.getByRole('button', { name: 'Chat with us' }).press('Enter');
    await shop.getByLabel('Name').fill(her.name);
    await shop.getByLabel('E-mail').fill(her.mail);
    await shop.keyboard.press('Enter');
    await shop.getByRole('textbox', { name: 'Write a message' }).pressSequentially('Can both lines move with us?');
    await shop.keyboard.press('Enter');
    await take('New chat', 'Web chat');
    await shop.getByText('is with you', { exact: true }).waitFor();

    await desk.keyboard.press('Control+j');
    await conversation('Text messages').getByRole('textbox').pressSequentially('On Monday at nine.');
    await desk.keyboard.press('Control+Enter');
    await conversation('Text messages').getByText('delivered').waitFor();
    expect(customer.network.smsc.taken.map(({ to, text }) => [to.replace('+', ''), text])).toEqual([
      [margaretOkafor.number.replace('+', ''), 'On Monday at nine.'],
    ]);
    await close('1', '2', '1');
  });

  it('chats from the shop: each sees the other type, and what was read; a picture comes through', async () => {
    await desk.keyboard.press('Control+j');
    const chat = conversation('Web chat');
    const log = shop.getByRole('log');
    await chat.getByRole('textbox').pressSequentially('Yes, the numbers');
    await shop.getByText('Lena Hartmann is typing').waitFor();
    await chat.getByRole('textbox').pressSequentially(' stay.');
    await desk.keyboard.press('Enter');
    await log.getByText('Yes, the numbers stay.').waitFor();
    await chat.getByText('read', { exact: true }).waitFor();
    await shop.getByRole('textbox').pressSequentially('Good.');
    await chat.getByText(`${her.name} is typing`).waitFor();
    await shop.keyboard.press('Enter');
    await chat.getByText('Good.', { exact: true }).waitFor();
    await log
      .getByText(/· read$/)
      .nth(1)
      .waitFor();
    await shop.setInputFiles('input[type=file]', { name: 'meter.png', mimeType: 'image/png', buffer: redDot });
    await chat
      .getByRole('button', { name: /meter\.png/ })
      .locator('img')
      .waitFor();
    await close('1', '2', '1');
    await shop.getByText('This chat has ended').first().waitFor();
  });

  it('has her mail go to a colleague, who sees why before taking it', async () => {
    colleague = await ScriptedDesktop.logIn({ bridge: bridge.httpAddress, username: 'daniel.frost', password: demoPassword });
    await colleague.becomeAvailable();
    await desk
      .getByRole('button', { name: /Margaret Okafor.*Invoice doubled/ })
      .first()
      .press('Enter');
    await conversation('E-mail').waitFor();
    await desk.keyboard.press('F4');
    await conversation('E-mail')
      .getByText(/^Snoozed until/)
      .waitFor({ state: 'detached' });
    await desk.keyboard.press('F6');
    const dialog = desk.getByRole('dialog', { name: `Transfer ${her.name}` });
    await dialog.getByRole('combobox').fill('Daniel');
    await dialog.getByRole('option', { name: /Daniel Frost/ }).waitFor();
    await dialog.getByRole('textbox').last().fill('Credit promised on the phone.');
    await desk.keyboard.press('Control+Enter');
    const { reservationId, pop } = await colleague.push('reservation:offered', ({ channel }) => channel === 'email');
    expect(pop.transfer).toMatchObject({ fromName: 'Lena Hartmann', note: 'Credit promised on the phone.' });
    const { interactionId } = await colleague.ask('reservation:accept', { reservationId });
    await conversation('E-mail').waitFor({ state: 'detached' });
    await colleague.ask('inbox:close', { interactionId, dispositionCode: 'billExplained', note: '' });
  });

  it('is one person with four contacts on her page', async () => {
    await desk.keyboard.press('Control+k');
    await desk.getByRole('combobox').fill('okaf');
    await desk.locator('.palette-title').first().waitFor();
    await desk.keyboard.press('Enter');
    await desk.getByRole('heading', { name: her.name, level: 1 }).waitFor();
    const entries = desk.locator('.stream-title');
    await expect
      .poll(async () => (await entries.allInnerTexts()).slice(0, 4))
      .toEqual([
        expect.stringMatching(/^Chat: Can both lines move with us\?/),
        expect.stringMatching(/^SMS: Which day does the engineer come\?/),
        expect.stringMatching(/^E-mail: Invoice doubled/),
        expect.stringMatching(/^Key accounts, billing/),
      ]);
    expect(new Set(bridge.events.flatMap((event) => (event.type === 'interaction:identified' ? [event.contactId] : [])))).toEqual(
      new Set([margaretOkafor.contactId]),
    );
  });
});
