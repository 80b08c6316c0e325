import type { ChatLineView } from '../../../../shared/contracts/messages/chat-widget.ts';

/**
 * The lines of a conversation in their order, each once. They are numbered without gaps; one that comes too early waits until what is before it
 * was asked for and is there.
 */
export class Lines {
  #lines: readonly ChatLineView[] = [];
  #lastSeq = 0;
  readonly #early = new Map<number, ChatLineView>();
  /** Of lines that this tab wrote: under which id, so that the screen knows them again. */
  readonly #clientIds = new Map<number, string>();

  get all(): readonly ChatLineView[] {
    return this.#lines;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  get hasGap(): boolean {
    return this.#early.size > 0;
  }

  clientIdOf(seq: number): string | undefined {
    return this.#clientIds.get(seq);
  }

  /** One line, as it happens. */
  take(line: ChatLineView, clientId?: string): void {
    if (clientId !== undefined) this.#clientIds.set(line.seq, clientId);
    if (line.seq <= this.#lastSeq) return;
    this.#early.set(line.seq, line);
    this.#followOn();
  }

  /** All that the bridge has after `lastSeq`: what is not among them it will never have. */
  takeAll(lines: readonly ChatLineView[]): void {
    for (const line of [...lines].sort((one, other) => one.seq - other.seq)) {
      this.#early.delete(line.seq);
      if (line.seq > this.#lastSeq) this.#append(line);
    }
    for (const seq of this.#early.keys()) if (seq <= this.#lastSeq) this.#early.delete(seq);
    this.#followOn();
  }

  /** Another conversation begins. */
  clear(): void {
    this.#lines = [];
    this.#lastSeq = 0;
    this.#early.clear();
    this.#clientIds.clear();
  }

  #followOn(): void {
    for (let next = this.#early.get(this.#lastSeq + 1); next; next = this.#early.get(this.#lastSeq + 1)) {
      this.#early.delete(next.seq);
      this.#append(next);
    }
  }

  #append(line: ChatLineView): void {
    this.#lines = [...this.#lines, line];
    this.#lastSeq = line.seq;
  }
}
