import type { IvrAction } from '../../ivr/index.ts';
import type { Scope } from '../../kernel/index.ts';
import type { StoryContext } from '../context.ts';
import type { LiveInteraction } from '../live-interaction.ts';
import type { DeedRun, Done } from './deed-run.ts';
import { type AwaitedDeed, doDeed } from './do-deed.ts';

type Do = Extract<IvrAction, { readonly type: 'do' }>;

/** What is being done for one run, one deed at a time. A run that does not wait for it any longer hears nothing more of it. */
export class DeedsUnderWay {
  readonly #interaction: LiveInteraction;
  readonly #context: StoryContext;
  readonly #parent: Scope;
  readonly #onTaken: () => void;
  #now: { readonly ticket: number; readonly scope: Scope; readonly run: DeedRun } | null = null;
  #isTaken = false;

  /** `onTaken`: somebody else has the caller's ear from now on. */
  constructor(interaction: LiveInteraction, context: StoryContext, parent: Scope, onTaken: () => void) {
    this.#interaction = interaction;
    this.#context = context;
    this.#parent = parent;
    this.#onTaken = onTaken;
  }

  /** The caller talks to somebody else, or leaves words: what they press, and what the flow would have them hear, is not for now. */
  get hasCaller(): boolean {
    return this.#isTaken;
  }

  /** Whoever the caller was given to. */
  get transferredTo(): DeedRun['transferredTo'] {
    return this.#now?.run.transferredTo ?? null;
  }

  begin(
    { deed, ticket }: Do & { readonly deed: AwaitedDeed },
    { locale, priority }: Pick<DeedRun, 'locale' | 'priority'>,
    over: (done: Done) => void,
  ): void {
    this.stop();
    const scope = this.#parent.child(`deed ${deed.kind}`);
    const run: DeedRun = {
      interaction: this.#interaction,
      locale,
      priority,
      scope,
      transferredTo: null,
      takeCaller: () => {
        if (scope.isEnded) return { dispose: () => {} };
        this.#isTaken = true;
        this.#onTaken();
        return {
          dispose: () => {
            if (this.#now?.run === run) this.#isTaken = false;
          },
        };
      },
    };
    this.#now = { ticket, scope, run };
    this.#parent.run(async () => {
      const done = await doDeed(deed, run, this.#context);
      if (this.#now?.run === run && !scope.isEnded) over(done);
      if (run.transferredTo === null) await scope.end('deed done');
    });
  }

  /** Nobody waits for it any longer. */
  stop(ticket: number | null = this.#now?.ticket ?? null): void {
    const now = this.#now;
    if (now === null || now.ticket !== ticket || now.run.transferredTo !== null) return;
    this.#now = null;
    this.#isTaken = false;
    void now.scope.end('not waited for');
  }
}
