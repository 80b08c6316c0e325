import type { CandidateReason, Certainty } from '../../../shared/contracts/screen-pop.ts';
import { days } from '../../../shared/duration.ts';
import { doesNameFit } from '../names/similar-names.ts';

/** What somebody arrives with. */
export interface Arrival {
  readonly kind: 'phone' | 'email' | 'chatVisitor';
  /** The key under which it is stored; null where they arrive with nothing that could be looked up. */
  readonly key: string | null;
  /** They keep to themselves who they are. */
  readonly isAnonymous: boolean;
  /** The name that was sent along; never trusted as identity. */
  readonly presentedName: string | null;
  /** What they typed in the menu that may be a customer number or a membership. */
  readonly entered: readonly string[];
}

/** One reason in the record to think of somebody: a card that has the identifier, or belongs to the company or household that has it. */
export interface Claim {
  readonly headId: string;
  readonly cardId: string;
  readonly name: string;
  /** By what they arrived with, or by what they typed in the menu. */
  readonly by: 'arrival' | 'entered';
  readonly isVerified: boolean;
  readonly isShared: boolean;
  readonly lastUsedAt: number | null;
  /** Set where the identifier is the company's or household's and not the person's. */
  readonly throughAccount: { readonly name: string; readonly kind: string } | null;
}

export interface ResolvedCandidate {
  readonly headId: string;
  /** The card that has the identifier; null where only their company has it. */
  readonly cardId: string | null;
  readonly lastUsedAt: number | null;
  readonly confidence: number;
  readonly reasons: readonly CandidateReason[];
}

export type Resolution =
  | { readonly kind: 'certain'; readonly headId: string; readonly cardId: string; readonly reason: Certainty }
  | { readonly kind: 'candidates'; readonly candidates: readonly ResolvedCandidate[]; readonly suggestShared: boolean }
  | { readonly kind: 'unknown' };

/** What each reason adds; the sum is the confidence, and never all of it: nobody but the agent can be sure. */
export const candidatePoints = { enteredId: 50, nameGiven: 25, verified: 10, ownLine: 10, sharedLine: 0, severalHave: 0 } as const;
/** Recent use, by how long ago it was at most. */
const recentPoints = [
  { within: days(1), points: 20 },
  { within: days(7), points: 16 },
  { within: days(30), points: 12 },
  { within: days(365), points: 6 },
] as const;
const mostConfidence = 95;
export const mostCandidates = 9;

/**
 * Who it is. The same claims give the same answer in whatever order they were stored or read.
 *
 *   typed in the menu, of one person, and what they arrived with says nothing else   certain: enteredId
 *   what they arrived with is one person's own, and the menu says nothing else      certain: numberOnFile, verifiedEmail, ...
 *   several have it, or a company or household has it, or the two disagree          candidates
 *   nobody has it                                                                   unknown
 */
export function resolve(arrival: Arrival, claims: readonly Claim[], at: number): Resolution {
  const byArrival = Map.groupBy(
    claims.filter((claim) => claim.by === 'arrival'),
    (claim) => claim.headId,
  );
  const byEntered = Map.groupBy(
    claims.filter((claim) => claim.by === 'entered'),
    (claim) => claim.headId,
  );
  const certain = fromMenu(byArrival, byEntered) ?? fromArrival(arrival, byArrival, byEntered);
  if (certain) return certain;

  const headIds = [...new Set([...byArrival.keys(), ...byEntered.keys()])];
  if (headIds.length === 0) return { kind: 'unknown' };
  const candidates = headIds
    .map((headId) =>
      candidateOf(headId, byArrival.get(headId) ?? [], byEntered.get(headId) ?? [], { arrival, holders: byArrival.size, at }),
    )
    .sort(byLikelihood)
    .slice(0, mostCandidates);
  const owners = [...byArrival.values()].filter((own) => own.some(isOwn));
  return { kind: 'candidates', candidates, suggestShared: owners.length > 1 };
}

type ByHead = ReadonlyMap<string, readonly Claim[]>;

/** The menu decides where it names one person: by a number of theirs, or by their company's number among those who may be calling. */
function fromMenu(byArrival: ByHead, byEntered: ByHead): Extract<Resolution, { kind: 'certain' }> | null {
  const both = [...byEntered.keys()].filter((headId) => byArrival.has(headId));
  const named = byEntered.size === 1 && byArrival.size === 0 ? [...byEntered.keys()] : both;
  const [headId] = named;
  if (named.length !== 1 || headId === undefined) return null;
  const claims = byEntered.get(headId) ?? [];
  // A company's number alone, without a line of theirs, names the company and not who is speaking.
  if (byArrival.size === 0 && !claims.some(isOwn)) return null;
  const cardId = cardOf(byArrival.get(headId) ?? []) ?? cardOf(claims);
  return cardId === null ? null : { kind: 'certain', headId, cardId, reason: 'enteredId' };
}

