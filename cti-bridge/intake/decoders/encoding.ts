/** The encodings that customer files come in. Anything ASCII is `utf-8`. */
export const textEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'windows-1252'] as const;
export type TextEncoding = (typeof textEncodings)[number];

/**
 * Reads the whole file, because a list may be ASCII for its first megabyte and Chinese after it. A byte order mark decides; without one,
 * UTF-16 is known by its zero bytes and UTF-8 by being valid. What is left is GB18030 (which contains GBK and GB2312), or western
 * European where bytes above 127 stand between ASCII letters.
 */
export async function detectEncoding(chunks: AsyncIterable<Uint8Array>): Promise<TextEncoding> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const evidence = new HighByteEvidence();
  let head: Uint8Array = new Uint8Array();
  let isUtf8 = true;
  for await (const chunk of chunks) {
    if (head.length < headBytes) {
      head = Buffer.concat([head, chunk]);
      if (head.length >= headBytes) {
        const wide = byteOrderMark(head) ?? zeroBytes(head);
        if (wide) return wide;
      }
    }
    if (isUtf8) isUtf8 = accepts(utf8, chunk);
    evidence.see(chunk);
  }
  const wide = byteOrderMark(head) ?? zeroBytes(head);
  if (wide) return wide;
  // A last character cut short does not make it another encoding: the row says so.
  return isUtf8 ? 'utf-8' : evidence.verdict;
}

/** What is looked at for a byte order mark and for the zero bytes of UTF-16. */
const headBytes = 4096;

export function byteOrderMark(bytes: Uint8Array): TextEncoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** Separators and digits of UTF-16 have a zero byte, at the even or the odd places; text in other encodings has none. */
function zeroBytes(bytes: Uint8Array): TextEncoding | null {
  const sample = bytes.subarray(0, headBytes);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at++) {
    if (sample[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  if (even + odd < 2 || even + odd < sample.length / 50) return null;
  if (odd > even * 4) return 'utf-16le';
  return even > odd * 4 ? 'utf-16be' : null;
}

function accepts(decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array): boolean {
  try {
    decoder.decode(chunk, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** In GBK, bytes above 127 come in pairs; in western text they stand alone between letters. */
class HighByteEvidence {
  #pairs = 0;
  #alone = 0;
  #isHeld = false;

  see(chunk: Uint8Array): void {
    for (const byte of chunk) {
      const isHigh = byte >= 0x80;
      if (!this.#isHeld) this.#isHeld = isHigh;
      else {
        if (isHigh) this.#pairs++;
        else this.#alone++;
        this.#isHeld = false;
      }
    }
  }

  get verdict(): TextEncoding {
    return this.#alone > this.#pairs ? 'windows-1252' : 'gb18030';
  }
}
