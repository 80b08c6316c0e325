/** What the processes of the bench write into messages and read from them: when it was sent, by the clock that all processes of a machine share. */

/** Milliseconds since 1970, with their fractions. */
export const clockMs = (): number => performance.timeOrigin + performance.now();

/** `words` with the moment, and a number that no other message has. */
export const stamped = (words: string, number: number, atMs: number = clockMs()): string => `${words} [${number}@${atMs.toFixed(2)}]`;

const stamp = /\[(\d+)@(\d+\.\d+)\]/;

/** Null: nothing of ours. */
export function stampOf(text: string): { readonly number: number; readonly atMs: number } | null {
  const found = stamp.exec(text);
  return found && { number: Number(found[1]), atMs: Number(found[2]) };
}

/** What was sent and what came, by their numbers. */
export class Tally {
  readonly #came = new Map<number, number>();

  add(number: number): void {
    this.#came.set(number, (this.#came.get(number) ?? 0) + 1);
  }

  get size(): number {
    return this.#came.size;
  }

  /** Of these, how many never came, and how many came more than once. */
  judge(sent: Iterable<number>): { readonly lost: number; readonly doubled: number } {
    let lost = 0;
    let doubled = 0;
    for (const number of sent) {
      const times = this.#came.get(number) ?? 0;
      if (times === 0) lost++;
      if (times > 1) doubled++;
    }
    return { lost, doubled };
  }
}

/** Does something `perSecond` times a second for so long, evenly, however long each takes. Resolves when all have been begun. */
export async function evenly(perSecond: number, forMs: number, act: (index: number) => void): Promise<void> {
  const startedAt = performance.now();
  const all = Math.round((perSecond * forMs) / 1_000);
  for (let done = 0; done < all; ) {
    const due = Math.min(all, Math.floor(((performance.now() - startedAt) / 1_000) * perSecond) + 1);
    while (done < due) act(done++);
    await pause(Math.max(1, startedAt + (done * 1_000) / perSecond - performance.now()));
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves when it holds, asked for 20 times a second; false when it does not in time. */
export async function until(holds: () => boolean, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!holds()) {
    if (performance.now() > end) return false;
    await pause(50);
  }
  return true;
}
