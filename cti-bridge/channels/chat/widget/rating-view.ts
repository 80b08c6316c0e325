import { chatLimits } from '../../../../shared/contracts/messages/chat-limits.ts';
import type { Conversation } from './conversation.ts';
import { h, icon } from './elements.ts';
import type { Words } from './words.ts';

/** Five stars, which are radio buttons, and a word with them. Shown while the conversation may be rated. */
export class RatingView {
  readonly element: HTMLElement;
  readonly #conversation: Conversation;
  readonly #words: Words;
  readonly #grown: () => void;
  #score = 0;
  #isAsking = false;
  #isRated = false;
  readonly #text: HTMLTextAreaElement;
  readonly #problem = h('p', { class: 'problem', role: 'alert' });
  readonly #more: HTMLElement;
  readonly #thanks: HTMLElement;
  readonly #form: HTMLFormElement;

  /** `grown` hears when more of it is shown. */
  constructor(conversation: Conversation, words: Words, grown: () => void) {
    this.#grown = grown;
    this.#conversation = conversation;
    this.#words = words;
    const output = h('output');
    const labels = words.scores.map((name, at) => {
      const input = h('input', { type: 'radio', name: 'score', value: at + 1, 'aria-label': name });
      input.addEventListener('change', () => {
        this.#score = at + 1;
        this.#more.hidden = false;
        output.textContent = name;
        for (const [other, label] of labels.entries()) label.classList.toggle('on', other <= at);
        this.#grown();
      });
      return h('label', { title: name }, icon('star'), input);
    });
    this.#text = h('textarea', { id: 'rating-text', rows: 2, maxlength: chatLimits.ratingLength });
    this.#more = h(
      'div',
      { hidden: true, class: 'field' },
      h('label', { for: 'rating-text' }, words.rateText, h('small', {}, words.optional)),
      this.#text,
      this.#problem,
      h('button', { class: 'main', type: 'submit' }, words.rateSend),
    );
    this.#form = h(
      'form',
      { onsubmit: (event: Event) => this.#send(event) },
      h('fieldset', { class: 'stars' }, h('legend', {}, words.rate), ...labels, output),
      this.#more,
    );
    this.#thanks = h('p', { class: 'good', role: 'status', hidden: true }, icon('done'), words.rated);
    this.element = h(
      'section',
      { class: 'rating', 'aria-label': words.rate, hidden: true },
      h('h3', {}, words.rate),
      this.#form,
      this.#thanks,
    );
  }

  update(): void {
    const { state, lastDone } = this.#conversation;
    if (this.#isAsking && lastDone?.of === 'rate') {
      this.#isAsking = false;
      this.#isRated = lastDone.ok;
      this.#problem.textContent = lastDone.ok ? '' : this.#words.rateFailed;
    }
    const isClosed = state?.state === 'closed';
    // It goes on: the next end may be rated anew.
    if (!isClosed) this.#isRated = false;
    this.#form.hidden = this.#isRated;
    this.#thanks.hidden = !this.#isRated;
    const wasHidden = this.element.hidden;
    this.element.hidden = !(isClosed && (state.mayRate || this.#isRated));
    if (wasHidden && !this.element.hidden) this.#grown();
  }

  #send(event: Event): void {
    event.preventDefault();
    if (this.#score === 0 || this.#isAsking) return;
    this.#isAsking = this.#conversation.rate(this.#score, this.#text.value.trim());
    this.#problem.textContent = this.#isAsking ? '' : this.#words.rateFailed;
  }
}
