/** Two old ways to write more than ASCII in seven bits, which the platform no longer decodes. Both still come from programs that nobody updates. */

/** RFC 1843: `~{` begins pairs of GB 2312 without their high bits, `~}` ends them. */
export function decodeHz(bytes: Uint8Array): string {
  const out: number[] = [];
  let isChinese = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x7e) {
      const next = bytes[at + 1];
      if (next === 0x7b || next === 0x7d) isChinese = next === 0x7b;
      if (next === 0x7e) out.push(0x7e);
      if (next === 0x7b || next === 0x7d || next === 0x7e || next === 0x0a) {
        at++;
        continue;
      }
    }
    if (byte === 0x0a) isChinese = false;
    out.push(isChinese ? byte | 0x80 : byte);
  }
  return new TextDecoder('gb18030').decode(Uint8Array.from(out));
}

/** RFC 2152: between `+` and `-` stands UTF-16 in base64; `+-` is a plus. */
export function decodeUtf7(text: string): string {
  return text.replaceAll(/\+([A-Za-z0-9+/]*)-?/g, (_, encoded: string) => {
    if (encoded === '') return '+';
    const wide = Buffer.from(encoded, 'base64');
    return wide
      .subarray(0, wide.length - (wide.length % 2))
      .swap16()
      .toString('utf16le');
  });
}
