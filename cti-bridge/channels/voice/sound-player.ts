import type { PlayOutcome, Sound } from '../../interactions/index.ts';
import type { MediaEvents, SoundSource } from '../../media/index.ts';
import type { PromptFiles } from './prompt-sounds.ts';
import type { CallMedia } from './re-establish/index.ts';

export interface SoundFolder {
  readonly prompts: PromptFiles;
  readonly musicFile: string;
}

/** One sound at a time on one leg: a new one replaces the old, whose outcome is then `stopped`. */
export class SoundPlayer {
  readonly #session: CallMedia;
  readonly #folder: SoundFolder;
  #playing: { readonly playId: string; readonly legId: string; readonly done: (outcome: PlayOutcome) => void } | undefined;
  #isClosed = false;

  constructor(session: CallMedia, folder: SoundFolder) {
    this.#session = session;
    this.#folder = folder;
  }

  play(legId: string, sound: Sound, signal?: AbortSignal): Promise<PlayOutcome> {
    if (this.#isClosed) return Promise.resolve('callEnded');
    if (signal?.aborted) return Promise.resolve('stopped');
    const source = sourceOf(sound, this.#folder);
    if (!source) return Promise.resolve('missing');
    this.#finish('stopped');
    const { promise, resolve } = Promise.withResolvers<PlayOutcome>();
    const playId = this.#session.play(legId, source);
    const onAbort = () => this.#stop(playId);
    this.#playing = {
      playId,
      legId,
      done: (outcome) => {
        signal?.removeEventListener('abort', onAbort);
        resolve(outcome);
      },
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    return promise;
  }

  /** What the media session reported. Sounds already replaced are not listened to. */
  heard(event: MediaEvents['played']): void {
    if (this.#playing?.playId === event.playId) this.#finish(event.outcome);
  }

  /** Media stopped the sound by itself, because two legs were joined. */
  joined(): void {
    this.#finish('stopped');
  }

  close(): void {
    this.#isClosed = true;
    this.#finish('callEnded');
  }

  #stop(playId: string): void {
    if (this.#playing?.playId !== playId) return;
    this.#session.stop(this.#playing.legId);
    this.#finish('stopped');
  }

  #finish(outcome: PlayOutcome): void {
    const playing = this.#playing;
    this.#playing = undefined;
    playing?.done(outcome);
  }
}

function sourceOf(sound: Sound, folder: SoundFolder): SoundSource | null {
  switch (sound.kind) {
    case 'music':
      return { kind: 'music', path: folder.musicFile };
    case 'ringback':
    case 'echo':
      return sound;
    case 'prompt': {
      const path = folder.prompts.fileOf(sound.name, sound.locale);
      return path === null ? null : { kind: 'file', path };
    }
  }
}
