import type { IvrAction, IvrState } from './model.ts';

type SoundState = { -readonly [Key in 'sound' | 'timer' | 'quietSince']: IvrState[Key] };
type Sound = Extract<IvrAction, { readonly type: 'play' | 'music' }>;
type Wait = Extract<IvrAction, { readonly type: 'wait' }>;

/**
 * What sounds and what is waited for within one step. What was asked for in this very step and is not wanted any more before the step is
 * over is taken back instead of stopped: who types ahead hears no snippets of what they pass.
 */
export class Sounding {
  readonly #state: SoundState;
  readonly #actions: IvrAction[];
  #newSound: Sound | null = null;
  #newWait: Wait | null = null;
  /** Goes on from before this step, as far as whoever plays knows. */
  #oldSound: boolean;
  #oldWait: boolean;

  constructor(state: SoundState, actions: IvrAction[]) {
    this.#state = state;
    this.#actions = actions;
    this.#oldSound = state.sound !== null;
    this.#oldWait = state.timer !== null;
  }

  hasPlayed(): void {
    this.#oldSound = false;
    this.#state.sound = null;
  }

  timerHasRun(): void {
    this.#oldWait = false;
    this.#state.timer = null;
  }

  sound(action: Sound, ticket: number): void {
    this.#takeBack(this.#newSound);
    this.#newSound = action;
    this.#state.sound = ticket;
    this.#actions.push(action);
  }

  wait(action: Wait): void {
    this.#takeBack(this.#newWait);
    this.#newWait = action;
    this.#state.timer = action.ticket;
    this.#actions.push(action);
  }

  stopSound(at: number): void {
    this.#takeBack(this.#newSound);
    if (this.#oldSound) {
      this.#actions.push({ type: 'stopPlaying' });
      this.#state.quietSince = at;
    }
    this.#newSound = null;
    this.#oldSound = false;
    this.#state.sound = null;
  }

  stopWaiting(): void {
    this.#takeBack(this.#newWait);
    if (this.#oldWait) this.#actions.push({ type: 'stopWaiting' });
    this.#newWait = null;
    this.#oldWait = false;
    this.#state.timer = null;
  }

  #takeBack(action: IvrAction | null): void {
    if (action !== null) this.#actions.splice(this.#actions.indexOf(action), 1);
  }
}
