import { describe, expect, test } from 'vitest';
import { OfferNotifications } from '../../../electron/system/index.ts';
import { OfferAttention } from '../../../electron/windows/index.ts';

function desk(given: { isFocused?: boolean; isDestroyed?: boolean; platform?: NodeJS.Platform } = {}) {
  const did: string[] = [];
  const clicks: (() => void)[] = [];
  const said: string[] = [];
  class FakeNotification {
    readonly #title: string;
    constructor({ title, body, silent }: { title: string; body: string; silent: boolean }) {
      this.#title = title;
      said.push(body);
      did.push(`notification ${title}${silent ? ' silent' : ''}`);
    }
    static isSupported() {
      return true;
    }
    on(_: string, clicked: () => void) {
      clicks.push(clicked);
      return this;
    }
    show() {
      did.push(`notify ${this.#title}`);
    }
    close() {
      did.push(`close ${this.#title}`);
    }
  }
  // Everything a window can do towards the focus is here, so that a use of it would be seen.
  const window = {
    isDestroyed: () => given.isDestroyed ?? false,
    isFocused: () => given.isFocused ?? false,
    showInactive: () => did.push('showInactive'),
    moveTop: () => did.push('moveTop'),
    flashFrame: (isOn: boolean) => did.push(`flash ${isOn}`),
    show: () => did.push('show'),
    focus: () => did.push('focus'),
    restore: () => did.push('restore'),
  };
  const badge = { setBadgeCount: (count: number) => void did.push(`badge ${count}`) };
  const notifications = new OfferNotifications(FakeNotification as never, given.platform ?? 'linux', () => did.push('agent clicked'));
  return { did, clicks, said, attention: new OfferAttention(window as never, badge, notifications) };
}

const offer = (reservationId: string, title = 'Lin Mei') => ({ reservationId, title, body: 'Hotline' });

describe('an offer while the agent works elsewhere', () => {
  test('shows the window, flashes and notifies, and never takes the focus', () => {
    const { attention, did } = desk();
    attention.show(offer('r1'));
    expect(did).toEqual(['badge 1', 'showInactive', 'moveTop', 'flash true', 'notification Lin Mei silent', 'notify Lin Mei']);
  });

  test('ends everything it began when it is gone', () => {
    const { attention, did } = desk();
    attention.show(offer('r1'));
    did.length = 0;
    attention.clear('r1');
    expect(did).toEqual(['close Lin Mei', 'badge 0', 'flash false']);
  });

  test('goes on flashing while another offer waits', () => {
    const { attention, did } = desk();
    attention.show(offer('r1'));
    attention.show(offer('r2', 'Wang Lei'));
    did.length = 0;
    attention.clear('r1');
    expect(did).toEqual(['close Lin Mei', 'badge 1']);
  });

  test('asks for attention once when it is told twice', () => {
    const { attention, did } = desk();
    attention.show(offer('r1'));
    const once = did.length;
    attention.show(offer('r1'));
    expect(did).toHaveLength(once);
  });

  test('leaves a click on the notification to the agent', () => {
    const { attention, did, clicks } = desk();
    attention.show(offer('r1'));
    clicks[0]?.();
    expect(did.at(-1)).toBe('agent clicked');
  });
});

test('an offer only counts on the badge while the agent is already looking', () => {
  const { attention, did } = desk({ isFocused: true });
  attention.show(offer('r1'));
  expect(did).toEqual(['badge 1']);
});

test('a closed window is left alone', () => {
  const { attention, did } = desk({ isDestroyed: true });
  attention.show(offer('r1'));
  attention.clear('r1');
  expect(did).toEqual([]);
});

test('a page that is gone takes all of its offers with it', () => {
  const { attention, did } = desk();
  attention.show(offer('r1'));
  attention.show(offer('r2', 'Wang Lei'));
  did.length = 0;
  attention.clearAll();
  expect(did).toEqual(['close Lin Mei', 'badge 1', 'close Wang Lei', 'badge 0', 'flash false']);
});

describe('a name that somebody gave themselves', () => {
  const hostile = '<a href="https://far.example">Support</a> & <img src=x>\nsecond line \u202Egnp.exe';

  test('is no markup where the system reads notifications as such', () => {
    const { attention, said } = desk({ platform: 'linux' });
    attention.show({ reservationId: 'r1', title: 'Lin Mei', body: hostile });
    expect(said).toEqual(['&lt;a href="https://far.example"&gt;Support&lt;/a&gt; &amp; &lt;img src=x&gt; second line gnp.exe']);
  });

  test('is left as it is where the system shows text', () => {
    const { attention, said } = desk({ platform: 'win32' });
    attention.show({ reservationId: 'r1', title: 'Lin Mei', body: 'Müller & Söhne <Basel>' });
    expect(said).toEqual(['Müller & Söhne <Basel>']);
  });

  test('stays on one line and has an end, the title too', () => {
    const { attention, did } = desk();
    attention.show({ reservationId: 'r1', title: `Lin\r\nMei${'x'.repeat(500)}`, body: '' });
    const shown = did.find((each) => each.startsWith('notify'));
    expect(shown).toMatch(/^notify Lin Meix+$/);
    expect(shown).toHaveLength('notify '.length + 200);
  });
});
