import { describe, expect, it, test } from 'vitest';
import { type Failing, watchForCrashes, withoutSecrets } from '../../../electron/crash/index.ts';

/** Twenty things that must not lie in a file, each where it might come from. */
const planted: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
  ['a bearer', { why: 'request failed: Bearer 9f8e7d6c5b4a39281706' }, '9f8e7d6c5b4a39281706'],
  ['a token by its name', { token: 'short' }, 'short'],
  ['a token in an address', { url: 'https://bridge.example/api/me?token=abc123' }, 'abc123'],
  ['a name and password in an address', { url: 'https://lena:geheim@bridge.example/' }, 'geheim'],
  ['a password after its word', { why: 'login failed, password: geheim7' }, 'geheim7'],
  ['a password among the facts', { sipPassword: 'geheim8' }, 'geheim8'],
  ['a JSON web token', { why: 'refused eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl' }, 'eyJzdWIiOiIxIn0'],
  ['a key in hex', { why: 'bad key material 00112233445566778899aabbccddeeff' }, '8899aabb'],
  ['a key in base64', { why: 'got q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ as value' }, 'q83vEjRW'],
  ['a telephone number', { why: 'no answer from +86 139 0000 4126' }, '4126'],
  ['a telephone number as a number', { from: 13900004126 }, '13900004126'],
  ['a card number', { why: 'typed 4111 1111 1111 1111 into it' }, '1111'],
  ['a mail address', { why: 'cannot read lena.hartmann@mail.example' }, 'hartmann'],
  ['a name', { why: 'TypeError: Lena Hartmann has no account' }, 'Hartmann'],
  ['a Chinese name', { why: '找不到林晓月' }, '林晓月'],
  ['a name in quotes', { why: `no property "lena hartmann" in the list` }, 'lena hartmann'],
  ['what was written', { draft: 'she wants it off' }, 'wants it off'],
  ['who uses this computer', { why: 'ENOENT: no such file, open /home/lhartmann/crosspoint/x.json' }, 'lhartmann'],
  ['who uses this computer, on Windows', { where: ['at run (C:\\Users\\LHartmann\\AppData\\main.js:1:2)'] }, 'LHartmann'],
  ['a name deep inside', { error: { detail: [{ caller: 'lena' }] } }, 'lena'],
];

test.each(planted)('nothing is written of %s', (_, facts, secret) => {
  const clean = withoutSecrets(facts);
  expect(JSON.stringify(clean)).not.toContain(secret);
  // It stands at more than one door.
  expect(withoutSecrets(clean)).toEqual(clean);
});

test('what a programmer needs is still there', () => {
  expect(
    withoutSecrets({
      why: "TypeError: Cannot read properties of undefined (reading 'agent')",
      where: ['at Desk.onPush (app://crosspoint/assets/index-AbC12xYz.js:12:34)', 'at async openDesktop (/opt/crosspoint/main.js:1:2)'],
      reason: 'crashed',
      exitCode: 139,
      isMain: true,
      cause: null,
      url: 'https://bridge.example:8600/api/login',
    }),
  ).toEqual({
    why: 'TypeError: Cannot read properties of undefined (reading […])',
    where: ['at Desk.onPush (index-AbC12xYz.js:12:34)', 'at async openDesktop (main.js:1:2)'],
    reason: 'crashed',
    exitCode: 139,
    isMain: true,
    cause: null,
    url: 'https://bridge.example:8600',
  });
});

test('what is endless is cut', () => {
  const line = JSON.stringify(withoutSecrets({ why: 'ab '.repeat(10_000), list: Array(1_000).fill('x') }));
  expect(line.length).toBeLessThan(600);
});

describe('a crash', () => {
  function watched() {
    const app = new Map<string, (...args: unknown[]) => void>();
    const own = new Map<string, (error: unknown) => void>();
    const lines: unknown[] = [];
    const started: unknown[] = [];
    watchForCrashes(
      {
        app: { on: ((name: string, listener: () => void) => void app.set(name, listener)) as never },
        crashReporter: { start: (options) => void started.push(options) },
      },
      { on: (name, listener) => own.set(name, listener) } as Failing,
      (event, facts = {}) => lines.push({ event, ...facts }),
    );
    return { app, own, lines, started };
  }

  it('leaves its dump on this computer and is sent to nobody', () => {
    expect(watched().started).toEqual([{ uploadToServer: false }]);
  });

  it('of the page, of a helper and of the program itself is written down', () => {
    const { app, own, lines } = watched();
    app.get('render-process-gone')?.({}, {}, { reason: 'oom', exitCode: 5 });
    app.get('child-process-gone')?.({}, { type: 'GPU', reason: 'crashed', exitCode: 139, name: 'x' });
    app.get('child-process-gone')?.({}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 });
    own.get('uncaughtExceptionMonitor')?.(new RangeError('too long'));
    own.get('unhandledRejection')?.('Mrs Lenz');
    expect(lines).toMatchObject([
      { event: 'crash:page', reason: 'oom', exitCode: 5 },
      { event: 'crash:child', type: 'GPU', reason: 'crashed' },
      { event: 'crash:main', why: 'RangeError: too long' },
      { event: 'crash:promise', why: 'string' },
    ]);
  });

  it('of a window that no longer answers is written down, and when it answers again', () => {
    const { app, lines } = watched();
    const window = new Map<string, () => void>();
    app.get('browser-window-created')?.({}, { on: (name: string, listener: () => void) => window.set(name, listener) });
    window.get('unresponsive')?.();
    window.get('responsive')?.();
    expect(lines).toEqual([{ event: 'page:unresponsive' }, { event: 'page:responsive' }]);
  });
});
