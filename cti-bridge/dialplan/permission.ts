import { assertNever } from '../../shared/assert-never.ts';
import type { CallingLimits } from '../../shared/contracts/calling.ts';
import type { CallingMeterCounts } from './calling-meter.ts';
import type { OutsideNumber } from './outside-number.ts';
import { isWithin } from './ranges.ts';

/** Why a number is not called. The caps are those that a stolen password runs into, and raise an alarm. */
export type CallRefusal =
  | 'notANumber'
  | 'blocked'
  | 'notAllowed'
  | 'premium'
  | 'agentHourlyCap'
  | 'organisationHourlyCap'
  | 'tooManyAtOnce'
  | 'noTrunk';

export interface CallingCase {
  readonly number: OutsideNumber;
  readonly homeCountry: string;
  readonly limits: CallingLimits;
  readonly organisation: { readonly callsPerHour: number; readonly callsAtOnce: number };
  readonly counts: CallingMeterCounts;
}

/** Null when the call may be made. What the rules say comes before what the counts say: who may not at all need not wait. */
export function judgeCall({ number, homeCountry, limits, organisation, counts }: CallingCase): CallRefusal | null {
  switch (number.kind) {
    case 'emergency':
      return null;
    case 'service':
    case 'public':
      if (isWithin(limits.blocked, number, homeCountry)) return 'blocked';
      if (!isWithin(limits.allowed, number, homeCountry)) return 'notAllowed';
      if (number.kind === 'public' && number.isPremium && !limits.premium) return 'premium';
      break;
    default:
      assertNever(number);
  }
  if (limits.callsPerHour !== null && counts.agentLastHour >= limits.callsPerHour) return 'agentHourlyCap';
  if (counts.lastHour >= organisation.callsPerHour) return 'organisationHourlyCap';
  return counts.atOnce >= organisation.callsAtOnce ? 'tooManyAtOnce' : null;
}
