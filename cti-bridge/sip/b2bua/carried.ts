import type { Carried } from '../api.ts';
import type { Header } from '../message/index.ts';
import { encodeUser, formatNameAddr, parseNameAddr, parseUri } from '../message/index.ts';
import type { ShownIdentity } from './caller-identity.ts';
import { diversionHeaders } from './diversion.ts';

/** RFC 3261 §8.1.1.6. */
const firstHops = 70;

export const maxForwardsOf = ({ maxForwards = firstHops }: Partial<Pick<Carried, 'maxForwards'>>): Header => ({
  name: 'Max-Forwards',
  value: String(Math.max(0, maxForwards)),
});

/**
 * What goes with a call that another one causes: who asked for it (RFC 3892), what the callers say to each other (RFC 7433), and whom it was
 * for before. Of somebody who wants to be withheld a far side that is not trusted learns none of it (RFC 3323): all of it names people.
 */
export function carriedHeaders(
  carried: Carried | undefined,
  { isWithheld = false, isTrusted = false }: Pick<ShownIdentity, 'isWithheld' | 'isTrusted'>,
  domain: string,
  target: string,
): readonly Header[] {
  const own = carried?.ownUserToUser === undefined ? [] : [{ name: 'User-to-User', value: carried.ownUserToUser }];
  if (!carried || (isWithheld && !isTrusted)) return own;
  const referredBy = carried.referredBy === null ? null : ownUri(carried.referredBy, domain);
  const diverted = carried.divertedBy === null ? [] : [`sip:${encodeUser(carried.divertedBy)}@${domain}`];
  return [
    ...(referredBy === null ? [] : [{ name: 'Referred-By', value: formatNameAddr(null, referredBy) }]),
    ...(carried.userToUser === null || own.length > 0 ? own : [{ name: 'User-to-User', value: carried.userToUser }]),
    ...diversionHeaders([...diverted, ...carried.diversion], target, diverted.length > 0),
  ];
}

/** Whoever asked is named as one of our house: where their phone is in it is nobody's business outside. */
function ownUri(referredBy: string, domain: string): string | null {
  const address = parseNameAddr(referredBy);
  const uri = address.ok ? parseUri(address.value.uri) : null;
  return uri?.ok && uri.value.user ? `sip:${encodeUser(uri.value.user)}@${domain}` : null;
}
