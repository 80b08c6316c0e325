import type { ImportProblem } from '../../../shared/contracts/imports.ts';
import type { ImportedPerson } from './read-row.ts';

/**
 * Remembers who was in the file already: by external id or membership; else by the same name with the same mobile or e-mail. People of one
 * company or family may share a line, so a fixed number says nothing.
 *
 * A million rows must not fill the memory: of each key 53 bits of a hash are kept, 12 bytes with the row. Two different keys of a million
 * are held to be one in about one file of twenty thousand; that row is then refused, and told.
 */
export class TwiceInFile {
  #hashes = new Float64Array(1 << 12);
  #rows = new Uint32Array(1 << 12);
  #count = 0;

  /** The problem, when this person was in the file before; remembered otherwise. */
  see(person: ImportedPerson): ImportProblem | null {
    const keys = keysOf(person);
    for (const [key, found] of keys) {
      const row = this.#rowOf(hashOf(key));
      if (row !== 0) return { row: person.row, column: null, code: 'twiceInFile', found, expected: String(row) };
    }
    for (const [key] of keys) this.#add(hashOf(key), person.row);
    return null;
  }

  #rowOf(hash: number): number {
    const mask = this.#hashes.length - 1;
    for (let at = hash % (mask + 1); ; at = (at + 1) & mask) {
      if (this.#hashes[at] === hash) return this.#rows[at] ?? 0;
      if (this.#hashes[at] === 0) return 0;
    }
  }

  #add(hash: number, row: number): void {
    if (this.#count * 2 >= this.#hashes.length) this.#grow();
    this.#count++;
    this.#place(hash, row);
  }

  #place(hash: number, row: number): void {
    const mask = this.#hashes.length - 1;
    let at = hash % (mask + 1);
    while (this.#hashes[at] !== 0 && this.#hashes[at] !== hash) at = (at + 1) & mask;
    this.#hashes[at] = hash;
    this.#rows[at] = row;
  }

  #grow(): void {
    const [hashes, rows] = [this.#hashes, this.#rows];
    this.#hashes = new Float64Array(hashes.length * 2);
    this.#rows = new Uint32Array(rows.length * 2);
    for (let at = 0; at < hashes.length; at++) if (hashes[at] !== 0) this.#place(hashes[at] ?? 0, rows[at] ?? 0);
  }
}

function keysOf({ nameKey, identifiers }: ImportedPerson): readonly (readonly [key: string, found: string])[] {
  const own = identifiers.filter(({ kind }) => kind === 'externalId' || kind === 'membership');
  if (own.length > 0) return own.map(({ kind, value }) => [`${kind} ${value}`, value]);
  return identifiers.filter(({ kind }) => kind === 'mobile' || kind === 'email').map(({ value }) => [`${nameKey}\n${value}`, value]);
}

/** 53 bits: two FNV-1a hashes side by side. Never 0, which marks a free place. */
function hashOf(text: string): number {
  let one = 0x811c9dc5;
  let other = 0x1234567;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x85ebca6b);
    other ^= other >>> 13;
  }
  return (one >>> 0) * 0x200000 + (other >>> 11) + 1;
}
