import type { LegSnapshot } from '../../../sip/index.ts';
import type { KnownOfCall } from './restored-leg.ts';

/** What is written of a call for a bridge after a crash. The number says how it is written: another version's is not read. */
export interface StoredLegs {
  readonly version: 1;
  readonly callId: string;
  /** Epoch ms. */
  readonly receivedAt: number;
  readonly known: KnownOfCall;
  readonly customer: LegSnapshot;
  /** Phones that were in it with the customer; first the one who talks to them. */
  readonly parties: readonly LegSnapshot[];
}

/** Null for what is not ours, or another version's. */
export function readStoredLegs(text: string): StoredLegs | null {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && 'version' in read && read.version === 1 ? (read as StoredLegs) : null;
  } catch {
    return null; // a torn row: the call is closed like any other of before
  }
}

/**
 * The desk phone that talked to the customer, whose dialog needs no new registration and goes on; and the others. A desktop's phone is made
 * anew with the log-in.
 */
export function deskPhoneOf({ parties }: StoredLegs): {
  readonly kept: { readonly extension: string; readonly leg: LegSnapshot } | null;
  readonly others: readonly LegSnapshot[];
} {
  const [first, ...others] = parties;
  const { transport } = first?.flow ?? { transport: 'WS' };
  if (!first || first.extension === null || transport === 'WS' || transport === 'WSS') return { kept: null, others: parties };
  return { kept: { extension: first.extension, leg: first }, others };
}
