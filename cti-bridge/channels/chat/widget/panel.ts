import type { ChatForm, ChatSiteView } from '../../../../shared/contracts/messages/chat-widget.ts';
import { Composer } from './composer.ts';
import type { Conversation } from './conversation.ts';
import { button, h, icon, setText } from './elements.ts';
import { type FormView, type LeftByVisitor, offlineForm, startForm } from './forms.ts';
import { LogView } from './log-view.ts';
import { RatingView } from './rating-view.ts';
import { Uploads } from './uploads.ts';
import type { Words } from './words.ts';

export interface PanelOptions {
  readonly conversation: Conversation;
  readonly locale: 'en' | 'zh';
  readonly words: Words;
  /** `https://bridge/chat/sites/SITE` */
  readonly address: string;
  readonly newId: () => string;
  readonly draft: string;
  readonly keepDraft: (text: string) => void;
  readonly begin: (form: ChatForm) => void;
  readonly leaveMessage: (message: LeftByVisitor) => Promise<boolean>;
  readonly minimise: () => void;
}

/** What is below the head: a form, a message to leave, or the conversation. */
type Shown = 'form' | 'offline' | 'chat';

/** The window of the chat. It shows what the conversation says, and has nothing of its own but what is being typed. */
export class Panel {
  readonly element: HTMLElement;
  readonly #options: PanelOptions;
  #site: ChatSiteView;
  #shown: Shown | null = null;
  #form: FormView | null = null;
  #composer: Composer | null = null;
  #log: LogView | null = null;
  #rating: RatingView | null = null;
  readonly #mark = h('span', { class: 'mark', 'aria-hidden': 'true' });
  readonly #title = h('h2', { id: 'title' });
  readonly #how = h('p', { class: 'how', role: 'status' });
  readonly #end: HTMLButtonElement;
  readonly #sure: HTMLElement;
  readonly #bannerText = h('span');
  readonly #banner: HTMLElement;
  readonly #body = h('div', { class: 'body' });
  readonly #typing = h('div', { class: 'typing', 'aria-live': 'polite' });

