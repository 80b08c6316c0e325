import type { Prompt, SoundFault } from '../../shared/contracts/ivr/prompts.ts';
import type { Asked } from './account-state.ts';
import type { LoginFailure } from './stores.ts';

export type PromptLocale = 'en' | 'zh';

/** The sound of a prompt in one language, which is being made or did not come to be. */
export interface SoundPlace {
  readonly promptId: string;
  readonly locale: PromptLocale;
}

/** `undecodable`: the browser cannot read that file as sound. */
export type SoundTrouble = SoundFault | 'undecodable' | 'noMicrophone' | LoginFailure;

export interface PromptsState {
  readonly asked: Asked;
  readonly prompts: readonly Prompt[];
  /** What speaks texts at the bridge; null where nothing does. */
  readonly speech: string | null;
  readonly selectedId: string | null;
  readonly filter: string;
  readonly shows: 'all' | 'own' | 'incomplete';
  /** Texts that were typed and not stored, by `draftKey`. */
  readonly drafts: Readonly<Record<string, string>>;
  /** One sound at a time is made here. */
  readonly busy: (SoundPlace & { readonly what: 'speaking' | 'sending' | 'recording' }) | null;
  /** Of the microphone while it records, 0 to 1. */
  readonly level: number;
  readonly recordingSince: number | null;
  readonly trouble: (SoundPlace & { readonly why: SoundTrouble }) | null;
  /** Why a prompt was not saved or removed. */
  readonly failure: { readonly promptId: string; readonly code: LoginFailure } | null;
}

export const noPrompts: PromptsState = {
  asked: { phase: 'none' },
  prompts: [],
  speech: null,
  selectedId: null,
  filter: '',
  shows: 'all',
  drafts: {},
  busy: null,
  level: 0,
  recordingSince: null,
  trouble: null,
  failure: null,
};

export const promptLocales: readonly PromptLocale[] = ['en', 'zh'];
export const draftKey = ({ promptId, locale }: SoundPlace) => `${promptId} ${locale}`;

/** What is typed of it, or what is stored. */
export function promptTextOf({ drafts, prompts }: PromptsState, place: SoundPlace): string {
  return drafts[draftKey(place)] ?? prompts.find(({ promptId }) => promptId === place.promptId)?.texts[place.locale] ?? '';
}

export function hasUnsavedText({ drafts }: PromptsState, promptId: string): boolean {
  return promptLocales.some((locale) => drafts[draftKey({ promptId, locale })] !== undefined);
}

/** `missing`: neither a sound nor a text; `text`: nobody can hear it yet. */
export function soundStateOf({ texts, sounds }: Prompt, locale: PromptLocale): 'sound' | 'text' | 'missing' {
  if (sounds[locale]) return 'sound';
  return texts[locale].trim() === '' ? 'missing' : 'text';
}

/** Those that have what was typed in their name or their texts. */
export function promptsShown({ prompts, filter, shows }: PromptsState): readonly Prompt[] {
  const wanted = filter.trim().toLowerCase();
  return prompts.filter((prompt) => {
    if (shows === 'own' && prompt.revision === 0) return false;
    if (shows === 'incomplete' && promptLocales.every((locale) => soundStateOf(prompt, locale) === 'sound')) return false;
    return [prompt.promptId, prompt.texts.en, prompt.texts.zh].some((text) => text.toLowerCase().includes(wanted));
  });
}

/** What a prompt became, in its place of the list. */
export function putPrompt(state: PromptsState, prompt: Prompt): Pick<PromptsState, 'prompts'> {
  const others = state.prompts.filter(({ promptId }) => promptId !== prompt.promptId);
  return { prompts: [...others, prompt].toSorted((a, b) => (a.promptId < b.promptId ? -1 : 1)) };
}

/** A text that was typed; what is as it is stored is no draft. */
export function typePrompt(state: PromptsState, place: SoundPlace, text: string): Pick<PromptsState, 'drafts'> {
  const stored = state.prompts.find(({ promptId }) => promptId === place.promptId)?.texts[place.locale] ?? '';
  const { [draftKey(place)]: _before, ...others } = state.drafts;
  return { drafts: text === stored ? others : { ...others, [draftKey(place)]: text } };
}
