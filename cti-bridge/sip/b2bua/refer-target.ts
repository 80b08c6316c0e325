import type { ReplacedDialog } from '../api.ts';
import { formatReplaces, parseReplaces } from '../dialog/index.ts';
import { parseNameAddr, parseUri } from '../message/index.ts';

export interface ReferTarget {
  /** Without what came after `?`. */
  readonly uri: string;
  readonly user: string;
  readonly replaces: ReplacedDialog | null;
}

/**
 * Refer-To (RFC 3515 §2.1): whom to call, and in its headers which call of theirs to take over (RFC 3891). Null for what cannot be called:
 * another scheme, another method than INVITE, or a Replaces that cannot be read, because without it the call would be another than meant.
 */
export function parseReferTo(value: string): ReferTarget | null {
  const address = parseNameAddr(value);
  // Some phones write the URI with its headers and no brackets.
  const whole = address.ok ? address.value.uri : /^sips?:[^\s<>"]+$/i.test(value.trim()) ? value.trim() : null;
  if (whole === null) return null;
  const question = whole.indexOf('?');
  const uri = question < 0 ? whole : whole.slice(0, question);
  const parsed = parseUri(uri);
  if (!parsed.ok || parsed.value.user === null || parsed.value.user === '') return null;
  const method = parsed.value.params.get('method');
  if (method && method.toUpperCase() !== 'INVITE') return null;
  let replaces: ReplacedDialog | null = null;
  for (const header of question < 0 ? [] : whole.slice(question + 1).split('&')) {
    const equals = header.indexOf('=');
    if (header.slice(0, equals).toLowerCase() !== 'replaces') continue;
    replaces = parseReplaces(unescaped(header.slice(equals + 1)));
    if (!replaces) return null;
  }
  return { uri, user: parsed.value.user, replaces };
}

export const formatReferTo = (uri: string, replaces: ReplacedDialog | null): string =>
  replaces ? `<${uri}?Replaces=${encodeURIComponent(formatReplaces(replaces))}>` : `<${uri}>`;

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
