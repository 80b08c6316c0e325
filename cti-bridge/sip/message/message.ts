import type { CSeq } from './cseq.ts';
import type { NameAddr } from './name-addr.ts';
import type { Via } from './via.ts';

/** One header line, unfolded. The name is as received (never a compact form), the value verbatim, without surrounding white space. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

export interface SipRequest {
  readonly kind: 'request';
  readonly method: string;
  /** Verbatim; `parseUri` reads it. */
  readonly uri: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

export interface SipResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

export type SipMessage = SipRequest | SipResponse;

/** What every message must carry (RFC 3261 §8.1.1), read once by the parser. */
export interface Essentials {
  /** Topmost Via: ours on a response, the neighbour's on a request. */
  readonly via: Via;
  readonly from: NameAddr;
  readonly to: NameAddr;
  readonly fromTag: string | null;
  readonly toTag: string | null;
  readonly callId: string;
  readonly cseq: CSeq;
}

export type ReceivedRequest = SipRequest & Essentials;
export type ReceivedResponse = SipResponse & Essentials;
export type ReceivedMessage = ReceivedRequest | ReceivedResponse;
