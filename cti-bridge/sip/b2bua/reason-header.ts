import type { Header } from '../message/index.ts';
import { headerValues, parseParams, quote, unquote } from '../message/index.ts';

export interface Reason {
  readonly protocol: 'SIP' | 'Q.850';
  readonly cause: number;
  readonly text: string;
}

/** RFC 3326. */
export const reasonHeader = ({ protocol, cause, text }: Reason): Header => ({
  name: 'Reason',
  value: `${protocol};cause=${Math.trunc(cause)};text=${quote(text)}`,
});

/** The text of the first Reason that has one, else its protocol and cause; null without a Reason. */
export function reasonText(message: { readonly headers: readonly Header[] }): string | null {
  for (const value of headerValues(message, 'Reason')) {
    const semicolon = value.indexOf(';');
    if (semicolon < 0) continue;
    const params = parseParams(value.slice(semicolon + 1));
    if (!params.ok) continue;
    const text = params.value.get('text');
    if (text) return unquote(text);
    const cause = params.value.get('cause');
    if (cause) return `${value.slice(0, semicolon).trim()} ${cause}`;
  }
  return null;
}
