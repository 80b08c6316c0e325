import { afterEach, describe, expect, it } from 'vitest';
import {
  draftJournal,
  openKeptTexts,
  pageReport,
  reportPageErrors,
  sessionKeeper,
  sessionSecret,
} from '../../../../renderer/desktop/index.ts';
import type { LoginAnswer } from '../../../../shared/contracts/bridge-events.ts';
import type { DesktopApi } from '../../../../shared/contracts/desktop-api.ts';

describe('the journal of drafts', () => {
  it('shows each writer only their own words on a computer with several users', async () => {
    let writer = 'u-1';
    const earlier = { storage: localStorage, clearPrefixes: [] };
    const texts = await openKeptTexts({ disk: null, key: null, earlier, report: () => undefined });
    const journal = draftJournal(texts, () => writer);
    journal.write('i-1', 'mine');
    writer = 'u-2';
    expect(journal.all()).toEqual([]);
    expect(journal.read('i-1')).toBeNull();
    journal.write('i-1', 'theirs');
    writer = 'u-1';
    expect(journal.all()).toEqual([{ interactionId: 'i-1', text: 'mine' }]);
    journal.forget('i-1');
    expect(journal.all()).toEqual([]);
  });
});

describe('the reports of a page', () => {
  it('are bounded, and what was left out is counted', () => {
    let now = 0;
    const written: unknown[] = [];
    const report = pageReport(
      (event, facts) => written.push([event, facts]),
      () => now,
    );
    for (let n = 0; n < 1_000; n += 1) report('push:refused', { n });
    expect(written).toHaveLength(30);
    now = 60_000;
    report('push:refused', { n: 1_000 });
    expect(written.slice(30)).toEqual([
      ['reports:left-out', { lines: 970 }],
      ['push:refused', { n: 1_000 }],
    ]);
  });
});

describe('the log-in', () => {
  const login: LoginAnswer = {
    token: 'bearer-of-lena',
    user: { userId: 'u-1', name: 'Lena Hartmann', role: 'agent', rights: [], locale: 'en' },
    phone: null,
  };
  const desktop = (secrets: Map<string, string>) =>
    ({
      kind: 'electron',
      call: async (name: string, request: { name: string; value?: string }) => {
        if (name === 'secret:write') secrets.set(request.name, request.value ?? '');
        if (name === 'secret:forget') secrets.delete(request.name);
        return name === 'secret:read' ? { value: secrets.get(request.name) ?? null } : { isKept: true };
      },
      on: () => () => undefined,
    }) as unknown as DesktopApi;

  afterEach(() => sessionStorage.clear());

  it('is read back by a page that was loaded again, and left to a program that crashed', async () => {
    const secrets = new Map<string, string>();
    const first = sessionKeeper(sessionStorage, await sessionSecret(desktop(secrets)));
    first.write(login);
    expect(sessionKeeper(sessionStorage, null).read()).toEqual(login);
    sessionStorage.clear();
    const second = sessionKeeper(sessionStorage, await sessionSecret(desktop(secrets)));
    expect([second.read(), second.left()]).toEqual([null, login]);
    second.forget();
    expect([second.left(), secrets.size]).toEqual([null, 0]);
  });

  it('that cannot be read is none', async () => {
    sessionStorage.setItem('crosspoint.session', '{"token":');
    const keeper = sessionKeeper(sessionStorage, await sessionSecret(desktop(new Map([['session', '{"token":1}']]))));
    expect([keeper.read(), keeper.left()]).toEqual([null, null]);
  });

  it('is never written to the disk by a browser', async () => {
    expect(await sessionSecret({ kind: 'browser' } as DesktopApi)).toBeNull();
  });
});

describe('what nobody caught', () => {
  it('is a line that says what and where, and none of its words', () => {
    const lines: unknown[] = [];
    reportPageErrors(window, (event, facts) => lines.push([event, facts]));
    const error = Object.assign(new TypeError('no account for Lena Hartmann'), {
      stack:
        'TypeError: no account for Lena Hartmann\n    at run (app://crosspoint/assets/index-Ab12.js:3:45)\n    at https://a.example/x.js?token=abc:6:7',
    });
    window.dispatchEvent(new ErrorEvent('error', { error }));
    window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: 'Lena Hartmann' }));
    expect(lines).toEqual([
      ['uncaught', { kind: 'TypeError', where: 'index-Ab12.js:3:45 x.js:6:7' }],
      ['unhandled', { kind: 'string', where: '' }],
    ]);
  });
});
