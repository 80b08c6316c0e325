import { seconds } from '../../shared/duration.ts';
import type { InteractionRepository } from '../crm/index.ts';
import type { Log, Scope } from '../kernel/index.ts';

type Closing = Parameters<InteractionRepository['complete']>[0];

const tryAgainMs = seconds(10);
/** A disk that is full for a day is more than memory should hold: beyond this the oldest are told in the log, and nowhere else. */
const mostKept = 20_000;

/**
 * Outcomes that nobody chose, on their way to the disk. No agent waits for them, with a screen or without: whatever the disk does, they are
 * free. What could not be written is kept, tried again until it is, and the health page says so meanwhile.
 */
export class DefaultOutcomes {
  readonly #interactions: Pick<InteractionRepository, 'complete'>;
  readonly #scope: Scope;
  readonly #log: Log;
  readonly #unwritten = new Map<Closing['interactionId'], Closing>();
  #isTryingAgain = false;

  /** `scope` ends the tries. */
  constructor(parts: { readonly interactions: Pick<InteractionRepository, 'complete'>; readonly scope: Scope; readonly log: Log }) {
    this.#interactions = parts.interactions;
    this.#scope = parts.scope;
    this.#log = parts.log;
  }

  store(closing: Closing): void {
    this.#interactions.complete(closing).catch((error: unknown) => this.#keep(closing, error));
  }

  /** In plain words, for the health page. */
  get problems(): readonly string[] {
    const count = this.#unwritten.size;
    return count === 0 ? [] : [`The disk or the database fails. Outcomes kept in memory and not yet stored: ${count}.`];
  }

  #keep(closing: Closing, error: unknown): void {
    this.#log.error('alarm:outcomeUnwritten', { interactionId: closing.interactionId, error: String(error) });
    this.#unwritten.set(closing.interactionId, closing);
    const [oldest] = this.#unwritten.keys();
    if (this.#unwritten.size > mostKept && oldest !== undefined) {
      this.#unwritten.delete(oldest);
      this.#log.error('alarm:outcomeLost', { interactionId: oldest });
    }
    if (this.#isTryingAgain) return;
    this.#isTryingAgain = true;
    this.#later();
  }

  #later(): void {
    this.#scope.timer(tryAgainMs, () => this.#scope.run(() => this.#tryAgain()));
  }

  /** One after the other, until one fails: a disk that is full is not asked for all of them. */
  async #tryAgain(): Promise<void> {
    for (const [interactionId, closing] of this.#unwritten) {
      try {
        await this.#interactions.complete(closing);
      } catch {
        // Told when it failed first; the health page tells that it still does.
        return this.#later();
      }
      this.#unwritten.delete(interactionId);
    }
    this.#isTryingAgain = false;
    this.#log.info('outcomes:written', {});
  }
}
