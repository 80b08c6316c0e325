import type { Channel } from '../../shared/contracts/contact.ts';
import type { InteractionId, QueueId } from '../../shared/ids.ts';

/** One answer to one question: ids and times, no names. */
export interface Rating {
  readonly interactionId: InteractionId;
  readonly queueId: QueueId | null;
  /** Of the contact that is rated; null where only the way of asking is known. */
  readonly channel: Channel | null;
  readonly at: number;
  /** 1 to 5, whatever the scale of the question. */
  readonly rating: number;
}

/** What customers answered when they were asked how it was, brought to one scale of 1 to 5. A contact that is rated again counts once, as last rated. */
export class Ratings {
  readonly #byQuestion = new Map<string, Rating>();

  add(question: string, { score, highest, ...given }: Omit<Rating, 'rating'> & { readonly score: number; readonly highest: number }): void {
    this.#byQuestion.set(question, { ...given, rating: highest === 1 ? 5 : 1 + ((score - 1) * 4) / (highest - 1) });
  }

  get all(): readonly Rating[] {
    return [...this.#byQuestion.values()];
  }

  /** `average` null where nobody answered. */
  get figure(): { readonly average: number | null; readonly count: number } {
    const count = this.#byQuestion.size;
    const sum = this.all.reduce((total, { rating }) => total + rating, 0);
    return { average: count === 0 ? null : Math.round((sum / count) * 100) / 100, count };
  }
}
