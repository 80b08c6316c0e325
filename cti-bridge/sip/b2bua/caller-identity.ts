import type { Header, NameAddr, ReceivedRequest } from '../message/index.ts';
import { encodeUser, formatNameAddr, headerValues, parseNameAddr, parseUri } from '../message/index.ts';

export interface CallerIdentity {
  readonly user: string | null;
  readonly displayName: string | null;
}

const withheld: CallerIdentity = { user: null, displayName: null };

/** Kinds of privacy that are asked for (RFC 3323 §4.2), lower case. */
export const privacyOf = (request: { readonly headers: readonly Header[] }): ReadonlySet<string> =>
  new Set(headerValues(request, 'Privacy').flatMap((value) => value.toLowerCase().split(/[\s;]+/)));

/**
 * Who calls: P-Asserted-Identity (RFC 3325) where it comes from somebody we trust with it, else From. Withheld when the caller asked for privacy
 * (RFC 3323 `id`, `user`, `header`), or hides behind `anonymous.invalid` and the network asserts nobody.
 */
export function callerIdentity(request: ReceivedRequest, isTrusted: boolean): CallerIdentity {
  const privacy = privacyOf(request);
  if (['id', 'user', 'header'].some((kind) => privacy.has(kind))) return withheld;
  for (const value of isTrusted ? headerValues(request, 'P-Asserted-Identity') : []) {
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

export interface ShownIdentity {
  readonly user: string;
  readonly displayName: string;
  /** Who answers the call must not see it. */
  readonly isWithheld?: boolean;
  /** The far side is of the network that we assert identities to (RFC 3325 §7): nobody else gets one. */
  readonly isTrusted?: boolean;
}

/** From and its neighbours of a call of ours. A withheld number is told to a trusted far side only, which keeps it from others (`Privacy: id`). */
export function identityHeaders(
  { user, displayName, isWithheld = false, isTrusted = false }: ShownIdentity,
  domain: string,
  tag: string,
): readonly Header[] {
  const uri = `sip:${encodeUser(user)}@${domain}`;
  const from = isWithheld ? formatNameAddr('Anonymous', 'sip:anonymous@anonymous.invalid', tag) : formatNameAddr(displayName, uri, tag);
  const headers: Header[] = [{ name: 'From', value: from }];
  if (isTrusted) headers.push({ name: 'P-Asserted-Identity', value: formatNameAddr(displayName, uri) });
  if (isWithheld) headers.push({ name: 'Privacy', value: 'id' });
  return headers;
}
