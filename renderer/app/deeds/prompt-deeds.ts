import {
  longestPromptText,
  type Prompt,
  promptSoundPath,
  soundUploadLimitBytes,
  type TakenSound,
  takenSoundSchema,
} from '../../../shared/contracts/ivr/prompts.ts';
import type { Bridge, CommandOutcome } from '../../bridge/index.ts';
import type { PromptDeeds } from '../../features/prompts/index.ts';
import type { SoundRecording } from '../../phone/index.ts';
import {
  draftKey,
  noPrompts,
  notify,
  type PromptsState,
  promptLocales,
  promptTextOf,
  putPrompt,
  type SoundPlace,
  type SoundTrouble,
  type Stores,
} from '../../stores/index.ts';

/** The parts of the browser that know sound; tests play them. */
export interface SoundMeans {
  record(onLevel: (level: number) => void): Promise<SoundRecording | null>;
  wavOf(sound: Blob): Promise<{ readonly wav: Blob; readonly seconds: number } | null>;
}

const longestSeconds = 300;

/** The library of prompts: each deed asks the bridge and puts its answer into the store. */
export function promptDeeds({
  stores,
  bridge,
  sound,
}: {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command' | 'sendFile'>;
  readonly sound: SoundMeans;
}): PromptDeeds & { clear(): void } {
  const { prompts: store } = stores;
  let recording: SoundRecording | null = null;
  let limit: ReturnType<typeof setTimeout> | undefined;

  const idle = { busy: null, level: 0, recordingSince: null } as const satisfies Partial<PromptsState>;
  const begin = (place: SoundPlace, what: NonNullable<PromptsState['busy']>['what']) =>
    store.setState({ busy: { ...place, what }, trouble: null, failure: null });
  const end = (place: SoundPlace, why: SoundTrouble | null) =>
    store.setState({ ...idle, trouble: why === null ? null : { ...place, why } });

  /** What was typed is stored with it, where the answer has it. */
  function put(prompt: Prompt): void {
    store.setState((state) => {
      const drafts = { ...state.drafts };
      for (const locale of promptLocales) {
        const key = draftKey({ promptId: prompt.promptId, locale });
        if (drafts[key] === prompt.texts[locale]) delete drafts[key];
      }
      return { ...putPrompt(state, prompt), drafts };
    });
  }

  function take(place: SoundPlace, outcome: CommandOutcome<TakenSound>): void {
    if (!outcome.ok) return end(place, outcome.error.code);
    if (!outcome.value.taken) return end(place, outcome.value.fault);
    put(outcome.value.prompt);
    end(place, null);
  }

  async function send(place: SoundPlace, origin: 'uploaded' | 'recorded', given: Blob): Promise<void> {
    begin(place, 'sending');
    const decoded = await sound.wavOf(given).catch(() => null);
    if (!decoded) return end(place, 'undecodable');
    if (decoded.seconds > longestSeconds || decoded.wav.size > soundUploadLimitBytes) return end(place, 'tooLong');
    const file = new File([decoded.wav], `${place.promptId}.wav`, { type: 'audio/wav' });
    const sent = await bridge.sendFile(promptSoundPath(place.promptId, place.locale, origin), file);
    if (!sent.ok) return end(place, sent.error.code);
    const read = takenSoundSchema.safeParse(sent.value);
    take(place, read.success ? { ok: true, value: read.data } : { ok: false, error: { code: 'internal', message: 'not understood' } });
  }

  async function stopRecording(): Promise<void> {
    const [running, { busy }] = [recording, store.getState()];
    recording = null;
    clearTimeout(limit);
    if (!running || !busy) return;
    await send({ promptId: busy.promptId, locale: busy.locale }, 'recorded', await running.stop());
  }

  function cancelRecording(): void {
    clearTimeout(limit);
    recording?.cancel();
    recording = null;
    if (store.getState().busy?.what === 'recording') store.setState(idle);
  }

  return {
    async open() {
      store.setState(({ asked }) => ({ asked: asked.phase === 'ready' ? asked : { phase: 'loading' } }));
      const outcome = await bridge.command('prompt:list', {});
      store.setState(
        outcome.ok ? { ...outcome.value, asked: { phase: 'ready' } } : { asked: { phase: 'failed', code: outcome.error.code } },
      );
    },

    async save(promptId) {
      const state = store.getState();
      const basedOn = state.prompts.find((each) => each.promptId === promptId)?.revision ?? 0;
      const texts = { en: promptTextOf(state, { promptId, locale: 'en' }), zh: promptTextOf(state, { promptId, locale: 'zh' }) };
      store.setState({ failure: null });
      const outcome = await bridge.command('prompt:save', { promptId, texts, basedOn });
      if (outcome.ok) put(outcome.value);
      else store.setState({ failure: { promptId, code: outcome.error.code } });
      return outcome.ok;
    },

    async speak(place) {
      const text = promptTextOf(store.getState(), place).trim().slice(0, longestPromptText);
      if (text === '' || store.getState().busy) return;
      begin(place, 'speaking');
      take(place, await bridge.command('prompt:speak', { ...place, text }));
    },

    async upload(place, file) {
      if (!store.getState().busy) await send(place, 'uploaded', file);
    },

    async record(place) {
      if (store.getState().busy) return;
      begin(place, 'recording');
      recording = await sound.record((level) => store.setState({ level }));
      if (!recording) return end(place, 'noMicrophone');
      store.setState({ recordingSince: Date.now() });
      limit = setTimeout(() => void stopRecording(), longestSeconds * 1_000);
    },
    stopRecording,
    cancelRecording,

    async hear(promptId, locale) {
      const outcome = await bridge.command('prompt:open', { promptId, locale });
      if (outcome.ok) return new URL(outcome.value.path, stores.settings.getState().bridgeUrl).href;
      notify(stores, { kind: 'commandFailed', code: outcome.error.code });
      return null;
    },

    async removeSound(place) {
      const outcome = await bridge.command('prompt:remove-sound', place);
      if (outcome.ok) put(outcome.value);
      else store.setState({ failure: { promptId: place.promptId, code: outcome.error.code } });
    },

    async remove(promptId) {
      const outcome = await bridge.command('prompt:remove', { promptId });
      if (!outcome.ok) return store.setState({ failure: { promptId, code: outcome.error.code } });
      const read = await bridge.command('prompt:list', {});
      const drafts = Object.fromEntries(Object.entries(store.getState().drafts).filter(([key]) => !key.startsWith(`${promptId} `)));
      store.setState({ ...(read.ok ? read.value : {}), drafts });
    },

    clear() {
      cancelRecording();
      store.setState(noPrompts, true);
    },
  };
}
