import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';

/** As much of a session description (RFC 8866) as answering needs; attributes are kept as they came. */
export interface SessionDescription {
  readonly connection: Connection | null;
  readonly attributes: readonly Attribute[];
  readonly media: readonly MediaDescription[];
}

export interface MediaDescription {
  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly connection: Connection | null;
  readonly attributes: readonly Attribute[];
}

export interface Connection {
  readonly family: 'IP4' | 'IP6';
  readonly address: string;
}

/** `a=name:value`; a property attribute has the empty value. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
}

const maxLength = 64 * 1024;
const maxLines = 1000;
/** There are 128 payload types (RFC 3550 section 5.1). */
const maxFormats = 128;

/** Never throws: a peer may send anything. */
export function parseSdp(text: string): Result<SessionDescription, string> {
  if (text.length > maxLength) return err('too long');
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line !== '');
  if (lines.length > maxLines) return err('too many lines');
  if (lines[0] !== 'v=0') return err('does not begin with v=0');
  const session: { connection: Connection | null; attributes: Attribute[] } = { connection: null, attributes: [] };
  const media: (Omit<MediaDescription, 'connection'> & { connection: Connection | null; attributes: Attribute[] })[] = [];
  let current: { connection: Connection | null; attributes: Attribute[] } = session;
  for (const line of lines) {
    if (line[1] !== '=') return err(`not a field: ${line.slice(0, 40)}`);
    const value = line.slice(2);
    if (line[0] === 'm') {
      const parsed = parseMediaLine(value);
      if (!parsed) return err(`bad media line: ${value.slice(0, 40)}`);
      media.push({ ...parsed, connection: null, attributes: [] });
      current = media.at(-1) ?? session;
    } else if (line[0] === 'c') {
      const [, family, address] = /^IN (IP4|IP6) ([^\s/]+)/.exec(value) ?? [];
      if (!family || !address) return err(`bad connection: ${value.slice(0, 40)}`);
      current.connection = { family: family === 'IP4' ? 'IP4' : 'IP6', address };
    } else if (line[0] === 'a') {
      const colon = value.indexOf(':');
      current.attributes.push(colon < 0 ? { name: value, value: '' } : { name: value.slice(0, colon), value: value.slice(colon + 1) });
    }
  }
  return ok({ connection: session.connection, attributes: session.attributes, media });
}

function parseMediaLine(value: string): Pick<MediaDescription, 'kind' | 'port' | 'protocol' | 'formats'> | null {
  const [kind, port, protocol, ...formats] = value.trim().split(/\s+/);
  const number = /^\d{1,5}(\/\d+)?$/.test(port ?? '') ? Number.parseInt(port ?? '', 10) : -1;
  if (!kind || !protocol || number < 0 || number > 65535 || formats.length === 0 || formats.length > maxFormats) return null;
  return { kind, port: number, protocol, formats };
}

export function attributeValues(attributes: readonly Attribute[], name: string): string[] {
  return attributes.filter((attribute) => attribute.name === name).map((attribute) => attribute.value);
}
