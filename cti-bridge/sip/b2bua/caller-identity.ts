import type { NameAddr, ReceivedRequest } from '../message/index.ts';
import { headerValues, parseNameAddr, parseUri } from '../message/index.ts';

export interface CallerIdentity {
  readonly user: string | null;
  readonly displayName: string | null;
}

const withheld: CallerIdentity = { user: null, displayName: null };

/**
 * Who calls, as a trusted trunk tells it: P-Asserted-Identity (RFC 3325), else From. Withheld when the caller asked for privacy (RFC 3323
 * `id`, `user`, `header`), or hides behind `anonymous.invalid` and the network asserts nobody.
 */
export function callerIdentity(request: ReceivedRequest): CallerIdentity {
  const privacy = headerValues(request, 'Privacy').flatMap((value) => value.toLowerCase().split(/[\s;]+/));
  if (privacy.some((kind) => kind === 'id' || kind === 'user' || kind === 'header')) return withheld;
  for (const value of headerValues(request, 'P-Asserted-Identity')) {
    const address = parseNameAddr(value);
    const identity = address.ok ? identityOf(address.value) : withheld;
    if (identity.user !== null) return identity;
  }
  return identityOf(request.from);
}

function identityOf({ uri, displayName }: NameAddr): CallerIdentity {
  const parsed = parseUri(uri);
  if (!parsed.ok || parsed.value.user === null || parsed.value.user === '') return withheld;
  if (parsed.value.host === 'anonymous.invalid' || /^(anonymous|unknown|unavailable|restricted)$/i.test(parsed.value.user)) return withheld;
  return { user: parsed.value.user, displayName: displayName === '' ? null : displayName };
}
