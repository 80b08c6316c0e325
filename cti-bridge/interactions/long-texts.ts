import type { ArrivedText } from './messages.ts';

/** How long the parts of a message are waited for, from the first that came. */
export const partsLimitMs = 5 * 60_000;
/** What stands for a part that never came. */
const gap = '[…]';

export interface WholeText<Part extends ArrivedText> {
  /** By their index; one that has no index is all there is. */
  readonly parts: readonly Part[];
  readonly text: string;
  /** Those that did not come in time; empty: it is whole. */
  readonly missing: readonly number[];
}

interface Group<Part extends ArrivedText> {
  readonly startedAt: number;
  readonly total: number;
  readonly parts: Map<number, Part>;
}

/**
 * Puts the parts of long text messages together, in whatever order they come and however often. Part of a story's state: what has come is
 * told again after a restart, each with the time it came. What is not whole in time is given as it is.
 *
 * Networks use a reference again after 256 messages, so a part that was had with other words begins another message.
 */
export class LongTexts<Part extends ArrivedText = ArrivedText> {
  readonly #waiting = new Map<string, Group<Part>>();
  /** Whole ones, for as long as a copy of one of their parts may come. */
  readonly #done = new Map<string, Group<Part>>();

  /** What became whole by it, or was given up for it; mostly one or none. */
  add(part: Part): readonly WholeText<Part>[] {
    const place = part.part;
    const over = this.due(part.receivedAt);
    if (!place || place.total < 2) return [...over, { parts: [part], text: part.text, missing: [] }];
    const key = keyOf(part);
    const isCopy = (group: Group<Part> | undefined) => group?.parts.get(place.index)?.text === part.text;
    if (isCopy(this.#done.get(key)) || isCopy(this.#waiting.get(key))) return over;
    const given: WholeText<Part>[] = [...over];
    let group = this.#waiting.get(key);
    if (group?.parts.has(place.index)) {
      given.push(wholeOf(group));
      group = undefined;
    }
    group ??= { startedAt: part.receivedAt, total: place.total, parts: new Map() };
    group.parts.set(place.index, part);
    if (group.parts.size < group.total) {
      this.#waiting.set(key, group);
      return given;
    }
    this.#waiting.delete(key);
    this.#done.delete(key);
    this.#done.set(key, { ...group, startedAt: part.receivedAt });
    return [...given, wholeOf(group)];
  }

  /** Those whose time is over at `now`. */
  due(now: number): readonly WholeText<Part>[] {
    for (const [key, { startedAt }] of this.#done) if (now - startedAt >= partsLimitMs) this.#done.delete(key);
    const over = [...this.#waiting].filter(([, { startedAt }]) => now - startedAt >= partsLimitMs);
    for (const [key] of over) this.#waiting.delete(key);
    return over.map(([, group]) => wholeOf(group));
  }

  /** When `due` next has something; null: nothing waits. */
  get dueAt(): number | null {
    const starts = [...this.#waiting.values()].map(({ startedAt }) => startedAt);
    return starts.length === 0 ? null : Math.min(...starts) + partsLimitMs;
  }
}

function keyOf({ sourceId, from, to, part }: ArrivedText): string {
  return JSON.stringify([sourceId, from, to, part?.reference, part?.total]);
}

function wholeOf<Part extends ArrivedText>({ total, parts }: Group<Part>): WholeText<Part> {
  const present = [...parts].sort(([one], [other]) => one - other);
  const missing = Array.from({ length: total }, (_, at) => at + 1).filter((index) => !parts.has(index));
  let text = '';
  let before = 0;
  for (const [index, part] of present) {
    if (index > before + 1) text += before === 0 ? `${gap} ` : ` ${gap} `;
    text += part.text;
    before = index;
  }
  if (before < total) text += ` ${gap}`;
  return { parts: present.map(([, part]) => part), text, missing };
}
