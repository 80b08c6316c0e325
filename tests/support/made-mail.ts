/** Mails for tests, made here: what programs write, and what nobody should. */

export interface MadePart {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | readonly MadePart[];
}

/** Headers and body as bytes; lines end as on the wire. */
export function mailBytes(headers: Readonly<Record<string, string | Uint8Array>>, body: Uint8Array | string = ''): Buffer {
  const lines = Object.entries(headers).flatMap(([name, value]) => [Buffer.from(`${name}: `), asBytes(value), Buffer.from('\r\n')]);
  return Buffer.concat([...lines, Buffer.from('\r\n'), asBytes(body)]);
}

const asBytes = (value: Uint8Array | string) =>
  typeof value === 'string' ? Buffer.from(value.replaceAll(/\r?\n/g, '\r\n')) : Buffer.from(value);

export const usualHeaders = {
  From: 'Wang Xiaoming <wang@example.cn>',
  To: 'Service <service@crosspoint.example>',
  Subject: 'Bill',
  Date: 'Wed, 04 Mar 2026 15:21:00 +0800',
  'Message-ID': '<m1@example.cn>',
  'MIME-Version': '1.0',
};

/** A mail of one text. */
export function textMail(text: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  return mailBytes({ ...usualHeaders, 'Content-Type': 'text/plain; charset=utf-8', ...headers }, text);
}

export function htmlMail(html: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  return textMail(html, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
}

/** A mail of parts; `kind` as `mixed` or `report; report-type=delivery-status`. */
export function multipartMail(kind: string, parts: readonly MadePart[], headers: Readonly<Record<string, string>> = {}): Buffer {
  const { type, body } = multipart(kind, parts);
  return mailBytes({ ...usualHeaders, 'Content-Type': type, ...headers }, body);
}

let boundaries = 0;

function multipart(kind: string, parts: readonly MadePart[]): { readonly type: string; readonly body: Buffer } {
  const boundary = `=_part_${++boundaries}`;
  const [subtype = '', ...parameters] = kind.split(';');
  const pieces = parts.map(({ headers, body }) => {
    const inner = Array.isArray(body) ? multipart(headers.kind ?? 'mixed', body) : null;
    const { kind: _, ...rest } = headers;
    const all = inner ? { ...rest, 'Content-Type': inner.type } : rest;
    return Buffer.concat([
      Buffer.from(`--${boundary}\r\n`),
      mailBytes(all, inner?.body ?? (body as Uint8Array | string)),
      Buffer.from('\r\n'),
    ]);
  });
  return {
    type: [`multipart/${subtype}`, ...parameters, ` boundary="${boundary}"`].join(';'),
    body: Buffer.concat([Buffer.from('A mail of several parts.\r\n'), ...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

export const plainPart = (text: string): MadePart => ({ headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: text });
export const htmlPart = (html: string): MadePart => ({ headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: html });

export function filePart(name: string, type: string, content: Uint8Array, headers: Readonly<Record<string, string>> = {}): MadePart {
  const body = Buffer.from(content)
    .toString('base64')
    .replaceAll(/(.{76})/g, '$1\n');
  return {
    headers: {
      'Content-Type': `${type}; name="${name}"`,
      'Content-Disposition': `attachment; filename="${name}"`,
      'Content-Transfer-Encoding': 'base64',
      ...headers,
    },
    body,
  };
}

const encoders = new Map<string, Map<string, readonly number[]>>();

/** Text as bytes of an old encoding, by asking the platform's decoder for each pair of bytes what it is. */
export function encodeAs(encoding: string, text: string): Buffer {
  if (encoding === 'iso-2022-jp') {
    return Buffer.from(
      text.replaceAll(/[^\0-\x7f]+/g, (run) => `\u001b$B${sevenBit(encodeAs('euc-jp', run))}\u001b(B`),
      'latin1',
    );
  }
  let encoder = encoders.get(encoding);
  if (!encoder) {
    encoder = new Map();
    const decoder = new TextDecoder(encoding, { fatal: true });
    const learn = (...bytes: number[]) => {
      try {
        const letter = decoder.decode(Uint8Array.from(bytes));
        if ([...letter].length === 1 && !encoder?.has(letter)) encoder?.set(letter, bytes);
      } catch {
        // Not a character of that encoding.
      }
    };
    for (let byte = 0; byte < 256; byte++) learn(byte);
    for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) learn(lead, trail);
    encoders.set(encoding, encoder);
  }
  return Buffer.from(
    [...text].flatMap((letter) => {
      const bytes = encoder.get(letter);
      if (!bytes) throw new Error(`${encoding} has no ${letter}`);
      return [...bytes];
    }),
  );
}

const sevenBit = (bytes: Buffer) => String.fromCharCode(...bytes.map((byte) => byte & 0x7f));

/** An encoded word (RFC 2047). */
export const encodedWord = (label: string, bytes: Uint8Array) => `=?${label}?B?${Buffer.from(bytes).toString('base64')}?=`;