function fromArrival(arrival: Arrival, byArrival: ByHead, byEntered: ByHead): Extract<Resolution, { kind: 'certain' }> | null {
  const [first, ...others] = byArrival;
  if (!first || others.length > 0 || byEntered.size > 0) return null;
  const [headId, claims] = first;
  const own = claims.filter(isOwn);
  const cardId = cardOf(own);
  if (cardId === null || own.length < claims.length) return null;
  return { kind: 'certain', headId, cardId, reason: certaintyOf[arrival.kind][own.some((claim) => claim.isVerified) ? 1 : 0] };
}

/** Without and with somebody having made sure. */
const certaintyOf: Readonly<Record<Arrival['kind'], readonly [Certainty, Certainty]>> = {
  phone: ['numberOnFile', 'verifiedNumber'],
  email: ['emailOnFile', 'verifiedEmail'],
  chatVisitor: ['visitorKnown', 'visitorKnown'],
};

const isOwn = (claim: Claim) => !claim.isShared && claim.throughAccount === null;

/** The card that has it itself, rather its own than shared; of several the one that used it last, then the least id. */
function cardOf(claims: readonly Claim[]): string | null {
  const [best] = claims
    .filter((claim) => claim.throughAccount === null)
    .sort(
      (one, other) =>
        Number(isOwn(other)) - Number(isOwn(one)) ||
        (other.lastUsedAt ?? 0) - (one.lastUsedAt ?? 0) ||
        (one.cardId < other.cardId ? -1 : Number(one.cardId > other.cardId)),
    );
  return best?.cardId ?? null;
}

function candidateOf(
  headId: string,
  arrived: readonly Claim[],
  entered: readonly Claim[],
  { arrival, holders, at }: { readonly arrival: Arrival; readonly holders: number; readonly at: number },
): ResolvedCandidate {
  const claims = [...arrived, ...entered];
  const used = arrived.flatMap((claim) => claim.lastUsedAt ?? []);
  const lastUsedAt = used.length > 0 ? Math.max(...used) : null;
  const reasons: CandidateReason[] = [];
  const add = (code: CandidateReason['code'], points: number, facts: CandidateReason['facts'] = {}) => {
    reasons.push({ code, points, facts });
  };

  if (entered.length > 0) {
    const account = entered.every((claim) => claim.throughAccount)
      ? least(entered.flatMap((claim) => claim.throughAccount?.name ?? []))
      : null;
    add('enteredId', candidatePoints.enteredId, account === null ? {} : { account });
  }
  const { presentedName } = arrival;
  const fitting = presentedName === null ? null : least(claims.flatMap(({ name }) => (doesNameFit(presentedName, name) ? name : [])));
  if (fitting !== null) add('nameGiven', candidatePoints.nameGiven, { name: fitting });
  const recent = lastUsedAt === null ? undefined : recentPoints.find(({ within }) => at - lastUsedAt <= within);
  if (lastUsedAt !== null) add('recentUse', recent?.points ?? 0, { at: lastUsedAt });
  if (arrived.some((claim) => claim.isVerified && claim.throughAccount === null)) add('verified', candidatePoints.verified);
  if (arrived.some(isOwn)) add('ownLine', candidatePoints.ownLine);
  else if (arrived.length > 0) add('sharedLine', candidatePoints.sharedLine, lineFacts(arrived));
  if (holders > 1 && arrived.length > 0) add('severalHave', candidatePoints.severalHave, { count: holders });

  const sum = reasons.reduce((points, reason) => points + reason.points, 0);
  return { headId, cardId: cardOf(arrived) ?? cardOf(entered), lastUsedAt, confidence: Math.min(mostConfidence, sum), reasons };
}

function lineFacts(arrived: readonly Claim[]): CandidateReason['facts'] {
  const accounts = arrived.flatMap((claim) => claim.throughAccount ?? []).sort((one, other) => (one.name < other.name ? -1 : 1));
  const [account] = accounts;
  return account ? { account: account.name, kind: account.kind } : {};
}

function least(texts: readonly string[]): string | null {
  return [...texts].sort()[0] ?? null;
}

function byLikelihood(one: ResolvedCandidate, other: ResolvedCandidate): number {
  return other.confidence - one.confidence || (other.lastUsedAt ?? -1) - (one.lastUsedAt ?? -1) || (one.headId < other.headId ? -1 : 1);
}
