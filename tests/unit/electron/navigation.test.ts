import { describe, expect, test } from 'vitest';
import { decideNavigation, decideWindowOpen, guardContents } from '../../../electron/security/index.ts';

test.each([
  ['app://crosspoint/index.html', 'stay'],
  ['app://crosspoint/#/call', 'stay'],
  ['app://crosspoint.example/index.html', 'refuse'],
  ['app://other@crosspoint/index.html', 'refuse'],
  ['https://example.com/', 'refuse'],
  ['http://127.0.0.1:8600/', 'refuse'],
  ['file:///etc/passwd', 'refuse'],
  ['javascript:alert(1)', 'refuse'],
  ['data:text/html,<h1>hello</h1>', 'refuse'],
  ['about:blank', 'refuse'],
  ['about:srcdoc', 'stay'],
  ['not an address', 'refuse'],
])('a page asked to go to %s: %s', (address, expected) => {
  expect(decideNavigation(address)).toBe(expected);
});

test.each([
  ['http://127.0.0.1:8600/api/mail-pages/token', 'stay'],
  ['http://127.0.0.1:8600/api/mail-pages/../health', 'refuse'],
  ['http://127.0.0.1:8600/', 'refuse'],
  ['http://127.0.0.1:8601/api/mail-pages/token', 'refuse'],
  ['https://example.com/api/mail-pages/token', 'refuse'],
])('a frame asked to go to %s: %s', (address, expected) => {
  expect(decideNavigation(address, { bridgeUrl: 'http://127.0.0.1:8600' })).toBe(expected);
});

describe('a link that wants a new window', () => {
  test.each(['https://example.com/help', 'http://example.com/', 'mailto:service@example.com'])('%s is opened by the system', (href) => {
    expect(decideWindowOpen(href)).toEqual({ kind: 'outside', href });
  });

  test.each(['tel:+8613800000000', 'sip:1001@house.example', 'callto:+8613800000000'])('%s is a number to be asked about', (href) => {
    expect(decideWindowOpen(href)).toEqual({ kind: 'number', href });
  });

  test.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'smb://server/share',
    'app://crosspoint/index.html',
    'ms-msdt:/id',
    'vscode://open',
    'data:text/html,x',
    'about:blank',
    '',
    `https://example.com/${'a'.repeat(2_000)}`,
  ])('%s is not opened', (href) => {
    expect(decideWindowOpen(href)).toEqual({ kind: 'refuse' });
  });
});

describe('every page of the program', () => {
  function page() {
    const listeners = new Map<string, (event: unknown) => void>();
    const opened: string[] = [];
    const reported: string[] = [];
    const numbers: string[] = [];
    let open: ((details: { url: string }) => { action: string }) | undefined;
    guardContents(
      {
        on: ((name: string, listener: (event: unknown) => void) => void listeners.set(name, listener)) as never,
        setWindowOpenHandler: (handler) => void (open = handler as never),
      },
      {
        shell: { openExternal: async (url) => void opened.push(url) },
        report: (event) => reported.push(event),
        bridgeUrl: () => 'http://127.0.0.1:8600',
        openNumber: (link) => numbers.push(link) > 0 && !link.includes('*'),
      },
    );
    const fire = (name: string, url: string, isMainFrame = true) => {
      let isPrevented = false;
      listeners.get(name)?.({ url, isMainFrame, preventDefault: () => void (isPrevented = true) });
      return isPrevented;
    };
    return { fire, opened, reported, numbers, open: (url: string) => open?.({ url }).action };
  }

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('stays where it is on %s', (name) => {
    const { fire, reported } = page();
    expect(fire(name, 'https://example.com/')).toBe(true);
    expect(fire(name, 'app://crosspoint/index.html')).toBe(false);
    expect(reported).toEqual(['navigation:refused']);
  });

  test('has a mail of the bridge in a frame, and does not go there itself', () => {
    const { fire } = page();
    const mail = 'http://127.0.0.1:8600/api/mail-pages/token';
    expect(fire('will-frame-navigate', mail, false)).toBe(false);
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) expect(fire(name, mail)).toBe(true);
  });

  test('embeds no other page', () => {
    expect(page().fire('will-attach-webview', 'app://crosspoint/index.html')).toBe(true);
  });

  test('gets no new window; the system opens what may be opened', () => {
    const { open, opened, reported } = page();
    expect(open('https://example.com/')).toBe('deny');
    expect(open('file:///etc/passwd')).toBe('deny');
    expect(opened).toEqual(['https://example.com/']);
    expect(reported).toEqual(['link:refused']);
  });

  test('asks here about a number, which never leaves and comes back as a second start', () => {
    const { open, opened, numbers, reported } = page();
    expect(open('tel:+8613800000000')).toBe('deny');
    expect([numbers, opened, reported]).toEqual([['tel:+8613800000000'], [], []]);
    open('tel:*21*900');
    expect([opened, reported]).toEqual([[], ['link:refused']]);
  });
});
