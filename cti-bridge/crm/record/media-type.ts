/**
 * What a file is by its first bytes, not by its name or by what somebody said of it. Whatever a browser could run or draw as a page is
 * `text/plain` or `application/octet-stream`: it is only ever downloaded.
 */
export function sniffMediaType(head: Uint8Array): string {
  for (const [mediaType, at, signature] of signatures) if (standsAt(head, at, signature)) return refine(mediaType, head);
  return isText(head) ? 'text/plain' : 'application/octet-stream';
}

/** How many bytes it looks at. */
export const sniffedBytes = 4_096;

const bytes = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const signatures: readonly (readonly [mediaType: string, at: number, signature: readonly number[]])[] = [
  ['application/pdf', 0, bytes('%PDF-')],
  ['image/png', 0, [0x89, ...bytes('PNG\r\n'), 0x1a, 0x0a]],
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/gif', 0, bytes('GIF8')],
  ['image/webp', 8, bytes('WEBP')],
  ['audio/wav', 8, bytes('WAVE')],
  ['image/tiff', 0, [...bytes('II'), 0x2a, 0]],
  ['image/tiff', 0, [...bytes('MM'), 0, 0x2a]],
  ['audio/mpeg', 0, bytes('ID3')],
  ['audio/ogg', 0, bytes('OggS')],
  ['video/mp4', 4, bytes('ftyp')],
  ['application/zip', 0, [...bytes('PK'), 3, 4]],
  ['application/gzip', 0, [0x1f, 0x8b]],
  ['application/x-7z-compressed', 0, [...bytes('7z'), 0xbc, 0xaf, 0x27, 0x1c]],
  ['application/vnd.rar', 0, bytes('Rar!')],
  ['application/x-ole-storage', 0, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['application/rtf', 0, bytes('{\\rtf')],
];

const insideZip: readonly (readonly [path: string, mediaType: string])[] = [
  ['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ppt/', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
];

/** Office documents are zip files; the names of their first parts, which stand there in clear, say which. */
function refine(mediaType: string, head: Uint8Array): string {
  if (mediaType !== 'application/zip') return mediaType;
  const names = new TextDecoder('latin1').decode(head);
  return insideZip.find(([path]) => names.includes(path))?.[1] ?? mediaType;
}

function standsAt(head: Uint8Array, at: number, signature: readonly number[]): boolean {
  return head.length >= at + signature.length && signature.every((byte, index) => head[at + index] === byte);
}

function isText(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  try {
    // The last character may be cut in half.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
