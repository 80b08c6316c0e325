import { withoutKeys } from '../../../media/index.ts';
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
  /** Phones that were in it with the customer. */
  readonly parties: readonly LegSnapshot[];
}

/** Keys die with the worker: a bridge that goes on with a call makes new ones, and needs to know only that there were some. */
export function storable(snapshot: LegSnapshot): LegSnapshot {
  const { localSdp, remoteSdp } = snapshot;
  return { ...snapshot, localSdp: localSdp && withoutKeys(localSdp), remoteSdp: remoteSdp && withoutKeys(remoteSdp) };
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

interface KeptPhone {
  readonly extension: string;
  readonly leg: LegSnapshot;
}

/** Desk phones, whose dialogs need no new registration and may go on; and the others. A desktop's phone is made anew with the log-in. */
export function deskPhonesOf({ parties }: StoredLegs): { readonly kept: readonly KeptPhone[]; readonly others: readonly LegSnapshot[] } {
  const kept = parties.flatMap((leg) => {
    const { extension, flow } = leg;
    return extension === null || flow.transport === 'WS' || flow.transport === 'WSS' ? [] : [{ extension, leg }];
  });
  const goOn = new Set(kept.map(({ leg }) => leg));
  return { kept, others: parties.filter((leg) => !goOn.has(leg)) };
}
