/**
 * Finds which of many words stand in a text, in one pass over it however many they are (Aho and Corasick, 1975): the words are a tree of
 * their letters, and where the tree does not go on, a link leads to the longest beginning of another word that has just been read.
 *
 * Capitals, full-width letters and the kind of white space make no difference. A word of a script that sets spaces between words is found
 * only as a whole word (`bill` not in `billing`); one in Chinese is found wherever it stands, also where a line broke within it.
 */
interface Node {
  readonly next: Map<string, Node>;
  /** Numbers of the words that end here. */
  readonly ends: { readonly word: number; readonly length: number }[];
  link: Node | null;
  /** The nearest one along the links at which a word ends. */
  ending: Node | null;
}

const newNode = (): Node => ({ next: new Map(), ends: [], link: null, ending: null });

export class WordFinder {
  readonly #root = newNode();

  constructor(words: readonly string[]) {
    for (const [word, written] of words.entries()) {
      const letters = plain(written);
      if (letters === '') continue;
      let node = this.#root;
      for (const letter of letters.split('')) {
        let next = node.next.get(letter);
        if (!next) node.next.set(letter, (next = newNode()));
        node = next;
      }
      node.ends.push({ word, length: letters.length });
    }
    this.#tieLinks();
  }

  /** Numbers of the words found, as they stand in the list that was given. */
  find(text: string): ReadonlySet<number> {
    const found = new Set<number>();
    const letters = plain(text);
    let node = this.#root;
    for (let at = 0; at < letters.length; at++) {
      const letter = letters.charAt(at);
      let next = node.next.get(letter);
      for (let back = node.link; !next && back; back = back.link) next = back.next.get(letter);
      node = next ?? this.#root;
      for (let ended: Node | null = node.ends.length > 0 ? node : node.ending; ended; ended = ended.ending) {
        for (const { word, length } of ended.ends) if (isWhole(letters, at + 1 - length, at + 1)) found.add(word);
      }
    }
    return found;
  }

  /** Breadth first: a link leads to a node that is nearer to the root and has its own already. */
  #tieLinks(): void {
    const waiting = [this.#root];
    for (const node of waiting) {
      for (const [letter, next] of node.next) {
        let back = node.link;
        while (back && !back.next.has(letter)) back = back.link;
        next.link = back?.next.get(letter) ?? this.#root;
        next.ending = next.link.ends.length > 0 ? next.link : next.link.ending;
        waiting.push(next);
      }
    }
  }
}

const spaceWithinHan = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu;

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC').replaceAll(/\s+/g, ' ').replaceAll(spaceWithinHan, '').trim();
}

/** Of scripts that set no spaces: what stands beside is no part of the same word. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const inWord = /[\p{L}\p{N}\p{M}_]/u;
const joins = (one: string, other: string) => inWord.test(one) && inWord.test(other) && !unspaced.test(one) && !unspaced.test(other);

function isWhole(text: string, from: number, to: number): boolean {
  return !joins(before(text, from), after(text, from)) && !joins(before(text, to), after(text, to));
}

const after = (text: string, at: number) => (at < text.length ? String.fromCodePoint(text.codePointAt(at) ?? 0) : '');

function before(text: string, at: number): string {
  if (at === 0) return '';
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff && at > 1 ? text.slice(at - 2, at) : text.charAt(at - 1);
}
