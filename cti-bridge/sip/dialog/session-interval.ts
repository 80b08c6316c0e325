import type { Header, ReceivedRequest, ReceivedResponse } from '../message/index.ts';
import { headerOf, headerTokens } from '../message/index.ts';

/** RFC 4028 §4: nobody may ask for less. */
const smallestSeconds = 90;
/** What we ask for ourselves (RFC 4028 §4 recommends it). */
const usualSeconds = 1_800;

export interface AgreedInterval {
  readonly seconds: number;
  readonly isOursToRefresh: boolean;
}

export type SessionInterval =
  /** No session timer: the far side knows none and asks for none. */
  | { readonly kind: 'none' }
  | { readonly kind: 'tooSmall'; readonly headers: readonly Header[] }
  /** `headers` go into the 2xx. */
  | { readonly kind: 'agreed'; readonly agreed: AgreedInterval; readonly headers: readonly Header[] };

interface Asked {
  readonly seconds: number;
  readonly refresher: 'uac' | 'uas' | null;
}

function readSessionExpires(message: { readonly headers: readonly Header[] }): Asked | null {
  const match = /^(\d{1,9})\s*(?:;(.*))?$/.exec(headerOf(message, 'Session-Expires') ?? '');
  if (!match) return null;
  const refresher = /(?:^|;)\s*refresher\s*=\s*(uac|uas)\s*(?:;|$)/i.exec(match[2] ?? '')?.[1]?.toLowerCase();
  return { seconds: Number(match[1]), refresher: (refresher as 'uac' | 'uas' | undefined) ?? null };
}

/** Smallest interval that somebody on the way of this message accepts. */
export function minSeconds(message: { readonly headers: readonly Header[] }): number {
  const match = /^(\d{1,9})/.exec(headerOf(message, 'Min-SE') ?? '');
  return Math.max(smallestSeconds, Number(match?.[1] ?? 0));
}

/**
 * What we, the UAS, make of an INVITE or UPDATE (RFC 4028 §9). The far side's wish counts: for the interval, and for who refreshes. Where it
 * leaves that open, the far side does, since it asked. A far side that knows timers but asks for none gets one that we refresh; one that
 * knows none is only refreshed when a proxy on the way asked (the table of §9).
 */
export function readSessionInterval(request: ReceivedRequest): SessionInterval {
  const knowsTimers = headerTokens(request, 'Supported').includes('timer') || headerTokens(request, 'Require').includes('timer');
  const asked = readSessionExpires(request);
  if (!asked && !knowsTimers) return { kind: 'none' };
  const seconds = asked?.seconds ?? Math.max(usualSeconds, minSeconds(request));
  if (seconds < smallestSeconds) return { kind: 'tooSmall', headers: [{ name: 'Min-SE', value: String(smallestSeconds) }] };
  const isOursToRefresh = !knowsTimers || !asked || asked.refresher === 'uas';
  const headers: Header[] = [{ name: 'Session-Expires', value: `${seconds};refresher=${isOursToRefresh ? 'uas' : 'uac'}` }];
  // Only who refreshes itself must be told that it has to (RFC 4028 §9).
  if (!isOursToRefresh) headers.push({ name: 'Require', value: 'timer' });
  return { kind: 'agreed', agreed: { seconds, isOursToRefresh }, headers };
}

/** What was agreed by a 2xx to a request of ours (RFC 4028 §7.2). Null: the far side knows no timers, and there is none. */
export function readAgreedInterval(response: ReceivedResponse): AgreedInterval | null {
  const asked = readSessionExpires(response);
  if (!asked || asked.seconds < smallestSeconds) return null;
  return { seconds: asked.seconds, isOursToRefresh: asked.refresher !== 'uas' };
}

/** Headers of a request of ours that begins or refreshes a session. `refresher` null: whoever answers may choose. */
export function sessionExpiresHeaders(
  { seconds, minimum, refresher }: { readonly seconds: number; readonly minimum: number; readonly refresher: 'uac' | 'uas' | null } = {
    seconds: usualSeconds,
    minimum: smallestSeconds,
    refresher: null,
  },
): readonly Header[] {
  const interval = Math.max(seconds, minimum);
  return [
    { name: 'Session-Expires', value: refresher === null ? String(interval) : `${interval};refresher=${refresher}` },
    { name: 'Min-SE', value: String(Math.max(minimum, smallestSeconds)) },
  ];
}
