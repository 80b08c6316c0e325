import type { ChatLineView } from '../../../../shared/contracts/messages/chat-widget.ts';
import type { Conversation } from './conversation.ts';
import { h, icon, setText } from './elements.ts';
import { partsOf } from './links.ts';
import { systemText, type Words } from './words.ts';

export interface LogOptions {
  readonly conversation: Conversation;
  readonly locale: 'en' | 'zh';
  readonly words: Words;
  /** Where a file is to be had now; null: not while there is no connection. */
  readonly fileAddress: (fileId: string) => string | null;
}

interface Row {
  readonly key: string;
  readonly element: HTMLElement;
  readonly line: ChatLineView | null;
  readonly by: string;
  readonly at: number;
}

/** Lines that belong together have one name and time below the last of them. */
const togetherMs = 180_000;

/** What was said, and what is still to be sent. Rows are made once and only added to, so that a screen reader hears each line once. */
export class LogView {
  readonly element: HTMLElement;
  readonly jump: HTMLButtonElement;
  readonly #options: LogOptions;
  #rows: readonly Row[] = [];
  readonly #extras = h('div');
  #welcome: HTMLElement | null = null;

  constructor(options: LogOptions) {
    this.#options = options;
    this.element = h('div', {
      class: 'log',
      role: 'log',
      'aria-live': 'polite',
      'aria-label': options.words.log,
      tabindex: 0,
      onscroll: () => this.#isAtEnd() && this.#hideJump(),
    });
    this.jump = h('button', { type: 'button', class: 'jump', hidden: true, onclick: () => this.toEnd() }, options.words.newLines);
    this.element.append(this.#extras);
  }

  /** Uploads and the rating, below the lines. */
  get extras(): HTMLElement {
    return this.#extras;
  }

  welcome(text: string): void {
    if (text === '' || this.#welcome) return;
    this.#welcome = h('div', { class: 'row first' }, h('div', { class: 'bubble' }, ...linked(text)));
    this.element.prepend(this.#welcome);
  }

  toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
    this.#hideJump();
  }

  update(): void {
    const { conversation } = this.#options;
    const wasAtEnd = this.#isAtEnd();
    const known = new Map(this.#rows.map((row) => [row.key, row]));
    const rows: Row[] = [];
    // A conversation of today needs no date.
    let day = this.#options.words.today;
    const add = (key: string, make: () => Omit<Row, 'key'>) => rows.push(known.get(key) ?? { key, ...make() });
    const startDay = (at: number) => {
      const name = this.#dayOf(at);
      if (name === day) return;
      day = name;
      add(`day-${name}`, () => ({ element: h('div', { class: 'day' }, name), line: null, by: 'day', at }));
    };
    for (const line of conversation.lines) {
      const text = line.by === 'system' ? systemText(this.#options.locale, line.text, line.name) : line.text;
      if (text === null) continue;
      startDay(line.at);
      add(conversation.clientIdOf(line.seq) ?? `line-${line.seq}`, () => this.#lineRow(line, text));
    }
    for (const { clientId, text, at } of conversation.unsent) {
      startDay(at);
      add(clientId, () => ({ element: this.#bubble('own', linked(text)), line: null, by: 'visitor', at }));
    }
    const isNew = rows.some(({ key }) => !known.has(key));
    const isOwnNew = rows.some(({ key, by }) => by === 'visitor' && !known.has(key));
    this.#place(rows);
    this.#rows = rows;
    this.#labels();
    if (!isNew) return;
    if (wasAtEnd || isOwnNew || known.size === 0) this.toEnd();
    else this.jump.hidden = false;
  }

  #place(rows: readonly Row[]): void {
    const wanted = new Set(rows.map(({ element }) => element));
    for (const { element } of this.#rows) if (!wanted.has(element)) element.remove();
    let before: Element = this.#extras;
    for (const { element } of [...rows].reverse()) {
      if (element.nextElementSibling !== before) this.element.insertBefore(element, before);
      before = element;
    }
  }

  /** Names, times and what became of each line. */
  #labels(): void {
    const { conversation, words } = this.#options;
    const unsent = new Set(conversation.unsent.map(({ clientId }) => clientId));
    const lineOf = new Map(conversation.lines.map((line) => [conversation.clientIdOf(line.seq) ?? `line-${line.seq}`, line]));
    for (const [at, row] of this.#rows.entries()) {
      const meta = row.element.querySelector<HTMLElement>('.meta');
      if (!meta) continue;
      const [before, after] = [this.#rows[at - 1], this.#rows[at + 1]];
      const goesOn = (other: Row | undefined) =>
        other?.by === row.by && lineOf.get(other.key)?.name === lineOf.get(row.key)?.name && Math.abs(other.at - row.at) < togetherMs;
      const isUnsent = unsent.has(row.key);
      row.element.classList.toggle('first', !goesOn(before));
      row.element.classList.toggle('unsent', isUnsent);
      const isLate = isUnsent && conversation.connection !== 'open';
      meta.classList.toggle('late', isLate);
      const line = lineOf.get(row.key);
      if (isUnsent) setText(meta, isLate ? words.unsent : words.sending);
      else if (goesOn(after) && !unsent.has(after?.key ?? '')) setText(meta, '');
      else if (line) setText(meta, this.#labelOf(line));
      const link = line?.file ? row.element.querySelector<HTMLAnchorElement>('a.file') : null;
      const address = line?.file ? this.#options.fileAddress(line.file.fileId) : null;
      if (link && address) link.href = address;
    }
  }

  #labelOf({ by, name, at, seq }: ChatLineView): string {
    const { conversation, locale, words } = this.#options;
    const time = new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', { hour: '2-digit', minute: '2-digit' }).format(at);
    if (by === 'agent') return `${name ?? words.team}${locale === 'zh' ? ' ' : ', '}${time}`;
    return `${time} · ${conversation.readByAgent >= seq ? words.read : words.sent}`;
  }

  #lineRow(line: ChatLineView, text: string): Omit<Row, 'key'> {
    const common = { line, by: line.by, at: line.at };
    if (line.by === 'system') return { ...common, element: h('div', { class: 'system' }, text) };
    const own = line.by === 'visitor' ? 'own' : '';
    return { ...common, element: this.#bubble(own, line.file ? [fileLink(line.file)] : linked(text)) };
  }

  #bubble(own: string, content: readonly (Node | string)[]): HTMLElement {
    const { words } = this.#options;
    const said = h('span', { class: 'hidden-text' }, `${own ? words.you : words.team}: `);
    return h('div', { class: `row ${own}`.trim() }, h('div', { class: 'bubble' }, said, ...content), h('div', { class: 'meta' }));
  }

  #dayOf(at: number): string {
    const { locale, words } = this.#options;
    const start = (time: number) => new Date(time).setHours(0, 0, 0, 0);
    const days = Math.round((start(Date.now()) - start(at)) / 86_400_000);
    if (days === 0) return words.today;
    if (days === 1) return words.yesterday;
    return new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(at);
  }

  #isAtEnd(): boolean {
    return this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < 60;
  }

  #hideJump(): void {
    this.jump.hidden = true;
  }
}

function linked(text: string): (Node | string)[] {
  return partsOf(text).map((part) =>
    part.href === null ? part.text : h('a', { href: part.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, part.text),
  );
}

function fileLink({ name, bytes }: NonNullable<ChatLineView['file']>): HTMLElement {
  return h(
    'a',
    { class: 'file', target: '_blank', rel: 'noopener noreferrer' },
    icon('file'),
    h('span', {}, h('b', {}, name), h('small', {}, sizeOf(bytes))),
  );
}

export function sizeOf(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  const [size, unit] = bytes < 1_048_576 ? [bytes / 1_024, 'kB'] : [bytes / 1_048_576, 'MB'];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}
