import type { MailUnreadable } from '../../../interactions/index.ts';
import type { MailLimits } from './mail-limits.ts';
import { type Header, headersIn, type PartHeaders, partHeadersOf } from './part-headers.ts';
import { decodeTransfer } from './transfer-encodings.ts';

/** A part of a mail as its headers say, with its bytes out of their transfer encoding. */
export interface MailPart extends PartHeaders {
  readonly headers: readonly Header[];
  /** Of a multipart: what stands before its first part, which nobody is meant to read. */
  readonly content: Uint8Array;
  readonly parts: readonly MailPart[];
}

export type TakenApart =
  | { readonly ok: true; readonly root: MailPart }
  | { readonly ok: false; readonly why: Exclude<MailUnreadable, 'tookTooLong' | 'tookTooMuch'> };

interface OpenPart {
  readonly headers: readonly Header[];
  readonly said: PartHeaders;
  readonly bodyStart: number;
  bodyEnd: number | null;
  readonly delimiter: Buffer | null;
  readonly parts: OpenPart[];
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const dash = 0x2d;

/**
 * Parts a mail along its boundaries in one walk over its lines, and gives up as soon as it is more than the limits allow: nothing of it has been
 * decoded by then. A part that is a mail of its own stays whole, as a file. Boundaries that nobody closed are closed by those around them.
 */
export async function takeApart(bytes: Buffer, limits: MailLimits): Promise<TakenApart> {
  if (bytes.length > limits.bytes) return { ok: false, why: 'tooLarge' };
  let root: OpenPart | null = null;
  let open: OpenPart[] = [];
  let headerStart: number | null = 0;
  const counted = { fields: 0, headerBytes: 0, parts: 0, lines: 0 };

  const beginBody = async (headerEnd: number, bodyStart: number) => {
    if (headerStart === null) return;
    const headers = headersIn(bytes.subarray(headerStart, headerEnd));
    headerStart = null;
    const parent = open.at(-1) ?? null;
    const said = await partHeadersOf(headers, parent?.said.type === 'multipart/digest');
    const delimiter = said.boundary === null ? null : Buffer.from(`--${said.boundary}`);
    const part: OpenPart = { headers, said, bodyStart, bodyEnd: null, delimiter, parts: [] };
    if (parent) parent.parts.push(part);
    else root = part;
    open.push(part);
  };
  /** The line end before a delimiter belongs to the delimiter (RFC 2046 5.1.1). */
  const closeDownTo = (depth: number, end: number) => {
    const textEnd = bytes[end - 1] === lineFeed ? end - (bytes[end - 2] === carriageReturn ? 2 : 1) : end;
    for (const part of open.slice(depth)) part.bodyEnd ??= Math.max(part.bodyStart, textEnd);
    open = open.slice(0, depth);
  };

  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(lineFeed, start);
    const next = found < 0 ? bytes.length : found + 1;
    let end = found < 0 ? bytes.length : found;
    if (end > start && bytes[end - 1] === carriageReturn) end--;
    if (end - start > limits.lineBytes || ++counted.lines > limits.lines) return { ok: false, why: 'tooLarge' };

    const line = bytes.subarray(start, end);
    const at = line[0] === dash && line[1] === dash ? open.findLastIndex(({ delimiter }) => delimiter && isDelimiter(line, delimiter)) : -1;
    if (at >= 0) {
      await beginBody(start, start);
      const owner = open[at];
      closeDownTo(at + 1, start);
      if (owner) owner.bodyEnd ??= start;
      if (isClosing(line, owner?.delimiter?.length ?? 0)) closeDownTo(at, start);
      else headerStart = next;
      if (++counted.parts > limits.parts) return { ok: false, why: 'tooManyParts' };
    } else if (headerStart !== null) {
      if (end === start) await beginBody(start, next);
      else if (line[0] !== 0x20 && line[0] !== 0x09) counted.fields++;
      counted.headerBytes += line.length;
      if (counted.fields > limits.headerFields || counted.headerBytes > limits.headerBytes) return { ok: false, why: 'tooManyHeaders' };
    }
    if (open.length > limits.depth) return { ok: false, why: 'tooDeep' };
    start = next;
  }
  await beginBody(bytes.length, bytes.length);
  for (const part of open) part.bodyEnd ??= bytes.length;
  return root === null ? { ok: false, why: 'broken' } : { ok: true, root: closed(root, bytes) };
}

function closed(part: OpenPart, bytes: Buffer): MailPart {
  return {
    ...part.said,
    headers: part.headers,
    content: decodeTransfer(bytes.subarray(part.bodyStart, part.bodyEnd ?? part.bodyStart), part.said.transferEncoding),
    parts: part.parts.map((each) => closed(each, bytes)),
  };
}

/** `--boundary`, `--boundary--`, and blanks after either. */
function isDelimiter(line: Buffer, delimiter: Buffer): boolean {
  if (line.length < delimiter.length || delimiter.compare(line, 0, delimiter.length) !== 0) return false;
  return line.length - delimiter.length < 64 && /^(?:--)?[ \t]*$/.test(line.toString('latin1', delimiter.length));
}

const isClosing = (line: Buffer, length: number) => line[length] === dash && line[length + 1] === dash;

/** The value of the first header of that name, in lower case. */
export function headerOf(part: Pick<MailPart, 'headers'>, name: string): string | null {
  return part.headers.find((header) => header.name === name)?.value ?? null;
}
