/** What customers answered when they were asked how it was, brought to one scale of 1 to 5. A contact that is rated again counts once, as last rated. */
export class Ratings {
  readonly #byQuestion = new Map<string, number>();

  add(question: string, score: number, highest: number): void {
    this.#byQuestion.set(question, highest === 1 ? 5 : 1 + ((score - 1) * 4) / (highest - 1));
  }

  /** `average` null where nobody answered. */
  get figure(): { readonly average: number | null; readonly count: number } {
    const count = this.#byQuestion.size;
    const sum = [...this.#byQuestion.values()].reduce((total, each) => total + each, 0);
    return { average: count === 0 ? null : Math.round((sum / count) * 100) / 100, count };
  }
}
