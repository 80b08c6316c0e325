import type { SoundFault } from '../../shared/contracts/ivr/prompts.ts';
import type { Result } from '../kernel/index.ts';

export type PromptLocale = 'en' | 'zh';

/** A prompt that came with the product, in one language. */
export interface ShippedPrompt {
  readonly text: string;
  readonly durationMs: number;
}

/** The sounds themselves, as callers hear them. Provided by the voice channel. */
export interface PromptSounds {
  /** Of a language, by their ids. */
  shipped(locale: PromptLocale): ReadonlyMap<string, ShippedPrompt>;
  /** Makes what somebody brought a sound for callers and keeps it under its id. Played only once it is `use`d. */
  keep(soundId: string, wav: Uint8Array): Promise<Result<{ readonly durationMs: number }, SoundFault>>;
  /** What is heard from the next time on; null: what was shipped. */
  use(promptId: string, locale: PromptLocale, soundId: string | null): void;
  /** What is not in use is taken off the disk. */
  removeUnused(): Promise<number>;
  open(
    promptId: string,
    locale: PromptLocale,
  ): Promise<{ readonly bytes: number; read(from: number, to: number): AsyncIterable<Uint8Array> } | null>;
}

/** Something that speaks texts. Provided by a program beside the bridge. */
export interface SpeechEngine {
  /** As people know it. */
  readonly name: string;
  /** WAV. An error: in plain words for the log. */
  speak(text: string, locale: PromptLocale): Promise<Result<Uint8Array, string>>;
}
