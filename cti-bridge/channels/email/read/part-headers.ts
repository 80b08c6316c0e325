import PostalMime from 'postal-mime';
import { decodeText } from './charsets.ts';

/** Name in lower case; value unfolded and otherwise as it is. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** What the headers of a part say of its body. */
export interface PartHeaders {
  /** In lower case: `text/plain`, `multipart/mixed`. */
  readonly type: string;
  readonly charset: string | null;
  /** Of a multipart; null where it has none, and then its body is one text. */
  readonly boundary: string | null;
  readonly isFlowed: boolean;
  /** RFC 3676: the blank at the end of a flowed line is not part of the text. */
  readonly deletesSpace: boolean;
  readonly reportType: string | null;
  readonly transferEncoding: string;
  readonly disposition: string;
  /** As the sender called it; may hold anything. */
  readonly fileName: string | null;
  /** Without its angle brackets. */
  readonly contentId: string | null;
}

/** The fields of a header block. Some programs write bytes of their own country into it, where RFC 6532 would have UTF-8. */
export function headersIn(block: Uint8Array): readonly Header[] {
  const unfolded: string[][] = [];
  for (const line of decodeText(block, null).split(/\r?\n/)) {
    const last = unfolded.at(-1);
    if (last && /^[ \t]/.test(line)) last.push(line);
    else if (line !== '') unfolded.push([line]);
  }
  return unfolded.flatMap((lines) => {
    const [, name, value] = /^([!-9;-~]{1,200})[ \t]*:([\s\S]*)$/.exec(lines.join('')) ?? [];
    return name === undefined ? [] : [{ name: name.toLowerCase(), value: (value ?? '').replaceAll('\r', ' ').trim() }];
  });
}

/** Longer ones are nobody's. */
const longestField = 8_000;
const told = ['content-type', 'content-disposition'] as const;

/** Reads what is said of the body. postal-mime knows the comments, quotes and continued parameters (RFC 2045, 2231) of these fields. */
export async function partHeadersOf(headers: readonly Header[], isInDigest: boolean): Promise<PartHeaders> {
  const value = (name: string) => headers.find((header) => header.name === name)?.value.slice(0, longestField) ?? '';
  const parser = new PostalMime();
  await parser.parse(`${told.map((name) => `${name}: ${value(name).replaceAll('\n', ' ')}`).join('\r\n')}\r\n\r\n`);
  const { contentType, contentDisposition } = (parser as unknown as { readonly root: ParsedRoot }).root;
  const { params } = contentType.parsed;
  const type = contentType.parsed.value;
  const isNamed = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}$/.test(type);
  return {
    type: isNamed ? type : isInDigest ? 'message/rfc822' : 'text/plain',
    charset: params.charset ?? null,
    boundary: type.startsWith('multipart/') ? params.boundary?.slice(0, 500) || null : null,
    isFlowed: params.format?.toLowerCase() === 'flowed',
    deletesSpace: params.delsp?.toLowerCase() === 'yes',
    reportType: type === 'multipart/report' ? (params['report-type']?.toLowerCase() ?? '') : null,
    transferEncoding: /[\w-]+/.exec(value('content-transfer-encoding').replace(/\([^)]*\)/, ''))?.[0].toLowerCase() ?? '',
    disposition: contentDisposition.parsed.value,
    fileName: contentDisposition.parsed.params.filename || params.name || null,
    contentId: value('content-id').replaceAll(/[<>\s]/g, '') || null,
  };
}

interface ParsedField {
  readonly parsed: { readonly value: string; readonly params: Readonly<Record<string, string>> };
}

/** What stands at the root of what postal-mime 4 has parsed, which its types do not tell; tests of file names and charsets hold it. */
interface ParsedRoot {
  readonly contentType: ParsedField;
  readonly contentDisposition: ParsedField;
}
