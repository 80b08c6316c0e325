import { decodeText } from './charsets.ts';
import { cleanHtml } from './clean-html.ts';
import type { MailLimits } from './mail-limits.ts';
import type { MailPart } from './mail-tree.ts';
import { roughText, textOfCleanHtml, tidyText, unflow } from './plain-text.ts';

export interface MailBody {
  readonly text: string;
  readonly html: string | null;
  readonly hasRemoteContent: boolean;
  /** Content ids of the parts that its HTML shows. */
  readonly shows: ReadonlySet<string>;
  /** There was more of it than is read. */
  readonly isCut: boolean;
}

/** A stretch of the body, in one way of writing it or in both. */
interface Stretch {
  readonly plain: MailPart | null;
  readonly html: MailPart | null;
  /** A stretch before it has said in plain text what this one says in HTML. */
  readonly isSaid: boolean;
}

/** What is to be read of a mail, and the parts that are files. */
export function bodyOf(root: MailPart, limits: MailLimits): { readonly body: MailBody; readonly files: readonly MailPart[] } {
  const files: MailPart[] = [];
  const stretches = stretchesOf(root, files, true);
  const hasHtml = stretches.some(({ html }) => html !== null);
  let hasRemoteContent = false;
  let isShown = hasHtml;
  const shows = new Set<string>();
  const texts: string[] = [];
  const htmls: string[] = [];
  let isCut = false;
  for (const { plain, html, isSaid } of stretches) {
    const read = plain ? textOf(plain, limits) : null;
    const plainText = read?.text ?? null;
    isCut ||= (!isSaid && (read?.isCut ?? false)) || (html?.content.length ?? 0) > limits.html;
    const source = html ? htmlText(html, limits) : null;
    const cleaned = source !== null && isBearable(source) ? cleanHtml(source) : null;
    if (cleaned) {
      hasRemoteContent ||= cleaned.hasRemoteContent;
      for (const contentId of cleaned.shows) shows.add(contentId);
    }
    const htmlAsText = cleaned ? textOfCleanHtml(cleaned.html) : source === null ? '' : roughText(source);
    if (!isSaid) texts.push(plainText?.trim() ? plainText : htmlAsText);
    isShown &&= source === null || cleaned !== null;
    if (hasHtml) htmls.push(cleaned?.html ?? asHtml(plainText ?? ''));
  }
  const html = htmls.filter((each) => each !== '').join('\n<hr>\n');
  const text = texts.filter((each) => each.trim() !== '').join('\n\n');
  return {
    body: {
      text: text.slice(0, limits.text),
      html: isShown && html.length <= limits.shownHtml ? html : null,
      hasRemoteContent,
      shows,
      isCut: isCut || text.length > limits.text,
    },
    files,
  };
}

/** In reading order. What is not read is put to the files. */
function stretchesOf(part: MailPart, files: MailPart[], isFirst: boolean): readonly Stretch[] {
  if (part.parts.length > 0) {
    if (part.type !== 'multipart/alternative') {
      return part.parts.flatMap((each, at) => stretchesOf(each, files, isFirst && at === 0));
    }
    const versions = part.parts.map((each, at) => stretchesOf(each, files, isFirst && at === 0));
    const plain = versions.flat().find((each) => each.plain !== null)?.plain ?? null;
    // The last is the richest (RFC 2046 5.1.4); around pictures it may be in several stretches.
    const rich = versions.findLast((version) => version.some(({ html }) => html !== null)) ?? [];
    if (rich.length <= 1) return [{ plain, html: rich[0]?.html ?? null, isSaid: false }];
    return rich.map((each, at) => ({ plain: at === 0 ? plain : null, html: each.html, isSaid: at > 0 && plain !== null }));
  }
  if (!isBodyText(part, isFirst)) {
    if (part.content.length > 0 || part.fileName !== null) files.push(part);
    return [];
  }
  return [part.type === 'text/html' ? { plain: null, html: part, isSaid: false } : { plain: part, html: null, isSaid: false }];
}

/** A text with a name is a file, unless it is where the text has to be. */
function isBodyText(part: MailPart, isFirst: boolean): boolean {
  if (part.type.startsWith('multipart/')) return isFirst;
  if (part.type !== 'text/plain' && part.type !== 'text/html') return false;
  return part.disposition !== 'attachment' && (part.fileName === null || (isFirst && part.disposition === ''));
}

function textOf({ content, charset, isFlowed, deletesSpace }: MailPart, limits: MailLimits): { text: string; isCut: boolean } {
  // Four bytes are the longest character there is.
  const whole = decodeText(content.subarray(0, limits.text * 4), charset);
  const text = whole.slice(0, limits.text);
  const isCut = content.length > limits.text * 4 || whole.length > limits.text;
  return { text: isFlowed ? unflow(text, deletesSpace) : tidyText(text), isCut };
}

function htmlText(part: MailPart, limits: MailLimits): string {
  const bytes = part.content.subarray(0, limits.html);
  return decodeText(bytes, part.charset ?? charsetInMarkup(bytes));
}

const mostTags = 60_000;
const deepestTags = 4_000;
const closedByOthers: ReadonlySet<string> = new Set(
  'br hr img p li td th tr dd dt option meta link input col wbr area base source'.split(' '),
);

/** Whether it can be cleaned in reasonable time, which grows with how deep its elements are in each other. */
function isBearable(html: string): boolean {
  let tags = 0;
  let depth = 0;
  for (const [, closing, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]{0,20})/gi)) {
    if (++tags > mostTags) return false;
    if (closedByOthers.has(name.toLowerCase())) continue;
    depth = Math.max(0, depth + (closing ? -1 : 1));
    if (depth > deepestTags) return false;
  }
  return true;
}

function charsetInMarkup(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1');
  return /<meta[^>]{0,200}charset\s{0,5}=\s{0,5}["']?([\w-]{2,40})/i.exec(head)?.[1] ?? null;
}

const asHtml = (text: string) =>
  text === '' ? '' : `<div>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>')}</div>`;
