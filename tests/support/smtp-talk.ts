import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Says to a mail server exactly what a test wants said, and reads the answers. */
export class SmtpTalk {
  readonly #socket: Socket;
  #text = '';
  #isOver = false;
  #onMore: () => void = () => {};

  static async open(port: number, host = '127.0.0.1'): Promise<SmtpTalk> {
    const socket = connect(port, host);
    const talk = new SmtpTalk(socket);
    await once(socket, 'connect');
    return talk;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1').on('data', (text: string) => {
      this.#text += text;
      this.#onMore();
    });
    socket.on('error', () => {}); // told by `close`
    socket.on('close', () => {
      this.#isOver = true;
      this.#onMore();
    });
  }

  write(text: string | Uint8Array): void {
    this.#socket.write(text);
  }

  /** The next answer, all its lines; `(closed)` when there is none any more. */
  async answer(): Promise<string> {
    for (;;) {
      const found = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r?\n/.exec(this.#text)?.[0];
      if (found !== undefined) {
        this.#text = this.#text.slice(found.length);
        return found.trim();
      }
      if (this.#isOver) return '(closed)';
      await new Promise<void>((resolve, reject) => {
        const limit = setTimeout(() => reject(new Error(`no answer within 5 s, only ${JSON.stringify(this.#text)}`)), 5_000);
        this.#onMore = () => {
          clearTimeout(limit);
          resolve();
        };
      });
    }
  }

  /** Says a line and reads the answer. */
  say(line: string): Promise<string> {
    this.write(`${line}\r\n`);
    return this.answer();
  }

  close(): void {
    this.#socket.destroy();
  }
}
