import { isHiddenFormOf, maskCardNumbers } from '../../shared/card-numbers.ts';
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

/** A whole one; copies of its parts may come until then. */
interface DoneGroup<Part extends ArrivedText> {
  readonly until: number;
  readonly parts: ReadonlyMap<number, Part>;
}

/**
 * Puts the parts of long text messages together, in whatever order they come and however often. Part of a story's state: what has come is
 * told again after a restart, each with the time it came. What is not whole in time is given as it is.
 *
 * Networks use a reference again after 256 messages, so a part that was had with other words begins another message.
 */
export class LongTexts<Part extends ArrivedText = ArrivedText> {
  readonly #waiting = new Map<string, Group<Part>>();
  readonly #done = new Map<string, DoneGroup<Part>>();

  /**
   * What became whole by it, or was given up for it; mostly one or none. After a restart, `at`: those who wait are waited for from then on, and
   * copies of what was whole may come until `copiesUntil`.
   */
  add(part: Part, at = part.receivedAt, copiesUntil = at + partsLimitMs): readonly WholeText<Part>[] {
    const place = part.part;
    const over = this.due(at);
    if (!place || place.total < 2) return [...over, { parts: [part], text: part.text, missing: [] }];
    const key = keyOf(part);
    if (this.isCopy(part)) return over;
    const given: WholeText<Part>[] = [...over];
    let group = this.#waiting.get(key);
    if (group?.parts.has(place.index)) {
      given.push(wholeOf(group));
      group = undefined;
    }
    group ??= { startedAt: at, total: place.total, parts: new Map() };
    group.parts.set(place.index, part);
    if (group.parts.size < group.total) {
      this.#waiting.set(key, group);
      return given;
    }
    this.#waiting.delete(key);
    this.#done.delete(key);
    this.#done.set(key, { parts: group.parts, until: copiesUntil });
    return [...given, wholeOf(group)];
  }

  /** Whether it is one that we have: of a message that is whole, or that waits for others. `add` makes nothing of it. */
  isCopy(part: Part): boolean {
    const { part: place, receivedAt } = part;
    if (!place || place.total < 2) return false;
    const key = keyOf(part);
    const done = this.#done.get(key);
    // Of one that was had before a restart, card numbers may be hidden.
    const had = done && receivedAt < done.until ? done.parts.get(place.index)?.text : undefined;
    if (had !== undefined && isHiddenFormOf(had, part.text)) return true;
    return this.#waiting.get(key)?.parts.get(place.index)?.text === part.text;
  }

  /** After a restart: these made a message before it. Copies of them are copies until then. */
  remember(parts: readonly Part[], until: number): void {
    const [first] = parts;
    if (!first?.part) return;
    this.#done.set(keyOf(first), { until, parts: new Map(parts.map((part) => [part.part?.index ?? 0, part])) });
  }

  /** Those whose time is over at `now`. */
  due(now: number): readonly WholeText<Part>[] {
    for (const [key, { until }] of this.#done) if (until <= now) this.#done.delete(key);
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

/** The words of its parts with the card numbers hidden that begin in one and end in another. Where a part is missing no number goes over its gap. */
export function partsWithoutCards({ parts, text, missing }: WholeText<ArrivedText>): readonly string[] {
  if (missing.length > 0) return parts.map((part) => part.text);
  const hidden = maskCardNumbers(text);
  let at = 0;
  return parts.map(({ text: { length } }) => {
    at += length;
    return hidden.slice(at - length, at);
  });
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
