import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Surroundings, surroundingsOf } from '../../../../cti-bridge/channels/chat/widget/surroundings.ts';
import { startWidget, type Widget } from '../../../../cti-bridge/channels/chat/widget/widget.ts';
import { systemClock } from '../../../../cti-bridge/kernel/index.ts';
import type { ChatLineView, ChatSiteView } from '../../../../shared/contracts/messages/chat-widget.ts';
import { memoryStorage, ScriptedBridge } from './scripted-bridge.ts';

const site: ChatSiteView = {
  title: { en: 'Northline', zh: '东海通信' },
  welcome: { en: 'Hello, how can we help?', zh: '您好，请问需要什么帮助？' },
  colour: '#0b6e69',
  isOpen: true,
  asks: { name: false, email: false, phone: false, topic: false },
  files: true,
  rating: true,
};

const onTheirPages: Widget[] = [];

/** A page with the widget on it, the bridge in memory. */
async function onPage(about: Partial<ChatSiteView> = {}, asked: Record<string, string> = {}, storage = memoryStorage()) {
  const bridge = new ScriptedBridge(systemClock as never);
  const posted: { readonly url: string; readonly body: unknown }[] = [];
  const net = { isUp: true };
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (!net.isUp) throw new TypeError('no network');
    if (init?.method === 'POST') posted.push({ url, body: JSON.parse(String(init.body)) });
    return new Response(JSON.stringify({ ...site, ...about }));
  });
  const widget = await startWidget({
    siteId: 'shop',
    base: 'https://bridge.example/chat/',
    isLeft: false,
    surroundings: surroundingsOf(asked) satisfies Surroundings,
    connect: (_url, listener) => bridge.connect(listener),
    storage,
  });
  onTheirPages.push(widget);
  const host = widget.element;
  const root = host.shadowRoot as ShadowRoot;
  const all = <E extends Element>(selector: string) => [...root.querySelectorAll<E & HTMLElement>(selector)];
  const one = <E extends Element = HTMLElement>(selector: string) => {
    const found = all<E>(selector)[0];
    if (!found) throw new Error(`there is no ${selector}`);
    return found;
  };
  const open = () => one('.launcher').click();
  const write = async (text: string) => {
    const box = one<HTMLTextAreaElement>('.composer textarea');
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  };
  return { bridge, host, root, all, one, open, write, posted, net, storage };
}

beforeEach(() => {
  document.documentElement.lang = 'en';
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: false, media: query, addEventListener() {} }));
});
afterEach(() => {
  for (const widget of onTheirPages.splice(0)) widget.end();
  vi.unstubAllGlobals();
  document.documentElement.removeAttribute('lang');
});

const bubbles = (page: Awaited<ReturnType<typeof onPage>>) =>
  page.all('.row:not(:first-child) .bubble').map((row) => row.lastChild?.textContent);

