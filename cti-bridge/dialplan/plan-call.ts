import { type CallingLimits, plainCallingRule, plainOrganisationCalling } from '../../shared/contracts/calling.ts';
import type { Configuration, TrunkConfiguration } from '../../shared/contracts/configuration.ts';
import { type CallerNumbers, shownNumber } from './caller-id.ts';
import type { CallingMeterCounts } from './calling-meter.ts';
import { chooseTrunks, type TrunkCondition } from './choose-trunks.ts';
import { type OutsideNumber, readOutsideNumber } from './outside-number.ts';
import { type CallRefusal, judgeCall } from './permission.ts';
import { writeNumber } from './write-number.ts';

/** One way to the called: what is dialled on which trunk, and what they are shown, both as that trunk writes numbers. */
export interface PlannedRoute {
  readonly trunkId: string;
  readonly number: string;
  /** Null: withheld, or no number is known. */
  readonly shown: string | null;
  readonly isWithheld: boolean;
}

export type CallPlan =
  | { readonly ok: true; readonly number: OutsideNumber; readonly routes: readonly PlannedRoute[] }
  | { readonly ok: false; readonly why: CallRefusal };

export interface CallWish {
  readonly dialled: string;
  /** Extensions, which may look like service numbers. */
  readonly ownLines: readonly string[];
  /** The role's rules; undefined: what is usual. Null: our own promise to a customer (a call back), which no rule of a role stands against. */
  readonly limits: CallingLimits | undefined | null;
  readonly from: CallerNumbers;
  readonly counts: CallingMeterCounts;
  /** On the clock of the conditions. */
  readonly now: number;
}

const anybody: CallingLimits = { allowed: ['*'], blocked: [], premium: false, callsPerHour: null };

/** Everything between a wish to call and the INVITE: read, judged, routed, written. */
export function planCall(
  wish: CallWish,
  { organisation, trunks }: Pick<Configuration, 'organisation' | 'trunks'>,
  conditions: ReadonlyMap<string, TrunkCondition>,
  random: () => number,
): CallPlan {
  const { homeCountry } = organisation;
  const number = readOutsideNumber(wish.dialled, organisation);
  const isOwnLine = number?.kind === 'service' && wish.ownLines.includes(number.digits);
  if (!number || isOwnLine) return { ok: false, why: 'notANumber' };
  const why = judgeCall({
    number,
    homeCountry,
    limits: wish.limits === null ? anybody : (wish.limits ?? plainCallingRule),
    organisation: organisation.calling ?? plainOrganisationCalling,
    counts: wish.counts,
  });
  if (why !== null) return { ok: false, why };
  const ways = chooseTrunks(trunks, conditions, { number, homeCountry, now: wish.now }, random);
  const routes = ways.map((trunk) => routeOf(trunk, number, wish.from, organisation));
  return routes.length === 0 ? { ok: false, why: 'noTrunk' } : { ok: true, number, routes };
}

function routeOf(
  trunk: TrunkConfiguration,
  number: OutsideNumber,
  from: CallerNumbers,
  organisation: Configuration['organisation'],
): PlannedRoute {
  const { homeCountry } = organisation;
  const shown = shownNumber(trunk, from, number.kind === 'emergency');
  const own = shown === null ? null : readOutsideNumber(shown, organisation);
  return {
    trunkId: trunk.id,
    number: writeNumber(number, trunk.numbersOut, homeCountry),
    // What is put before numbers that are dialled (an outside line, a carrier) is no part of our own number.
    shown: own === null ? shown : writeNumber(own, { ...trunk.numbersOut, strip: 0, prefix: '' }, homeCountry),
    isWithheld: shown === null && trunk.callerId.shows === 'withheld',
  };
}
