import type { IvrAction } from '../../ivr/index.ts';
import type { Log, Scope } from '../../kernel/index.ts';
import type { LiveInteraction } from '../live-interaction.ts';

type Play = Extract<IvrAction, { readonly type: 'play' }>;

/** How a row of prompts went; null: it was stopped, and nothing more is said of it. */
type Played = 'finished' | 'missing' | null;

/**
 * What a flow lets the caller hear: one sound at a time. A prompt that is not there is logged and heard as the flow's fallback prompt, once in
 * a row of them: a caller must not stand in silence because of a file.
 */
export class FlowSounds {
  readonly #call: LiveInteraction['call'];
  readonly #scope: Scope;
  readonly #log: Log;
  readonly #fallback: () => string;
  #playing = new AbortController();

  /** `fallback`: the prompt of the flow that runs now. */
  constructor(call: LiveInteraction['call'], scope: Scope, log: Log, fallback: () => string) {
    this.#call = call;
    this.#scope = scope;
    this.#log = log;
    this.#fallback = fallback;
  }

  stop(): void {
    this.#playing.abort();
  }

  music(): void {
    void this.#call.play({ kind: 'music' }, this.#next());
  }

  async play({ prompts, locale }: Pick<Play, 'prompts' | 'locale'>): Promise<Played> {
    const signal = this.#next();
    let heard = 0;
    let hasFallenBack = false;
    for (const name of prompts) {
      const outcome = await this.#call.play({ kind: 'prompt', name, locale }, signal);
      if (signal.aborted || outcome === 'callEnded' || outcome === 'stopped') return null;
      if (outcome === 'finished') {
        heard++;
        continue;
      }
      this.#log.error('ivr:promptMissing', { name, locale });
      const fallback = this.#fallback();
      if (hasFallenBack || fallback === name) continue;
      hasFallenBack = true;
      const instead = await this.#call.play({ kind: 'prompt', name: fallback, locale }, signal);
      if (signal.aborted || instead === 'callEnded' || instead === 'stopped') return null;
      if (instead === 'finished') heard++;
      else this.#log.error('ivr:promptMissing', { name: fallback, locale });
    }
    return prompts.length > 0 && heard === 0 ? 'missing' : 'finished';
  }

  #next(): AbortSignal {
    this.stop();
    this.#playing = new AbortController();
    return AbortSignal.any([this.#playing.signal, this.#scope.signal]);
  }
}
