import type { Carried } from '../api.ts';
import type { Credentials } from '../auth/index.ts';

/** A trunk as it is set up. */
export interface TrunkLine {
  readonly trunkId: string;
  /** A name or a literal address. */
  readonly host: string;
  /** With 5060, or 5061 for TLS, SRV records of the name are asked for, as if no port had been given (RFC 3263 §4.2). */
  readonly port: number;
  readonly transport: 'UDP' | 'TCP' | 'TLS';
  readonly credentials: Credentials | null;
  /** Needs credentials. Registrar null: the host. */
  readonly register: { readonly registrar: string | null; readonly expiresSeconds: number } | null;
  readonly takesCallsIn: boolean;
  /** Addresses that call in through it, beside where its calls go. */
  readonly sources: readonly string[];
  /** Null: never asked, and taken to be there. */
  readonly pingSeconds: number | null;
  /**
   * False: not of the network that asserts identities (RFC 3325 §5 and §7). What it says in P-Asserted-Identity is not believed, and it is
   * told none; a withheld number stays in our house.
   */
  readonly trustsIdentity?: boolean;
  /** Calls at once, both ways, beyond which a call in is refused; null: as many as come. */
  readonly maxChannels?: number | null;
}

/** How a trunk is now. Times are monotonic ms. */
export interface TrunkState {
  readonly trunkId: string;
  /** Null before anything is known. */
  readonly isUp: boolean | null;
  readonly registration: 'none' | 'trying' | 'registered' | 'failed';
  readonly callsNow: number;
  /** Calls in that were refused because as many were up as there may be. */
  readonly refusedFull: number;
  /** It asked for rest until then (Retry-After). */
  readonly restsUntil: number | null;
  /** What is wrong, in words for the health page; null when nothing is. */
  readonly problem: string | null;
}

/** One way to the called. Its number and ours stand there as this trunk wants them. */
export interface TrunkRoute {
  readonly trunkId: string;
  readonly number: string;
  /** Null: the trunk shows what it has for us. */
  readonly shown: string | null;
  readonly isWithheld: boolean;
  readonly offer: string;
}

export interface TrunkDial {
  /** Tried one after another until one takes the call or says that the called cannot be had. */
  readonly routes: readonly TrunkRoute[];
  /** A route is tried. */
  readonly onRoute?: (trunkId: string) => void;
  readonly carried?: Carried | undefined;
}
