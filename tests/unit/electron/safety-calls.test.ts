import { expect, it } from 'vitest';
import { handleCalls, safetyCallHandlers } from '../../../electron/ipc/index.ts';
import { appUrl } from '../../../electron/security/index.ts';
import { safetyCalls } from '../../../shared/contracts/desktop-safety.ts';

type Handler = (event: unknown, request: unknown) => Promise<unknown>;

function registered() {
  const handlers = new Map<string, Handler>();
  const lines: { event: string; facts: unknown }[] = [];
  const kept = new Map<string, string>();
  let time = 0;
  const means = {
    secrets: {
      read: async (name: string) => kept.get(name) ?? null,
      write: async (name: string, value: string) => Boolean(kept.set(name, value)),
      forget: async (name: string) => void kept.delete(name),
    },
    report: (event: string, facts: unknown) => void lines.push({ event, facts }),
    settings: { fixedNames: ['theme'] },
    updates: { state: { kind: 'off' } as const, work: () => undefined, install: () => ({ kind: 'off' }) as const },
  };
  const ipcMain = { handle: (name: string, handler: Handler) => void handlers.set(name, handler) };
  const own = safetyCallHandlers(means, () => time);
  handleCalls(ipcMain as never, { calls: safetyCalls, handlers: own, contentsId: 1 }, () => undefined);
  const event = { sender: { id: 1 }, senderFrame: { url: appUrl, parent: null } };
  const call = (name: string, request: unknown) => handlers.get(`desktop:${name}`)?.(event, request);
  return { call, lines, kept, pass: (ms: number) => void (time += ms) };
}

it('keeps two secrets for the page and no others', async () => {
  const { call, kept } = registered();
  expect(await call('secret:write', { name: 'session', value: 'a' })).toEqual({ isKept: true });
  expect(await call('secret:read', { name: 'session' })).toEqual({ value: 'a' });
  await expect(call('secret:read', { name: 'other' })).rejects.toThrow('refused');
  await expect(call('secret:write', { name: 'texts', value: 'x'.repeat(16_001) })).rejects.toThrow('refused');
  await call('secret:forget', { name: 'session' });
  expect(kept.size).toBe(0);
});

it('writes lines of the page under a name of their own, bounded in size and in number', async () => {
  const { call, lines, pass } = registered();
  await call('report:write', { event: 'push:refused', facts: { why: 'malformed' } });
  expect(lines).toEqual([{ event: 'renderer:push:refused', facts: { why: 'malformed' } }]);
  for (const request of [
    { event: 'Not A Name', facts: {} },
    { event: 'a', facts: { why: 'x'.repeat(301) } },
    { event: 'a', facts: { 'no field': 1 } },
    { event: 'a', facts: { deep: { er: 1 } } },
  ])
    await expect(call('report:write', request)).rejects.toThrow('refused');
  for (let n = 0; n < 500; n += 1) await call('report:write', { event: 'again', facts: {} });
  expect(lines).toHaveLength(60);
  pass(60_000);
  await call('report:write', { event: 'later', facts: {} });
  expect(lines.at(-1)?.event).toBe('renderer:later');
});

it('says what an administrator fixed, and that there are no updates where none were set up', async () => {
  const { call } = registered();
  expect(await call('settings:fixed', {})).toEqual({ names: ['theme'] });
  expect(await call('update:install', {})).toEqual({ kind: 'off' });
  await expect(call('update:work', { calls: -1, offers: 0, wrapUps: 0, unsaved: 0 })).rejects.toThrow('refused');
});
