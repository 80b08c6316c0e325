import type { Header, ReceivedRequest } from '../message/index.ts';
import { headerOf, headerTokens } from '../message/index.ts';

/** RFC 4028 §4: nobody may ask for less. */
const smallestSeconds = 90;

export type SessionInterval =
  /** No session timer: none asked for, or one we do not take part in. */
  | { readonly kind: 'none' }
  | { readonly kind: 'tooSmall'; readonly headers: readonly Header[] }
  /** The far side refreshes. Without a refresh by `endsAfterMs` the call is over (RFC 4028 §10). */
  | { readonly kind: 'watched'; readonly endsAfterMs: number; readonly headers: readonly Header[] };

/**
 * What to make of the Session-Expires of an INVITE or UPDATE (RFC 4028 §9). We only take the part of the watcher: the far side refreshes when
 * it offers to, or leaves it open. Where it wants *us* to refresh, the 2xx carries no Session-Expires, which means there is no timer.
 */
export function readSessionInterval(request: ReceivedRequest): SessionInterval {
  const match = /^(\d{1,9})\s*(?:;(.*))?$/.exec(headerOf(request, 'Session-Expires') ?? '');
  if (!match) return { kind: 'none' };
  const supportsTimer = headerTokens(request, 'Supported').includes('timer') || headerTokens(request, 'Require').includes('timer');
  if (!supportsTimer || /refresher\s*=\s*uas/i.test(match[2] ?? '')) return { kind: 'none' };
  const seconds = Number(match[1]);
  if (seconds < smallestSeconds) return { kind: 'tooSmall', headers: [{ name: 'Min-SE', value: String(smallestSeconds) }] };
  return {
    kind: 'watched',
    // Not sooner than a refresh may be late, not later than the far side would give up itself.
    endsAfterMs: (seconds - Math.min(32, Math.floor(seconds / 3))) * 1_000,
    headers: [
      { name: 'Session-Expires', value: `${seconds};refresher=uac` },
      { name: 'Require', value: 'timer' },
    ],
  };
}