  constructor(site: ChatSiteView, options: PanelOptions) {
    const { words } = options;
    this.#site = site;
    this.#options = options;
    this.#end = button(words.end, 'end', () => this.#askEnd(true));
    this.#banner = h('div', { class: 'banner', role: 'status' }, icon('warn'), this.#bannerText);
    this.#banner.hidden = true;
    this.#sure = h(
      'div',
      { class: 'sure', role: 'group', 'aria-label': words.endSure, hidden: true },
      h('p', {}, words.endSure),
      h('button', { type: 'button', class: 'small', onclick: () => this.#askEnd(false) }, words.endNo),
      h('button', { type: 'button', class: 'small', onclick: () => this.#leave() }, words.endYes),
    );
    this.element = h(
      'section',
      { class: 'panel', role: 'dialog', 'aria-label': words.dialog(site.title[options.locale]), id: 'panel', hidden: true, tabindex: -1 },
      h(
        'div',
        { class: 'head' },
        this.#mark,
        h('div', { class: 'who' }, this.#title, this.#how),
        this.#end,
        button(words.minimise, 'down', options.minimise),
      ),
      this.#banner,
      this.#sure,
      this.#body,
    );
    // What is dropped here is for us; elsewhere the page would be left for the file.
    this.element.addEventListener('dragover', (event) => event.preventDefault());
    this.element.addEventListener('drop', (event) => {
      event.preventDefault();
      for (const file of event.dataTransfer?.files ?? []) this.#sendFile?.(file);
    });
  }

  #sendFile: ((file: File) => void) | null = null;

  set site(site: ChatSiteView) {
    this.#site = site;
    this.update();
  }

  update(): void {
    this.#show(this.#what());
    this.#head();
    if (this.#shown !== 'chat') return;
    const { conversation, words } = this.#options;
    this.#log?.update();
    this.#rating?.update();
    this.#composer?.placeholder(conversation.state?.state === 'closed' ? words.writeAgain : words.write);
    const { typing } = conversation;
    if (typing === null) this.#typing.replaceChildren();
    else if (!this.#typing.hasChildNodes())
      this.#typing.replaceChildren(
        h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
        h('span', {}, words.typing(typing)),
      );
  }

  /** It has just been opened. */
  focus(): void {
    if (this.#shown === 'chat') {
      this.#log?.toEnd();
      this.#composer?.focus();
    } else this.#form?.focus();
  }

  /** Whether what is below is a conversation that can be read now. */
  get isReading(): boolean {
    return this.#shown === 'chat' && !this.element.hidden;
  }

  #what(): Shown {
    const { asks, isOpen } = this.#site;
    if (this.#options.conversation.exists) return 'chat';
    if (!isOpen) return 'offline';
    return asks.name || asks.email || asks.phone || asks.topic ? 'form' : 'chat';
  }

  #show(what: Shown): void {
    if (what === this.#shown) return;
    const hadFocus = this.element.matches(':focus-within');
    this.#shown = what;
    this.#form = null;
    const { words, locale } = this.#options;
    const welcome = this.#site.welcome[locale];
    if (what === 'chat') this.#body.replaceChildren(...this.#chat(welcome));
    else {
      this.#form =
        what === 'form' ? startForm(words, this.#site.asks, welcome, this.#options.begin) : offlineForm(words, this.#options.leaveMessage);
      this.#body.replaceChildren(this.#form.element);
    }
    if (hadFocus) this.focus();
  }

  #chat(welcome: string): HTMLElement[] {
    const { conversation, words, locale, address, newId } = this.#options;
    const fileAddress = (fileId: string) =>
      conversation.pass === null ? null : `${address}/files/${encodeURIComponent(fileId)}?pass=${encodeURIComponent(conversation.pass)}`;
    const log = new LogView({ conversation, locale, words, fileAddress });
    const uploads = new Uploads({
      words,
      newId,
      address: `${address}/files`,
      pass: () => conversation.pass,
      wrote: (line, clientId) => conversation.wrote(line, clientId),
    });
    const sendFile = (file: File) => {
      if (conversation.connection === 'idle') conversation.begin();
      uploads.add(file);
      log.toEnd();
    };
    this.#sendFile = this.#site.files ? sendFile : null;
    this.#log = log;
    this.#rating = new RatingView(conversation, words, () => log.toEnd());
    this.#composer = new Composer({
      words,
      takesFiles: this.#site.files,
      draft: this.#options.draft,
      sendFile,
      write: (text) => {
        this.#askEnd(false);
        conversation.write(text);
      },
      typed: (text) => {
        this.#options.keepDraft(text);
        if (text !== '') conversation.typed();
      },
    });
    log.welcome(welcome);
    log.extras.append(uploads.element, this.#rating.element);
    const body = h('div', { class: 'body' }, log.element, log.jump);
    return [body, this.#typing, this.#composer.element];
  }

  #head(): void {
    const { conversation, words, locale } = this.#options;
    const { state, connection, exists } = conversation;
    const isWith = state?.state === 'withAgent' && state.agentName !== null;
    const title = isWith ? (state.agentName ?? '') : this.#site.title[locale];
    setText(this.#title, title);
    if (isWith) setText(this.#mark, [...title][0] ?? '');
    else if (!this.#mark.querySelector('svg')) this.#mark.replaceChildren(icon('chat'));
    setText(this.#how, this.#howItStands());
    this.#end.hidden = !exists || connection !== 'open' || state === null || state.state === 'closed';
    if (this.#end.hidden) this.#sure.hidden = true;
    const isLost = connection === 'lost' || (connection === 'connecting' && state !== null);
    this.#banner.hidden = !(isLost || connection === 'refused');
    setText(this.#bannerText, this.#banner.hidden ? '' : connection === 'refused' ? words.refused : words.lost);
  }

  #howItStands(): string {
    const { conversation, words } = this.#options;
    const { state, connection, exists } = conversation;
    if (!exists) return this.#site.isOpen ? words.ready : words.away;
    if (state === null) return connection === 'idle' ? words.ready : words.connecting;
    if (state.state === 'closed') return words.closed;
    if (state.state === 'waiting') return state.ahead === null ? words.waiting : words.ahead(state.ahead);
    return state.agentName === null ? words.waiting : words.withAgent;
  }

  #askEnd(isAsked: boolean): void {
    if (this.#sure.hidden !== isAsked) return;
    const hadFocus = this.#sure.matches(':focus-within');
    this.#sure.hidden = !isAsked;
    if (isAsked) this.#sure.querySelector('button')?.focus();
    else if (hadFocus) this.#composer?.focus();
  }

  #leave(): void {
    this.#askEnd(false);
    this.#options.conversation.leave();
  }
}
