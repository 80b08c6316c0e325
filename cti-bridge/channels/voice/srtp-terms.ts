import { isProtected, type SrtpUse } from '../../media/index.ts';
import type { IncomingLeg, OutgoingLeg } from '../../sip/index.ts';

/** What is taken of somebody who calls, and what is offered to them. */
export interface SrtpTerms {
  readonly takes: SrtpUse;
  readonly offers: SrtpUse;
}

/** Who knows them: the configuration of trunks, and of desk phones by their extension. */
export interface SrtpRules {
  trunk(trunkId: string): SrtpTerms;
  phone(extension: string, isTls: boolean): SrtpTerms;
}

export const inClear: SrtpTerms = { takes: 'never', offers: 'never' };
export const allInClear: SrtpRules = { trunk: () => inClear, phone: () => inClear };

/** Whoever reads the signalling has the keys: they are offered over TLS alone, unless an administrator requires them all the same. */
export function srtpTermsOf(use: SrtpUse, isTls: boolean): SrtpTerms {
  return { takes: use, offers: use === 'offered' && !isTls ? 'never' : use };
}

/** For a call that comes in. What it is to be offered, when it comes without an offer, goes the way it came, which may not be TLS. */
export function srtpTaken({ phone, trunk, offer }: Pick<IncomingLeg, 'phone' | 'trunk' | 'offer'>, rules: SrtpRules): SrtpUse {
  const { takes } = phone === null ? rules.trunk(trunk) : rules.phone(phone, false);
  return offer === null && takes === 'offered' ? 'never' : takes;
}

/** One offer for several ways, each of which gets it with its keys or without: `required` only where every way requires it. */
export function offerFor(uses: readonly SrtpUse[]): SrtpUse {
  if (uses.every((use) => use === 'never')) return 'never';
  return uses.every((use) => use === 'required') ? 'required' : 'offered';
}

/**
 * How a call of ours went. RFC 3264 section 6: the answer has the protocol of the offer; who answers keys with sound in clear is hung up on,
 * since neither an administrator nor we agreed to that.
 */
export async function answeredInKind(leg: OutgoingLeg): ReturnType<() => OutgoingLeg['outcome']> {
  const outcome = await leg.outcome;
  const offered = outcome.ok ? (leg.snapshot()?.localSdp ?? null) : null;
  if (!outcome.ok || offered === null || !isProtected(offered) || isProtected(outcome.sdp)) return outcome;
  leg.hangUp({ protocol: 'SIP', cause: 488, text: 'Not Acceptable Here' });
  return { ok: false, end: { cause: 'rejected', by: 'local', status: 488, text: 'an answer in clear to an offer with keys' } };
}
