import type { IpcMainInvokeEvent } from 'electron';
import { describe, expect, test } from 'vitest';
import { type CallHandlers, desktopCallHandlers, handleCalls, isTrustedSender, stripCallHandlers } from '../../../electron/ipc/index.ts';
import { desktopCalls } from '../../../shared/contracts/desktop-api.ts';
import type { OutsideState } from '../../../shared/contracts/outside.ts';
import { stripCalls } from '../../../shared/contracts/strip-api.ts';
import { outsideState, outsideWords } from './outside-state.ts';

const [mainId, stripId] = [1, 2];
const frame = (url: string, isTop = true, id = mainId) =>
  ({ sender: { id }, senderFrame: { url, parent: isTop ? null : {} } }) as unknown as IpcMainInvokeEvent;
const ours = frame('app://crosspoint/index.html');
const strip = frame('app://crosspoint/strip.html', true, stripId);

describe('a sender', () => {
  test.each([
    ['our page', ours, true],
    ['a frame inside our page', frame('app://crosspoint/index.html', false), false],
    ['another site', frame('https://crosspoint/index.html'), false],
    ['a site whose name begins like ours', frame('app://crosspoint.example/'), false],
    ['a blank page', frame('about:blank'), false],
    ['another window of ours', strip, false],
    ['a frame that is gone', { sender: { id: mainId }, senderFrame: null } as unknown as IpcMainInvokeEvent, false],
  ])('%s', (_, event, expected) => {
    expect(isTrustedSender(event, mainId)).toBe(expected);
  });
});

function calls() {
  const handlers = new Map<string, (event: IpcMainInvokeEvent, request: unknown) => Promise<unknown>>();
  const done: unknown[] = [];
  const reported: unknown[] = [];
  const settings = { bridgeUrl: 'http://127.0.0.1:8600', theme: 'system', language: 'en' } as const;
  const given: CallHandlers<typeof desktopCalls> = desktopCallHandlers({
    settings: {
      desktop: settings,
      change: (change) => {
        if (change.bridgeUrl === 'http://far.example') throw new Error('/home/someone/secret/path');
        done.push(change);
        return { ...settings, ...(change.theme === undefined ? {} : { theme: change.theme }) };
      },
    },
    attention: { show: (offer) => void done.push(['show', offer]), clear: (id) => void done.push(['clear', id]) },
    ringer: {
      offered: (id, forMs) => void done.push(['ring', id, forMs]),
      ended: (id) => void done.push(['ring ended', id]),
      silence: () => void done.push('silence'),
    },
    links: { take: () => '+442079460123' },
    outside: {
      ringThrough: ({ deviceId }) => void done.push(['through', deviceId]),
      show: (state: OutsideState | null) => void done.push(['outside', state?.name ?? null]),
      settingsChanged: ({ theme }) => void done.push(['settings', theme]),
    },
    download: (address) => void done.push(['download', address]),
  });
  const ipcMain = { handle: (name: string, handler: never) => void handlers.set(name, handler) };
  const report = (event: string, facts?: object) => void reported.push({ event, ...facts });
  handleCalls(ipcMain as never, { calls: desktopCalls, handlers: given, contentsId: mainId }, report);
  const pressed: unknown[] = [];
  const stripGiven = stripCallHandlers({
    state: outsideState({ name: 'On a call' }),
    ring: { isRinging: true, deviceId: '', volume: 1 },
    wish: (wish, by) => void pressed.push([wish, by]),
    openMenu: () => void pressed.push('menu'),
  });
  handleCalls(ipcMain as never, { calls: stripCalls, handlers: stripGiven, contentsId: stripId }, report);
  const call = (name: string, request: unknown, event = ours) => handlers.get(`desktop:${name}`)?.(event, request);
  return { call, done, pressed, reported, names: [...handlers.keys()] };
}

