import { describe, expect, it } from 'vitest';
import { promptDeeds } from '../../../../renderer/app/deeds/prompt-deeds.ts';
import { createStores } from '../../../../renderer/stores/index.ts';
import { stagePrompts } from '../../../support/ui-stage/prompt-scenes.ts';

const now = Date.UTC(2026, 10, 22);
const place = { promptId: 'welcome', locale: 'en' } as const;
const wav = new Blob(['RIFF'], { type: 'audio/wav' });

/** A desktop whose browser reads every sound as one of so many seconds, and whose microphone may be missing. */
function openDeeds({ seconds = 2 as number | null, hasMicrophone = true } = {}) {
  const stores = createStores({ bridgeUrl: 'http://127.0.0.1:8600', theme: 'light', language: 'en' });
  const sent: string[] = [];
  const told: string[] = [];
  let meter: (level: number) => void = () => undefined;
  const deeds = promptDeeds({
    stores,
    bridge: {
      command: async (name: string) => {
        told.push(name);
        return { ok: true, value: { prompts: [...stagePrompts(now)], speech: null } } as never;
      },
      sendFile: async (path: string) => {
        sent.push(path);
        return { ok: true, value: { taken: true, prompt: stagePrompts(now).find(({ promptId }) => promptId === 'welcome') } };
      },
    },
    sound: {
      wavOf: async () => (seconds === null ? null : { wav, seconds }),
      async record(onLevel) {
        meter = onLevel;
        if (!hasMicrophone) return null;
        return {
          stop: async () => {
            told.push('stopped');
            return wav;
          },
          cancel: () => void told.push('canceled'),
        };
      },
    },
  });
  return { stores, deeds, sent, told, say: (level: number) => meter(level), state: () => stores.prompts.getState() };
}

describe('a sound that is brought', () => {
  it('is sent to the prompt and language it is for', async () => {
    const { deeds, sent, state } = openDeeds();
    await deeds.upload(place, wav);
    expect(sent).toEqual(['/api/prompts/welcome/en/uploaded']);
    expect([state().busy, state().trouble]).toEqual([null, null]);
    expect(state().prompts.map(({ promptId }) => promptId)).toEqual(['welcome']);
  });

  it.each([
    [null, 'undecodable'],
    [301, 'tooLong'],
  ])('is not sent where the browser reads %s seconds of it', async (seconds, why) => {
    const { deeds, sent, state } = openDeeds({ seconds });
    await deeds.upload(place, wav);
    expect([sent, state().trouble]).toEqual([[], { ...place, why }]);
  });
});

describe('a recording', () => {
  it('shows its level, and is sent when it is stopped', async () => {
    const { deeds, sent, told, say, state } = openDeeds();
    await deeds.record(place);
    say(0.7);
    expect(state()).toMatchObject({ busy: { ...place, what: 'recording' }, level: 0.7 });
    expect(state().recordingSince).not.toBeNull();
    // One sound at a time.
    await deeds.upload({ promptId: 'goodbye', locale: 'zh' }, wav);
    expect(sent).toEqual([]);
    await deeds.stopRecording();
    expect([told, sent]).toEqual([['stopped'], ['/api/prompts/welcome/en/recorded']]);
    expect(state()).toMatchObject({ busy: null, level: 0, recordingSince: null });
  });

  it('is gone when it is discarded, or the desktop is signed out', async () => {
    const { deeds, sent, told, state } = openDeeds();
    await deeds.record(place);
    deeds.cancelRecording();
    expect(state().busy).toBeNull();
    await deeds.record(place);
    deeds.clear();
    await deeds.stopRecording();
    expect([told, sent]).toEqual([['canceled', 'canceled'], []]);
  });

  it('says that there is no microphone', async () => {
    const { deeds, state } = openDeeds({ hasMicrophone: false });
    await deeds.record(place);
    expect([state().busy, state().trouble]).toEqual([null, { ...place, why: 'noMicrophone' }]);
  });
});
