import type { PromptLocale, SoundPlace } from '../../stores/index.ts';

/** What somebody at the prompts asks of whoever speaks with the bridge. What comes of it stands in the store. */
export interface PromptDeeds {
  open(): Promise<void>;
  /** True when it was stored, with whatever was typed for it in either language. */
  save(promptId: string): Promise<boolean>;
  /** Has a program speak what is typed. */
  speak(place: SoundPlace): Promise<void>;
  /** A file of any kind that the browser can read as sound. */
  upload(place: SoundPlace, file: Blob): Promise<void>;
  record(place: SoundPlace): Promise<void>;
  /** What was recorded becomes the sound. */
  stopRecording(): Promise<void>;
  cancelRecording(): void;
  /** Where its sound is for a while; null where it cannot be had. */
  hear(promptId: string, locale: PromptLocale): Promise<string | null>;
  removeSound(place: SoundPlace): Promise<void>;
  remove(promptId: string): Promise<void>;
}
