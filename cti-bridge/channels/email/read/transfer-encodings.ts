/** The bytes of a body. What is no encoding that we know is taken as it is, and what is wrong within is left out (RFC 2045 6.7, 6.8). */
export function decodeTransfer(body: Buffer, encoding: string): Uint8Array {
  switch (encoding) {
    case 'base64':
      return decodeBase64(body);
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    default:
      return body;
  }
}

/** Some programs pad each line, so that the stretches between the paddings are decoded each by itself. */
function decodeBase64(body: Buffer): Uint8Array {
  const text = body.toString('latin1');
  const padding = text.indexOf('=');
  if (padding < 0 || !/[A-Za-z0-9+/]/.test(text.slice(padding))) return Buffer.from(text, 'base64');
  return Buffer.concat(text.split(/=+/).map((stretch) => Buffer.from(stretch, 'base64')));
}

const equals = 0x3d;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

function decodeQuotedPrintable(body: Buffer): Uint8Array {
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0;
    if (byte !== equals) {
      out[length++] = byte;
      continue;
    }
    // A line that ends in `=` goes on in the next; blanks may have come behind it on the way.
    let end = at + 1;
    while (body[end] === 0x20 || body[end] === 0x09) end++;
    if (end >= body.length) break;
    if (body[end] === carriageReturn && body[end + 1] === lineFeed) at = end + 1;
    else if (body[end] === lineFeed) at = end;
    else {
      const code = hexValue(body[at + 1]) * 16 + hexValue(body[at + 2]);
      out[length++] = Number.isNaN(code) ? byte : code;
      if (!Number.isNaN(code)) at += 2;
    }
  }
  return out.subarray(0, length);
}

function hexValue(byte: number | undefined): number {
  return byte === undefined ? Number.NaN : Number.parseInt(String.fromCharCode(byte), 16);
}
