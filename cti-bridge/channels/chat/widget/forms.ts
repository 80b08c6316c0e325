import { chatLimits } from '../../../../shared/contracts/messages/chat-limits.ts';
import type { ChatForm, ChatSiteView } from '../../../../shared/contracts/messages/chat-widget.ts';
import { h, icon } from './elements.ts';
import type { Words } from './words.ts';

interface FieldOptions {
  readonly label: string;
  readonly isNeeded: boolean;
  readonly most: number;
  readonly type?: 'text' | 'email' | 'tel';
  readonly autocomplete?: string;
  readonly isLong?: boolean;
}

interface Field {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement | HTMLTextAreaElement;
  /** What was written; null: nothing, or it says what is wrong with it. */
  readonly isGood: () => boolean;
  readonly value: () => string;
}

const looksLikeEmail = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/;
let fields = 0;

function field(words: Words, { label, isNeeded, most, type = 'text', autocomplete = 'off', isLong = false }: FieldOptions): Field {
  const id = `field-${fields++}`;
  const common = { id, autocomplete, 'aria-describedby': `${id}-problem`, 'aria-required': isNeeded ? 'true' : null };
  const input = isLong ? h('textarea', { ...common, rows: 4 }) : h('input', { ...common, type });
  const problem = h('p', { class: 'problem', id: `${id}-problem` });
  const value = () => input.value.trim();
  const wrong = () => {
    if (value() === '') return isNeeded ? words.needed : '';
    if (value().length > most) return words.tooLong(most);
    return type === 'email' && !looksLikeEmail.test(value()) ? words.needsEmail : '';
  };
  const isGood = () => {
    problem.textContent = wrong();
    if (problem.textContent === '') input.removeAttribute('aria-invalid');
    else input.setAttribute('aria-invalid', 'true');
    return problem.textContent === '';
  };
  // Once it was wrong it is looked at with every letter; not before.
  input.addEventListener('input', () => input.hasAttribute('aria-invalid') && isGood());
  const caption = h('label', { for: id }, label, isNeeded ? null : h('small', {}, words.optional));
  return { element: h('div', { class: 'field' }, caption, input, problem), input, isGood, value };
}

/** All are judged, and the first that is wrong gets the keyboard. */
function areGood(all: readonly Field[]): boolean {
  const wrong = all.filter((one) => !one.isGood());
  wrong[0]?.input.focus();
  return wrong.length === 0;
}

export interface FormView {
  readonly element: HTMLElement;
  focus(): void;
}

/** Before the chat: what the site asks. */
export function startForm(words: Words, asks: ChatSiteView['asks'], welcome: string, start: (form: ChatForm) => void): FormView {
  const name = asks.name ? field(words, { label: words.name, isNeeded: true, most: chatLimits.nameLength, autocomplete: 'name' }) : null;
  const email = asks.email
    ? field(words, { label: words.email, isNeeded: true, most: chatLimits.emailLength, type: 'email', autocomplete: 'email' })
    : null;
  const phone = asks.phone
    ? field(words, { label: words.phone, isNeeded: false, most: chatLimits.phoneLength, type: 'tel', autocomplete: 'tel' })
    : null;
  const topic = asks.topic ? field(words, { label: words.topic, isNeeded: false, most: chatLimits.topicLength }) : null;
  const all = [name, email, phone, topic].filter((one) => one !== null);
  const textOf = (one: Field | null) => one?.value() || null;
  const onsubmit = (event: Event) => {
    event.preventDefault();
    if (areGood(all)) start({ name: textOf(name), email: textOf(email), phone: textOf(phone), topic: textOf(topic) });
  };
  const element = h(
    'form',
    { class: 'page', novalidate: true, onsubmit },
    welcome === '' ? null : h('p', { class: 'lead' }, welcome),
    h('p', { class: 'soft' }, words.before),
    ...all.map((one) => one.element),
    h('button', { class: 'main', type: 'submit' }, words.start),
  );
  return { element, focus: () => all[0]?.input.focus() };
}

export interface LeftByVisitor {
  readonly name: string | null;
  readonly email: string;
  readonly text: string;
}

/** Nobody is there: what they write is answered by mail. `leave` says whether it was taken. */
export function offlineForm(words: Words, leave: (message: LeftByVisitor) => Promise<boolean>): FormView {
  const name = field(words, { label: words.name, isNeeded: false, most: chatLimits.nameLength, autocomplete: 'name' });
  const email = field(words, { label: words.email, isNeeded: true, most: chatLimits.emailLength, type: 'email', autocomplete: 'email' });
  const text = field(words, { label: words.message, isNeeded: true, most: chatLimits.textLength, isLong: true });
  const submit = h('button', { class: 'main', type: 'submit' }, words.leave);
  const problem = h('p', { class: 'problem', role: 'alert' });
  const form = h(
    'form',
    { class: 'page', novalidate: true, onsubmit: (event: Event) => void send(event) },
    h('p', { class: 'lead' }, words.offline),
    ...[name, email, text].map((one) => one.element),
    problem,
    submit,
  );
  const another = h('button', { class: 'small', type: 'button' }, words.another);
  const done = h(
    'div',
    { class: 'page', hidden: true, role: 'status' },
    h('p', { class: 'good' }, icon('done'), words.left),
    h('div', {}, another),
  );
  const show = (isDone: boolean) => {
    form.hidden = isDone;
    done.hidden = !isDone;
  };
  another.addEventListener('click', () => {
    show(false);
    text.input.focus();
  });

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    if (submit.disabled || !areGood([name, email, text])) return;
    submit.disabled = true;
    submit.textContent = words.leaving;
    problem.textContent = '';
    const isTaken = await leave({ name: name.value() || null, email: email.value(), text: text.value() });
    submit.disabled = false;
    submit.textContent = words.leave;
    if (!isTaken) {
      problem.textContent = words.leaveFailed;
      return;
    }
    text.input.value = '';
    show(true);
    another.focus();
  }
  return { element: h('div', { class: 'body' }, form, done), focus: () => (form.hidden ? another : name.input).focus() };
}