describe('the widget', () => {
  it('asks what the site asks before a chat, in the language of the page, and begins with it', async () => {
    document.documentElement.lang = 'zh-CN';
    const page = await onPage({ asks: { name: true, email: true, phone: false, topic: false } });
    page.open();
    expect(page.one('.panel').getAttribute('aria-label')).toBe('在线客服，东海通信');
    page.one<HTMLFormElement>('form').requestSubmit();
    expect(page.all('.problem').map(({ textContent }) => textContent)).toEqual(['请填写', '请填写']);
    expect(page.root.activeElement).toBe(page.all('input')[0]);
    const [name, email] = page.all<HTMLInputElement>('form input');
    if (!name || !email) throw new Error('the form has two fields');
    name.value = '林薇';
    email.value = 'lin@example.com';
    page.one<HTMLFormElement>('form').requestSubmit();
    await vi.waitFor(() =>
      expect(page.bridge.heard[0]).toMatchObject({ kind: 'open', locale: 'zh', form: { name: '林薇', email: 'lin@example.com' } }),
    );
    expect(page.all('.composer')).toHaveLength(1);
  });

  it('shows what is said as text, whatever is in it, and links only to what says where it leads', async () => {
    const page = await onPage();
    page.open();
    await page.write('Hello');
    await vi.waitFor(() => expect(page.bridge.texts).toEqual(['Hello']));
    const hostile = '<img src=x onerror=alert(1)><b>bold</b> javascript:alert(1) https://example.org/?q="><script>';
    page.bridge.say(hostile);
    await vi.waitFor(() => expect(bubbles(page)).toEqual(['Hello', expect.anything()]));
    expect(page.all('.log img, .log b, .log script')).toEqual([]);
    expect(page.all<HTMLAnchorElement>('.log a').map(({ href, rel, target }) => [href, rel, target])).toEqual([
      ['https://example.org/?q=', 'noopener noreferrer nofollow', '_blank'],
    ]);
    expect(page.all('.row')[2]?.textContent).toContain('<b>bold</b>');
  });

  it('marks a line until it is sent, then read, and says once to a screen reader what is said', async () => {
    const page = await onPage();
    page.open();
    page.bridge.losesDown.add('opened');
    await page.write('Hello');
    expect(page.one('.unsent .meta').textContent).toBe('not sent yet');
    page.bridge.losesDown.clear();
    page.bridge.cut();
    await vi.waitFor(
      () => expect(page.all('.own .meta').map(({ textContent }) => textContent)).toEqual([expect.stringMatching(/· sent$/)]),
      4_000,
    );
    const row = page.one('.own');
    page.bridge.tell({ kind: 'read', seq: 1 });
    await vi.waitFor(() => expect(page.one('.own .meta').textContent).toMatch(/read$/));
    expect(page.one('.own')).toBe(row);
    expect([page.one('.log').getAttribute('role'), page.one('.log').getAttribute('aria-live')]).toEqual(['log', 'polite']);
  });

  it('counts on its button what came while it was closed, and says what happened in words', async () => {
    const page = await onPage();
    page.open();
    await page.write('Hello');
    await vi.waitFor(() => expect(page.all('.own:not(.unsent)')).toHaveLength(1));
    page.open();
    page.bridge.say('Are you still there?');
    await vi.waitFor(() => expect(page.one('.badge').textContent).toBe('1'));
    expect(page.one('.launcher').getAttribute('aria-label')).toBe('Chat with us, 1 new message');
    const system: ChatLineView = {
      seq: 3,
      messageId: 'm3',
      by: 'system',
      name: 'Mei Lin',
      text: 'joined',
      at: Date.now(),
      file: null,
    };
    page.bridge.tell({ kind: 'line', line: system });
    page.bridge.tell({ kind: 'line', line: { ...system, seq: 4, text: 'toString' } });
    page.open();
    await vi.waitFor(() => expect(page.all('.system').map(({ textContent }) => textContent)).toEqual(['Mei Lin has joined']));
    expect([page.one('.badge').hidden, page.one('.launcher').getAttribute('aria-label')]).toEqual([true, 'Minimise the chat']);
  });

  it('takes a message where nobody is there, and keeps it as it is where it could not be sent', async () => {
    const page = await onPage({ isOpen: false });
    page.open();
    const [, email] = page.all<HTMLInputElement>('form input');
    const text = page.one<HTMLTextAreaElement>('form textarea');
    if (!email) throw new Error('the form has an address');
    email.value = 'a@b.example';
    text.value = 'Call me back';
    page.net.isUp = false;
    page.one<HTMLFormElement>('form').requestSubmit();
    await vi.waitFor(() => expect(page.one('[role=alert]').textContent).toMatch(/could not be sent/));
    expect(text.value).toBe('Call me back');
    page.net.isUp = true;
    page.one<HTMLFormElement>('form').requestSubmit();
    page.one<HTMLFormElement>('form').requestSubmit();
    await vi.waitFor(() => expect(page.one('form').hidden).toBe(true));
    expect(page.posted).toEqual([
      {
        url: 'https://bridge.example/chat/sites/shop/messages',
        body: { clientId: expect.stringMatching(/^[0-9a-f]{32}$/), locale: 'en', name: null, email: 'a@b.example', text: 'Call me back' },
      },
    ]);
  });

  it('asks for a rating at the end, and thanks for it', async () => {
    const page = await onPage();
    page.open();
    await page.write('Hello');
    await vi.waitFor(() => expect(page.all('.own:not(.unsent)')).toHaveLength(1));
    page.bridge.tell({ kind: 'state', state: { state: 'closed', agentName: null, ahead: null, mayRate: true } });
    await vi.waitFor(() => expect(page.one('.rating').hidden).toBe(false));
    page.all<HTMLInputElement>('.stars input')[3]?.click();
    page.one<HTMLFormElement>('.rating form').requestSubmit();
    await vi.waitFor(() => expect(page.bridge.heard.at(-1)).toEqual({ kind: 'rate', score: 4, text: '' }));
    await vi.waitFor(() => expect(page.one('.rating .good').hidden).toBe(false));
  });

  it('keeps the draft over a reload, sends nothing while a word is being composed, and gives the keyboard back at Escape', async () => {
    const page = await onPage();
    page.open();
    const box = page.one<HTMLTextAreaElement>('.composer textarea');
    expect(page.root.activeElement).toBe(box);
    box.value = '你好';
    box.dispatchEvent(new Event('input', { bubbles: true }));
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }));
    expect(box.value).toBe('你好');
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect([page.one('.panel').hidden, page.root.activeElement]).toEqual([true, page.one('.launcher')]);
    page.host.remove();
    const again = await onPage({}, {}, page.storage);
    again.open();
    expect(again.one<HTMLTextAreaElement>('.composer textarea').value).toBe('你好');
  });

  it.each(['form', 'offline', 'chat'] as const)('has nothing that axe finds wrong: %s', async (what) => {
    const page = await onPage({ isOpen: what !== 'offline', asks: { ...site.asks, name: what === 'form' } });
    page.open();
    if (what === 'chat') {
      await page.write('Hello');
      await vi.waitFor(() => expect(page.all('.own:not(.unsent)')).toHaveLength(1));
      page.bridge.tell({ kind: 'state', state: { state: 'closed', agentName: null, ahead: null, mayRate: true } });
      await vi.waitFor(() => expect(page.one('.rating').hidden).toBe(false));
    }
    // Colours are judged in Chromium, and by arithmetic.
    const { violations } = await axe.run(page.host, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});
