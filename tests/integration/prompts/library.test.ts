import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPromptSounds } from '../../../cti-bridge/channels/voice/index.ts';
import { openPrompts } from '../../../cti-bridge/flows/prompts.ts';
import type { SpeechEngine } from '../../../cti-bridge/interactions/index.ts';
import type { KeptFlow } from '../../../cti-bridge/ivr/index.ts';
import { createIdSource, ok, silentLog, systemClock, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { tone, writeWav } from '../../../cti-bridge/media/index.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { asId, type UserId } from '../../../shared/ids.ts';
import { openDemo, openFor, temporaryFolder } from '../store/store-under-test.ts';

const shippedFolder = join(import.meta.dirname, '../../../assets/prompts');
const admin = { userId: asId<UserId>('admin'), name: 'Adam', agentId: null, may: () => true };
const beep = (hertz: number, seconds = 1) => writeWav(tone(hertz, seconds * 1_000));

const flowWith = (promptId: string, state: 'live' | 'draft') => {
  const flow = {
    ...{ format: 1, flowId: 'hotline', name: { en: 'Hotline', zh: '热线' }, start: 'a', layout: {}, tests: [] },
    fallback: { queueId: 'care', prompt: 'technical-difficulty' },
    nodes: { a: { kind: 'hangUp', prompts: [promptId], exits: {} } },
  };
  return { flowId: 'hotline', draft: null, live: null, [state]: { flow } } as unknown as KeptFlow;
};

async function openLibrary({
  folder = temporaryFolder(),
  speech = null as SpeechEngine | null,
  clock = systemClock as VirtualClock | typeof systemClock,
  seed = 'none' as 'demo' | 'none',
} = {}) {
  const store = seed === 'demo' ? await openDemo(folder) : await openFor(folder);
  const sounds = await openPromptSounds(shippedFolder, join(folder, 'prompts'));
  let flows: readonly KeptFlow[] = [];
  let { configuration } = await store.readOrganisation();
  let tokens = 0;
  const prompts = await openPrompts({
    repository: store.prompts,
    flows: { readAll: async () => flows },
    configuration: () => configuration,
    sounds,
    speech,
    newToken: () => `token-${++tokens}`,
    clock,
    ids: createIdSource(systemClock),
    log: silentLog,
  });
  const find = async (promptId: string) => {
    const list = await prompts['prompt:list'](admin, {});
    return list.ok ? list.value.prompts.find((prompt) => prompt.promptId === promptId) : undefined;
  };
  const upload = (promptId: string, wav: Uint8Array, locale: 'en' | 'zh' = 'en') =>
    prompts.take(admin, { promptId, locale, origin: 'uploaded', wav });
  return {
    ...{ store, sounds, prompts, find, upload, folder },
    setFlows: (next: readonly KeptFlow[]) => {
      flows = next;
    },
    setConfiguration: (change: (now: Configuration) => Configuration) => {
      configuration = change(configuration);
    },
  };
}

describe('the library of prompts', () => {
  it('has what was shipped, with its texts and lengths, and nothing that is only a part of sentences', async () => {
    const { find, prompts } = await openLibrary();
    expect(await find('balance-is')).toMatchObject({
      revision: 0,
      isShipped: true,
      texts: { en: 'The balance of your account is:', zh: '您的账户余额是：' },
      sounds: { en: { origin: 'shipped', at: null, by: null }, zh: { origin: 'shipped' } },
      usedBy: [],
    });
    expect((await find('balance-is'))?.sounds.en?.durationMs).toBeGreaterThan(1_000);
    for (const part of ['number-7', 'say-and', 'unit-yuan', 'day-3', 'letter-x', 'desk-parked']) expect(await find(part)).toBeUndefined();
    expect(prompts.state('welcome')).toEqual({ en: 'sound', zh: 'sound' });
    expect(prompts.state('nowhere')).toBeUndefined();
  });

  it('plays what was uploaded from the next time on, and the shipped one again when that is removed', async () => {
    const { prompts, sounds, upload, find, folder } = await openLibrary();
    const shipped = sounds.fileOf('welcome', 'en');
    const first = await upload('welcome', beep(600));
    expect(first).toMatchObject({
      ok: true,
      value: { taken: true, prompt: { revision: 1, sounds: { en: { origin: 'uploaded', by: 'Adam' } } } },
    });
    const own = sounds.fileOf('welcome', 'en');
    expect(own).not.toBe(shipped);
    expect(sounds.fileOf('welcome', 'zh')).toBe(join(shippedFolder, 'zh', 'welcome.wav'));
    await upload('welcome', beep(900));
    expect(sounds.fileOf('welcome', 'en')).not.toBe(own);
    // Whoever hears the earlier one hears it to its end.
    expect(readFileSync(own ?? '').length).toBeGreaterThan(15_000);
    expect(await find('welcome')).toMatchObject({ revision: 2, isShipped: true, texts: { en: 'Welcome to Northline customer care.' } });
    expect(await prompts['prompt:remove-sound'](admin, { promptId: 'welcome', locale: 'en' })).toMatchObject({ ok: true });
    expect(sounds.fileOf('welcome', 'en')).toBe(shipped);
    expect(readdirSync(join(folder, 'prompts')).length).toBe(2);
  });

  it('is the same after a start, without sounds that nobody uses', async () => {
    const folder = temporaryFolder();
    const before = await openLibrary({ folder });
    await before.upload('greeting', beep(600));
    await before.upload('greeting', beep(700), 'zh');
    await before.upload('greeting', beep(900), 'zh');
    await before.store.stop();
    const after = await openLibrary({ folder });
    expect(await after.find('greeting')).toMatchObject({
      revision: 3,
      isShipped: false,
      sounds: { en: { durationMs: 1_000 }, zh: { durationMs: 1_000 } },
    });
    expect(readdirSync(join(folder, 'prompts')).length).toBe(2);
    expect(after.sounds.fileOf('greeting', 'zh')).toBe(before.sounds.fileOf('greeting', 'zh'));
  });

  it('knows a prompt that is only a text in a language, and one that is missing in it', async () => {
    const { prompts, upload } = await openLibrary();
    await prompts['prompt:save'](admin, { promptId: 'greeting', texts: { en: 'Good morning', zh: ' ' }, basedOn: 0 });
    expect(prompts.state('greeting')).toEqual({ en: 'text', zh: 'missing' });
    await upload('greeting', beep(600), 'zh');
    expect(prompts.state('greeting')).toEqual({ en: 'text', zh: 'sound' });
  });

  it('does not write over what somebody else has changed since', async () => {
    const { prompts } = await openLibrary();
    const saved = await prompts['prompt:save'](admin, { promptId: 'welcome', texts: { en: 'Hello', zh: '您好' }, basedOn: 0 });
    expect(saved).toMatchObject({ ok: true, value: { revision: 1, sounds: { en: { origin: 'shipped' } } } });
    const late = await prompts['prompt:save'](admin, { promptId: 'welcome', texts: { en: 'Hi', zh: '' }, basedOn: 0 });
    expect(late).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  it.each([
    ['no sound file', Buffer.from('#!/bin/sh'), 'unreadable'],
    ['silence', writeWav(new Int16Array(8_000)), 'silent'],
    ['a click', beep(600, 0.02), 'tooShort'],
  ])('refuses %s and keeps nothing of it', async (_, wav, fault) => {
    const { upload, find, folder } = await openLibrary();
    expect(await upload('greeting', wav)).toEqual({ ok: true, value: { taken: false, fault } });
    expect(await find('greeting')).toBeUndefined();
    expect(() => readdirSync(join(folder, 'prompts'))).toThrow('ENOENT');
  });

  it.each(['../welcome', 'a/b', '', 'x'.repeat(65), 'a.b'])('takes no sound for the name %j', async (promptId) => {
    const { upload, sounds } = await openLibrary();
    expect(await upload(promptId, beep(600))).toMatchObject({ ok: false, error: { code: 'not_found' } });
    if (promptId !== 'x'.repeat(65)) expect(sounds.fileOf(promptId, 'en')).toBeNull();
  });

  it('lets nobody take a prompt from under a live flow, and says which flows play what', async () => {
    const { prompts, upload, find, setFlows } = await openLibrary();
    await upload('greeting', beep(600));
    setFlows([flowWith('greeting', 'live')]);
    expect((await find('greeting'))?.usedBy).toEqual([{ flowId: 'hotline', name: { en: 'Hotline', zh: '热线' }, isLive: true }]);
    expect((await find('technical-difficulty'))?.usedBy).toHaveLength(1);
    expect(await prompts['prompt:remove'](admin, { promptId: 'greeting' })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await prompts['prompt:remove-sound'](admin, { promptId: 'greeting', locale: 'en' })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    setFlows([flowWith('greeting', 'draft')]);
    expect((await find('greeting'))?.usedBy).toMatchObject([{ isLive: false }]);
    expect(await prompts['prompt:remove'](admin, { promptId: 'greeting' })).toMatchObject({ ok: true });
    expect(await find('greeting')).toBeUndefined();
  });

  it('lets nobody take away what a queue announces', async () => {
    const { prompts, upload, setConfiguration } = await openLibrary({ seed: 'demo' });
    await upload('recorded-notice', beep(600));
    expect(prompts.heard()).not.toContain('recorded-notice');
    await upload('recorded-notice', beep(600), 'zh');
    expect(prompts.heard()).toContain('recorded-notice');
    setConfiguration((now) => ({
      ...now,
      queues: now.queues.map((queue) => ({ ...queue, recording: { mode: 'always', announcement: 'recorded-notice' } })),
    }));
    expect(await prompts['prompt:remove'](admin, { promptId: 'recorded-notice' })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    expect(await prompts['prompt:remove-sound'](admin, { promptId: 'recorded-notice', locale: 'zh' })).toMatchObject({ ok: false });
    setConfiguration((now) => ({
      ...now,
      queues: now.queues.map((queue) => ({ ...queue, recording: { mode: 'always', announcement: 'call-recorded' } })),
    }));
    expect(await prompts['prompt:remove'](admin, { promptId: 'recorded-notice' })).toMatchObject({ ok: true });
  });

  it('is heard by a link that ends by itself', async () => {
    const clock = new VirtualClock();
    const { prompts } = await openLibrary({ clock });
    const opened = await prompts['prompt:open'](admin, { promptId: 'welcome', locale: 'zh' });
    expect(opened).toEqual({ ok: true, value: { path: '/api/prompts/opened/token-1' } });
    const sound = await prompts.openLink('token-1');
    if (!sound.ok) throw new Error('no sound');
    const bytes: number[] = [];
    for await (const piece of sound.value.read(0, 3)) bytes.push(...piece);
    expect(String.fromCharCode(...bytes)).toBe('RIFF');
    expect(await prompts.openLink('token-2')).toMatchObject({ ok: false, error: { code: 'not_found' } });
    await clock.advance(600_000);
    expect(await prompts.openLink('token-1')).toMatchObject({ ok: false });
    expect(await prompts['prompt:open'](admin, { promptId: 'nowhere', locale: 'zh' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });

  it('has texts spoken where something speaks, and keeps the text with its sound', async () => {
    const asked: string[] = [];
    const engine: SpeechEngine = {
      name: 'parrot',
      async speak(text, locale) {
        asked.push(`${locale}: ${text}`);
        return ok(beep(500));
      },
    };
    const { prompts, find } = await openLibrary({ speech: engine });
    const spoken = await prompts['prompt:speak'](admin, { promptId: 'greeting', locale: 'zh', text: '您好' });
    expect(spoken).toMatchObject({
      ok: true,
      value: { taken: true, prompt: { texts: { en: '', zh: '您好' }, sounds: { en: null, zh: { origin: 'spoken' } } } },
    });
    expect(asked).toEqual(['zh: 您好']);
    expect(await find('greeting')).toMatchObject({ revision: 1 });
    const silent = await openLibrary();
    expect(await silent.prompts['prompt:speak'](admin, { promptId: 'greeting', locale: 'en', text: 'Hi' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });

  it('makes only a few sounds at the same time', async () => {
    const { upload } = await openLibrary();
    const all = await Promise.all(['a', 'b', 'c', 'd'].map((promptId) => upload(promptId, beep(600))));
    expect(all.map((each) => (each.ok ? 'taken' : each.error.code))).toEqual(['taken', 'taken', 'too_many_requests', 'too_many_requests']);
  });
});
