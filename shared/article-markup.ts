/**
 * The little markup that articles and guides are written in: lines, not tags, so that nothing in it can be anything but text.
 *
 *     ## a heading          - a point          1. a step          anything else: a paragraph, ended by an empty line
 *
 * `KB-311` within a text refers to that article.
 */
export type MarkupPiece = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'article'; readonly number: string };
export type MarkupBlock =
  | { readonly kind: 'heading' | 'paragraph'; readonly pieces: readonly MarkupPiece[] }
  | { readonly kind: 'points' | 'steps'; readonly items: readonly (readonly MarkupPiece[])[] };

/** Not within a longer word, which Chinese around it does not make: `KB-3112345` and `XKB-311` refer to nothing. */
const reference = /(?<![\p{Script=Latin}\p{N}-])KB-\d{3,6}(?![\p{Script=Latin}\p{N}])/gu;
const hanOrEnd = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]$/u;
const hanOrStart = /^[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;

/** The blocks of a text, in their order. Every text is one: what is no markup is a paragraph. Time grows with the length alone. */
export function readMarkup(text: string): readonly MarkupBlock[] {
  const blocks: MarkupBlock[] = [];
  let lines: string[] = [];
  let list = null as { readonly kind: 'points' | 'steps'; readonly items: string[] } | null;
  const close = () => {
    if (lines.length > 0) blocks.push({ kind: 'paragraph', pieces: piecesOf(joined(lines)) });
    if (list) blocks.push({ kind: list.kind, items: list.items.map(piecesOf) });
    lines = [];
    list = null;
  };
  for (const written of text.split(/\r\n|\r|\n/)) {
    const line = written.trim();
    const heading = /^##? +(.+)$/.exec(line)?.[1];
    const point = /^[-*•] +(.+)$/.exec(line)?.[1];
    const step = /^\d{1,3}[.)、] *(?!\d)(.+)$/.exec(line)?.[1];
    if (line === '') close();
    else if (heading !== undefined) {
      close();
      blocks.push({ kind: 'heading', pieces: piecesOf(heading) });
    } else if (point !== undefined || step !== undefined) {
      const kind = point === undefined ? 'steps' : 'points';
      if (list?.kind !== kind) {
        close();
        list = { kind, items: [] };
      }
      list.items.push((point ?? step ?? '').trim());
    } else if (list) list.items.push(joined([list.items.pop() ?? '', line]));
    else lines.push(line);
  }
  close();
  return blocks;
}

/** The articles a text refers to, each once, in the order of the text. */
export function articlesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(reference)].map(([number]) => number))];
}

/** Lines of one paragraph, with a space between them where the language has spaces. */
function joined(lines: readonly string[]): string {
  return lines.reduce((before, line) => `${before}${hanOrEnd.test(before) && hanOrStart.test(line) ? '' : ' '}${line}`);
}

function piecesOf(text: string): readonly MarkupPiece[] {
  const pieces: MarkupPiece[] = [];
  let at = 0;
  for (const found of text.matchAll(reference)) {
    if (found.index > at) pieces.push({ kind: 'text', text: text.slice(at, found.index) });
    pieces.push({ kind: 'article', number: found[0] });
    at = found.index + found[0].length;
  }
  if (at < text.length || pieces.length === 0) pieces.push({ kind: 'text', text: text.slice(at) });
  return pieces;
}
