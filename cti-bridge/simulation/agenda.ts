/** What is to come, earliest first; what falls on the same moment, in the order in which it was put down. A binary heap. */
export class Agenda<What> {
  readonly #heap: Entry<What>[] = [];
  #sequence = 0;

  add(at: number, what: What): void {
    const entry = { at, sequence: this.#sequence++, what };
    let index = this.#heap.push(entry) - 1;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = this.#heap[above];
      if (parent === undefined || comesFirst(parent, entry)) break;
      this.#heap[index] = parent;
      index = above;
    }
    this.#heap[index] = entry;
  }

  next(): { readonly at: number; readonly what: What } | null {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) return null;
    if (last !== first) this.#sink(last);
    return first;
  }

  #sink(entry: Entry<What>): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      if (left === undefined) break;
      const right = heap[2 * index + 2];
      const isRight = right !== undefined && comesFirst(right, left);
      const child = isRight ? right : left;
      if (comesFirst(entry, child)) break;
      heap[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    heap[index] = entry;
  }
}

interface Entry<What> {
  readonly at: number;
  readonly sequence: number;
  readonly what: What;
}

function comesFirst(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}
