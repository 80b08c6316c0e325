import type { ByteSource } from './csv.ts';
import { UnreadableFile } from './decoded.ts';

/** A larger element is no resource of any system. */
const elementCharacters = 4_000_000;

export type JsonElement = { readonly row: number; readonly value: unknown } | { readonly row: number; readonly isUnreadable: true };

/**
 * The elements of a JSON array, or the lines of a file with one JSON value a line (NDJSON), one after the other and never all at once. Counted
 * from 1. An element that is no JSON is told and the next one read; an array that does not end is damaged.
 */
export async function* jsonElements(open: ByteSource): AsyncGenerator<JsonElement> {
  const splitter = new ElementSplitter();
  const decoder = new TextDecoder('utf-8');
  let row = 0;
  const parsed = (text: string): JsonElement => {
    row++;
    try {
      return { row, value: JSON.parse(text) as unknown };
    } catch {
      return { row, isUnreadable: true };
    }
  };
  for await (const chunk of open()) for (const text of splitter.push(decoder.decode(chunk, { stream: true }))) yield parsed(text);
  for (const text of splitter.end()) yield parsed(text);
  if (row === 0 && splitter.isEmpty) throw new UnreadableFile('empty', 'The file is empty.');
}

/** Finds where a value ends: at a comma or the bracket of the array, outside of strings and of its own brackets; without an array, at its last bracket. */
class ElementSplitter {
  #kind: 'unknown' | 'array' | 'lines' = 'unknown';
  #text = '';
  #at = 0;
  #depth = 0;
  #isString = false;
  #isEscaped = false;
  #isOver = false;

  get isEmpty(): boolean {
    return this.#kind === 'unknown';
  }

  push(more: string): string[] {
    this.#text += more;
    if (this.#kind === 'unknown') {
      this.#text = this.#text.trimStart();
      if (this.#text === '') return [];
      this.#kind = this.#text.startsWith('[') ? 'array' : 'lines';
      if (this.#kind === 'array') this.#text = this.#text.slice(1);
    }
    const found = this.#kind === 'array' ? this.#elements() : this.#lines();
    if (this.#text.length > elementCharacters)
      throw new UnreadableFile('damaged', 'A value of the file is too long: it may not end at all.');
    return found;
  }

  end(): string[] {
    if (this.#kind === 'array' && !this.#isOver)
      throw new UnreadableFile('damaged', 'The list of the file does not end: it was cut short.');
    return this.#kind === 'lines' && this.#text.trim() !== '' ? [this.#text] : [];
  }

  #lines(): string[] {
    const lines = this.#text.split('\n');
    this.#text = lines.pop() ?? '';
    return lines.filter((line) => line.trim() !== '');
  }

  #elements(): string[] {
    const found: string[] = [];
    let from = 0;
    for (; this.#at < this.#text.length && !this.#isOver; this.#at++) {
      const character = this.#text[this.#at];
      if (this.#isString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (character === '\\') this.#isEscaped = true;
        else if (character === '"') this.#isString = false;
      } else if (character === '"') this.#isString = true;
      else if (character === '{' || character === '[') this.#depth++;
      else if ((character === '}' || character === ']') && this.#depth > 0) this.#depth--;
      else if ((character === ',' || character === ']') && this.#depth === 0) {
        const element = this.#text.slice(from, this.#at);
        if (element.trim() !== '') found.push(element);
        from = this.#at + 1;
        this.#isOver = character === ']';
      }
    }
    this.#text = this.#isOver ? '' : this.#text.slice(from);
    this.#at = this.#text.length;
    return found;
  }
}
