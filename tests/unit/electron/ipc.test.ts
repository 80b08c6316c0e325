import type { IpcMainInvokeEvent } from 'electron';
import { describe, expect, test } from 'vitest';
import { type CallHandlers, desktopCallHandlers, handleCalls, isTrustedSender } from '../../../electron/ipc/index.ts';
import { desktopCalls } from '../../../shared/contracts/desktop-api.ts';

const frame = (url: string, isTop = true) => ({ senderFrame: { url, parent: isTop ? null : {} } }) as unknown as IpcMainInvokeEvent;
const ours = frame('app://crosspoint/index.html');

describe('a sender', () => {
  test.each([
    ['our page', ours, true],
    ['a frame inside our page', frame('app://crosspoint/index.html', false), false],
    ['another site', frame('https://crosspoint/index.html'), false],
    ['a site whose name begins like ours', frame('app://crosspoint.example/'), false],
    ['a blank page', frame('about:blank'), false],
    ['a frame that is gone', { senderFrame: null } as unknown as IpcMainInvokeEvent, false],
  ])('%s', (_, event, expected) => {
    expect(isTrustedSender(event)).toBe(expected);
  });
});

function calls() {
  const handlers = new Map<string, (event: IpcMainInvokeEvent, request: unknown) => Promise<unknown>>();
  const done: unknown[] = [];
  const reported: unknown[] = [];
  const settings = { bridgeUrl: 'http://127.0.0.1:8600', theme: 'system', language: 'en' } as const;
  const given: CallHandlers = desktopCallHandlers(
    {
      desktop: settings,
      change: (change) => {
        if (change.bridgeUrl === 'http://far.example') throw new Error('/home/someone/secret/path');
        done.push(change);
        return { ...settings, ...(change.theme === undefined ? {} : { theme: change.theme }) };
      },
    },
    { show: (offer) => void done.push(['show', offer.reservationId]), clear: (id) => void done.push(['clear', id]) },
    (address) => void done.push(['download', address]),
  );
  handleCalls({ handle: (name, handler) => void handlers.set(name, handler) }, given, (event, facts) => reported.push({ event, ...facts }));
  const call = (name: string, request: unknown, event = ours) => handlers.get(`desktop:${name}`)?.(event, request);
  return { call, done, reported, names: [...handlers.keys()] };
}

describe('calls of the page', () => {
  test('have a handler each, and nothing else has one', () => {
    expect(calls().names).toEqual(Object.keys(desktopCalls).map((name) => `desktop:${name}`));
  });

  test('are answered for our page', async () => {
    const { call, done } = calls();
    expect(await call('settings:read', {})).toMatchObject({ language: 'en' });
    expect(await call('settings:write', { theme: 'dark' })).toMatchObject({ theme: 'dark' });
    await call('offer:shown', { reservationId: 'r1', title: 'Lin Mei', body: 'Hotline' });
    await call('offer:gone', { reservationId: 'r1' });
    expect(done).toEqual([{ theme: 'dark' }, ['show', 'r1'], ['clear', 'r1']]);
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
  ])('%s with %j is refused', async (name, request) => {
    const { call, done } = calls();
    await expect(call(name, request)).rejects.toThrow('was refused');
    expect(done).toEqual([]);
  });

  test('pass on known fields only', async () => {
    const { call, done } = calls();
    await call('settings:write', JSON.parse('{"theme":"dark","__proto__":{"polluted":true},"localBridge":{"node":"/bin/sh"}}'));
    expect(done).toEqual([{ theme: 'dark' }]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('fail without telling the page why', async () => {
    const { call, reported } = calls();
    await expect(call('settings:write', { bridgeUrl: 'http://far.example' })).rejects.toThrow(/^settings:write failed$/);
    expect(reported).toEqual([{ event: 'call:failed', name: 'settings:write', why: '/home/someone/secret/path' }]);
  });
});
