import { chatLimits } from '../../../../shared/contracts/messages/chat-limits.ts';
import { button, h } from './elements.ts';
import type { Words } from './words.ts';

export interface ComposerOptions {
  readonly words: Words;
  readonly takesFiles: boolean;
  readonly draft: string;
  readonly write: (text: string) => void;
  readonly typed: (text: string) => void;
  readonly sendFile: (file: File) => void;
}

/** Where one writes. Enter sends, Shift Enter is a new line; no key acts while an input method is composing. */
export class Composer {
  readonly element: HTMLElement;
  readonly #text: HTMLTextAreaElement;
  readonly #send: HTMLButtonElement;
  readonly #options: ComposerOptions;

  constructor(options: ComposerOptions) {
    const { words } = options;
    this.#options = options;
    this.#text = h('textarea', {
      rows: 1,
      maxlength: chatLimits.textLength,
      'aria-label': words.write,
      placeholder: words.write,
      enterkeyhint: 'send',
      oninput: () => this.#changed(),
      onkeydown: (event: KeyboardEvent) => {
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
        event.preventDefault();
        this.#submit();
      },
      onpaste: (event: ClipboardEvent) => this.#taken(event.clipboardData, event),
    });
    this.#text.value = options.draft;
    this.#send = button(words.send, 'send', () => this.#submit(), 'send');
    const picker = h('input', { type: 'file', hidden: true, multiple: true, tabindex: -1, 'aria-hidden': 'true' });
    picker.addEventListener('change', () => {
      for (const file of picker.files ?? []) options.sendFile(file);
      picker.value = '';
    });
    const attach = options.takesFiles ? button(words.attach, 'attach', () => picker.click()) : null;
    this.element = h('div', { class: 'composer' }, this.#text, picker, attach, this.#send);
    this.#grow();
  }

  focus(): void {
    this.#text.focus();
  }

  /** What is dropped or pasted as a file is sent as one; text is pasted as text. */
  #taken(data: DataTransfer | null, event: Event): void {
    const files = [...(data?.files ?? [])];
    if (files.length === 0 || !this.#options.takesFiles) return;
    event.preventDefault();
    for (const file of files) this.#options.sendFile(file);
  }

  placeholder(text: string): void {
    if (this.#text.placeholder !== text) this.#text.placeholder = text;
  }

  #submit(): void {
    const text = this.#text.value.trim();
    if (text === '') return;
    this.#text.value = '';
    this.#changed();
    this.#options.write(text);
    this.focus();
  }

  #changed(): void {
    this.#grow();
    this.#options.typed(this.#text.value);
  }

  #grow(): void {
    this.#send.disabled = this.#text.value.trim() === '';
    // Through the object model, which no policy forbids.
    this.#text.style.height = '';
    if (this.#text.value !== '') this.#text.style.height = `${Math.min(124, this.#text.scrollHeight)}px`;
  }
}