describe('calls of the page', () => {
  test('have a handler each, and nothing else has one', () => {
    expect(calls().names).toEqual([...Object.keys(desktopCalls), ...Object.keys(stripCalls)].map((name) => `desktop:${name}`));
  });

  test('are answered for our page', async () => {
    const { call, done } = calls();
    expect(await call('settings:read', {})).toMatchObject({ language: 'en' });
    expect(await call('settings:write', { theme: 'dark' })).toMatchObject({ theme: 'dark' });
    await call('offer:shown', { reservationId: 'r1', title: 'Lin Mei', body: 'Hotline' });
    await call('offer:gone', { reservationId: 'r1' });
    expect(done).toEqual([
      { theme: 'dark' },
      ['settings', 'dark'],
      ['show', { reservationId: 'r1', title: 'Lin Mei', body: 'Hotline' }],
      ['ring ended', 'r1'],
      ['clear', 'r1'],
    ]);
  });

  test('ring only for an offer that says for how long, until it is gone or answered', async () => {
    const { call, done } = calls();
    await call('offer:shown', { reservationId: 'r1', title: 'Lin Mei', body: 'Hotline', ringsForMs: 20_000 });
    await call('ring:through', { deviceId: 'd-1', volume: 0.4 });
    await call('ring:stop', {});
    expect(done.slice(1)).toEqual([['ring', 'r1', 20_000], ['through', 'd-1'], 'silence']);
  });

  test('say what the desk shows outside, and take the number of a link', async () => {
    const { call, done } = calls();
    await call('outside:show', { state: outsideState({ name: 'Available' }), words: outsideWords });
    await call('outside:show', { state: null, words: outsideWords });
    expect(done).toEqual([
      ['outside', 'Available'],
      ['outside', null],
    ]);
    expect(await call('link:take', {})).toEqual({ number: '+442079460123' });
  });

  test('download from the bridge that is set, and from nowhere else', async () => {
    const { call, done } = calls();
    await call('file:download', { path: '/api/exports/files/abcdefghijklmnopqrstuv-_' });
    expect(done).toEqual([['download', 'http://127.0.0.1:8600/api/exports/files/abcdefghijklmnopqrstuv-_']]);
  });

  test.each(Object.keys(desktopCalls))('%s is refused to a foreign sender', async (name) => {
    const { call, done, reported } = calls();
    await expect(call(name, {}, frame('https://example.com/'))).rejects.toThrow(`${name} was refused`);
    expect(done).toEqual([]);
    expect(reported).toEqual([{ event: 'call:refused', name, why: 'foreign sender' }]);
  });

  test.each([
    ['settings:read', null],
    ['settings:write', { theme: 'purple' }],
    ['settings:write', { bridgeUrl: 5 }],
    ['settings:write', 'dark'],
    ['offer:shown', { reservationId: 'r1' }],
    ['offer:shown', { reservationId: 'r1', title: { toString: 'x' }, body: '' }],
    ['file:download', { path: 'http://far.example/api/exports/files/abcdefghijklmnopqrstuv' }],
    ['file:download', { path: '//far.example/api/exports/files/abcdefghijklmnopqrstuv' }],
    ['file:download', { path: '/api/exports/files/../../login-abcdefghijklmnopqrstuv' }],
    ['offer:gone', undefined],
    ['offer:shown', { reservationId: 'r1', title: '', body: '', ringsForMs: 1e9 }],
    ['outside:show', { state: { ...outsideState({}), name: 'x'.repeat(201) }, words: outsideWords }],
    ['outside:show', { state: { ...outsideState({}), controls: [{ action: 'app.signOut' }] }, words: outsideWords }],
  ])('%s with %j is refused', async (name, request) => {
    const { call, done } = calls();
    await expect(call(name, request)).rejects.toThrow('was refused');
    expect(done).toEqual([]);
  });

  test('pass on known fields only', async () => {
    const { call, done } = calls();
    await call('settings:write', JSON.parse('{"theme":"dark","__proto__":{"polluted":true},"localBridge":{"node":"/bin/sh"}}'));
    expect(done).toEqual([{ theme: 'dark' }, ['settings', 'dark']]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('fail without telling the page why', async () => {
    const { call, reported } = calls();
    await expect(call('settings:write', { bridgeUrl: 'http://far.example' })).rejects.toThrow(/^settings:write failed$/);
    expect(reported).toEqual([{ event: 'call:failed', name: 'settings:write', why: '/home/someone/secret/path' }]);
  });
});

describe('calls of the strip', () => {
  test('hand on what was pressed, and read what is to be seen and heard', async () => {
    const { call, pressed } = calls();
    const wish = { kind: 'action', action: 'call.mute' };
    await call('strip:wish', { wish }, strip);
    await call('strip:menu', {}, strip);
    expect(pressed).toEqual([[wish, 'strip'], 'menu']);
    expect(await call('strip:read', {}, strip)).toMatchObject({ state: { name: 'On a call' }, ring: { isRinging: true } });
  });

  test.each(Object.keys(desktopCalls))('%s of the main page is refused to the strip', async (name) => {
    const { call, done, reported } = calls();
    await expect(call(name, {}, strip)).rejects.toThrow(`${name} was refused`);
    expect(done).toEqual([]);
    expect(reported).toEqual([{ event: 'call:refused', name, why: 'foreign sender' }]);
  });

  test.each(Object.keys(stripCalls))('%s is refused to the main page', async (name) => {
    const { call, pressed } = calls();
    await expect(call(name, { wish: { kind: 'action', action: 'call.end' } })).rejects.toThrow(`${name} was refused`);
    expect(pressed).toEqual([]);
  });

  test.each([
    { wish: { kind: 'action', action: 'app.signOut' } },
    { wish: { kind: 'action', action: 'toString' } },
    { wish: { kind: 'dial', number: '+442079460123' } },
    { wish: null },
    {},
  ])('a wish that is not on the list is refused: %j', async (request) => {
    const { call, pressed } = calls();
    await expect(call('strip:wish', request, strip)).rejects.toThrow('was refused');
    expect(pressed).toEqual([]);
  });
});
