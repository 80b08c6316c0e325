import { chatLimits } from '../../../../shared/contracts/messages/chat-limits.ts';
import type { ChatLineView } from '../../../../shared/contracts/messages/chat-widget.ts';
import { h, setText } from './elements.ts';
import type { Words } from './words.ts';

export interface UploadsOptions {
  readonly words: Words;
  readonly address: string;
  readonly pass: () => string | null;
  readonly newId: () => string;
  readonly wrote: (line: ChatLineView, clientId: string) => void;
}

/** Files on their way, below the lines. One that failed stays until it is sent or removed. */
export class Uploads {
  readonly element = h('div', { 'aria-live': 'polite' });
  readonly #options: UploadsOptions;

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  add(file: File): void {
    const { words, newId } = this.#options;
    const clientId = newId();
    const bar = h('progress', { max: 100, value: 0, 'aria-label': file.name });
    const note = h('p');
    const again = h('button', { type: 'button', class: 'link' }, words.again);
    const remove = h('button', { type: 'button', class: 'link' }, words.remove);
    const box = h('div', { class: 'upload' }, h('b', {}, file.name), bar, note, h('div', {}, again, remove));
    const failed = (why: string, mayBeAgain: boolean) => {
      box.classList.add('failed');
      setText(note, why);
      bar.hidden = true;
      again.hidden = !mayBeAgain;
      remove.hidden = false;
    };
    const start = () => {
      box.classList.remove('failed');
      setText(note, '');
      bar.hidden = false;
      again.hidden = remove.hidden = true;
      if (file.size > chatLimits.fileBytes) return failed(words.fileTooLarge, false);
      this.#send(file, clientId, {
        progress: (percent) => {
          bar.value = percent;
          setText(note, words.uploading(percent));
        },
        done: (line) => {
          box.remove();
          this.#options.wrote(line, clientId);
        },
        failed: (status) => {
          if (status === 413) failed(words.fileTooLarge, false);
          else if (status === 415) failed(words.fileNotAllowed, false);
          else failed(words.fileFailed, true);
        },
      });
    };
    again.addEventListener('click', start);
    remove.addEventListener('click', () => box.remove());
    this.element.append(box);
    start();
  }

  #send(
    file: File,
    clientId: string,
    on: { progress(percent: number): void; done(line: ChatLineView): void; failed(status: number): void },
  ): void {
    const { address, pass } = this.#options;
    // `fetch` says nothing of how far it is.
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-chat-pass', pass() ?? '');
    request.setRequestHeader('x-client-id', clientId);
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name.replace(/\p{Surrogate}/gu, '_')));
    request.timeout = 600_000;
    request.upload.onprogress = ({ loaded, total }) => on.progress(Math.min(99, Math.round((loaded / Math.max(1, total)) * 100)));
    request.onerror = request.ontimeout = request.onabort = () => on.failed(0);
    request.onload = () => {
      const line = request.status === 200 ? readLine(request.responseText) : null;
      if (line) on.done(line);
      else on.failed(request.status);
    };
    request.send(file);
  }
}

function readLine(text: string): ChatLineView | null {
  try {
    return (JSON.parse(text) as { readonly line?: ChatLineView }).line ?? null;
  } catch {
    return null; // an answer of somebody in between
  }
}
