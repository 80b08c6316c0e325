import type { Carried, IncomingLeg } from '../../sip/index.ts';
import { isOutbound } from './outbound-leg.ts';

/** What goes from a call onto a number that is called into it. A call that we made is nobody's that we could give away. */
export function carriedFrom(leg: IncomingLeg, referredBy: string | null): Carried {
  return {
    maxForwards: Math.max(0, leg.hopsLeft - 1),
    divertedBy: isOutbound(leg) || leg.dialled === '' ? null : leg.dialled,
    diversion: leg.diversion,
    referredBy: referredBy ?? leg.header('Referred-By') ?? null,
    userToUser: leg.header('User-to-User') ?? null,
  };
}
