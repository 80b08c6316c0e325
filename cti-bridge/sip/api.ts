import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Disposable } from '../kernel/index.ts';
import type { DialogState } from './dialog/index.ts';
import type { ConnectionLimitsOptions, FlowTransport, Listener } from './transport/index.ts';
import type { SipTrunks } from './trunks/index.ts';

/** What the outside of this floor sees. Times are monotonic ms of the stack's clock. */

/** How a leg ended. `cause` names RFC 3261's ways: a BYE, a final response, silence, a closed flow, or our own doing. */
export interface LegEnd {
  readonly cause: 'bye' | 'cancel' | 'rejected' | 'timeout' | 'flowClosed' | 'noAck' | 'local' | 'protocolError';
  readonly by: 'remote' | 'local' | 'network';
  /** Final status where one was received or sent. */
  readonly status: number | null;
  /** Text of the Reason header (RFC 3326) or the status line. */
  readonly text: string | null;
}

/** A dialog as Replaces names it (RFC 3891): `toTag` is the tag of the one who is asked to give it up, `fromTag` that of its far side. */
export interface ReplacedDialog {
  readonly callId: string;
  readonly toTag: string;
  readonly fromTag: string;
  /** Only while it has not been answered. */
  readonly isEarlyOnly: boolean;
}

/**
 * The far side asks us to call somebody in its place (RFC 3515). Decide within 10 s, or it is refused with 500; then tell it how that goes:
 * 100 is told by `accept` itself, a final status ends the telling.
 */
export interface Refer {
  /** User part of Refer-To: a number, an extension. */
  readonly targetUser: string;
  /** Refer-To without the headers in it. */
  readonly targetUri: string;
  /** The call that is to be taken over: an attended transfer. */
  readonly replaces: ReplacedDialog | null;
  /** The leg of ours that `replaces` names; null without one, or when that call is none of ours or over. */
  readonly replacedLeg: CallLeg | null;
  /** Referred-By (RFC 3892), verbatim, for the INVITE that follows. */
  readonly referredBy: string | null;
  /** 202, and the first NOTIFY. */
  accept(): void;
  /** Accepts where that has not been done. After a final status nothing more is sent. */
  notify(status: number): void;
  refuse(status: number): void;
}

/** What a restarted bridge needs to go on with a confirmed leg: plain data, to be stored and given to `restoreLeg`. */
export interface LegSnapshot extends DialogState {
  readonly flow: { readonly transport: FlowTransport; readonly host: string; readonly port: number };
  /** Whose phone it is, for one that comes back on another connection. */
  readonly extension: string | null;
  readonly madeCallId: boolean;
  readonly localSdp: string | null;
  readonly remoteSdp: string | null;
  /** Methods the far side allows; null when it never said. */
  readonly remoteMethods: readonly string[] | null;
  readonly interval: { readonly seconds: number; readonly isOursToRefresh: boolean } | null;
}

/** How an offer of ours went; `sdp` is the answer. */
export type OfferOutcome<Answer = string> = { readonly ok: true; readonly sdp: Answer } | { readonly ok: false; readonly status: number };

/** What both kinds of legs can do once confirmed. SDP strings are opaque here. */
export interface CallLeg {
  readonly callId: string;
  /** Our tag, which no other leg has: two legs with the same one are the same. Empty before there is a leg on the wire. */
  readonly localTag: string;
  /** Resolves once, however the leg ends. Never rejects. */
  readonly ended: Promise<LegEnd>;
  /** Of the BYE with which the far side ended it; undefined when it has not, and for what that did not say. */
  byeHeader(name: string): string | undefined;
  /** In-dialog offer from the far side (re-INVITE or UPDATE). Resolve with the SDP answer, or a status to refuse (488). */
  onOffer(handler: (sdp: string) => Promise<{ readonly sdp: string } | { readonly status: number }>): void;
  /** INFO bodies (DTMF relay and others). Answered 200 by the stack. */
  onInfo(handler: (contentType: string, body: string) => void): void;
  /** Sends re-INVITE with our offer. 491 is retried once after the RFC's random wait (RFC 3261 §14.1). */
  reinvite(sdp: string): Promise<OfferOutcome>;
  /**
   * UPDATE (RFC 3311), with our offer or, to refresh the session, without one; also before the answer, once a first description was agreed
   * on reliably. A far side that does not allow UPDATE gets a re-INVITE, when it has answered. 481 when neither is possible yet.
   */
  update(sdp?: string): Promise<OfferOutcome<string | null>>;
  sendInfo(contentType: string, body: string): void;
  /** Without a handler every REFER is declined (603). */
  onRefer(handler: (refer: Refer) => void): void;
  /**
   * Asks the far side to call `target`, a URI, in our place, taking over the call there that `replaces` names (tags as the target knows them).
   * Resolves with how that went, as it tells: the final status of its call; the status of its refusal; 202 when it agreed and left without
   * another word; 408 when it tells nothing more.
   */
  refer(target: string, replaces?: ReplacedDialog): Promise<number>;
  /** What is needed to restore it, as of now; null while it is not confirmed, or over. */
  snapshot(): LegSnapshot | null;
  /** BYE; a leg that is not confirmed yet is refused (480) or cancelled. Idempotent. */
  hangUp(reason?: { readonly protocol: 'SIP' | 'Q.850'; readonly cause: number; readonly text: string }): void;
}

/** An INVITE that reached us: from a trunk, or a code dialled on a phone of ours. 100 has been sent. */
export interface IncomingLeg extends CallLeg {
  readonly receivedAt: number;
  /** User part of the Request-URI. */
  readonly dialled: string;
  /** P-Asserted-Identity from a trusted trunk, else From. Null when withheld (RFC 3323, RFC 3325). */
  readonly caller: { readonly user: string | null; readonly displayName: string | null };
  /** Empty when it is one of our own phones that calls. */
  readonly trunk: string;
  /** `host:port` it was sent from, where an INVITE of ours would reach the same trunk; null for what came over a WebSocket. */
  readonly peer: string | null;
  /** Extension of the phone of ours that calls, which has proved to be it; null for a call from a trunk. */
  readonly phone: string | null;
  /** The offer, or null for a late offer (our 200 then carries ours). */
  readonly offer: string | null;
  /** The leg of ours whose place this call takes (RFC 3891). Nothing has been done about it: who answers this one ends that one. */
  readonly replaces: CallLeg | null;
  /** Max-Forwards as it came; an INVITE that this one causes has one less. */
  readonly hopsLeft: number;
  /** Who the call was for before it was diverted to us, as URIs, the last one first: Diversion (RFC 5806), else History-Info (RFC 7044). */
  readonly diversion: readonly string[];
  header(name: string): string | undefined;
  /** 180 or 183, with SDP for early media. Sent reliably (RFC 3262) where the caller demands it, or can and there is SDP. */
  progress(status: 180 | 183, sdp?: string): void;
  /** 200. Retransmitted until ACK (64*T1). `acked` carries the ACK's SDP for a late offer. */
  answer(sdp: string): Promise<{ readonly acked: true; readonly sdp: string | null } | { readonly acked: false }>;
  refuse(status: number, text?: string, headers?: Readonly<Record<string, string>>): void;
}

/** What goes with a call of ours that another call causes. */
export interface Carried {
  /** Max-Forwards of the INVITE: one less than that call came with, so that no loop goes on for ever (RFC 3261 §16.3). */
  readonly maxForwards: number;
  /** The number of ours that the call was for, and which gives it away; null for one that we made. */
  readonly divertedBy: string | null;
  /** Before that, as `IncomingLeg.diversion` has it. */
  readonly diversion: readonly string[];
  /** Referred-By (RFC 3892) as whoever asked for the call sent it. */
  readonly referredBy: string | null;
  /** User-to-User (RFC 7433), verbatim. */
  readonly userToUser: string | null;
  /** User-to-User of our own, in place of that one: what the house says to whoever is called, whoever the caller is. */
  readonly ownUserToUser?: string | undefined;
}

/** An INVITE we sent. */
export interface OutgoingLeg extends CallLeg {
  onProgress(handler: (status: number, sdp: string | null) => void): void;
  /** The first 2xx (ACKed by the stack; other forks are ACKed and BYEd), or the final failure. Never rejects. */
  readonly outcome: Promise<
    { readonly ok: true; readonly sdp: string; readonly at: number } | { readonly ok: false; readonly end: LegEnd }
  >;
}

export interface InviteRequest {
  /** User at our domain who can be reached now; routed over the flow of the binding. */
  readonly extension: string;
  readonly from: { readonly user: string; readonly displayName: string };
  readonly offer: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Max-Forwards; 70 without it. */
  readonly maxForwards?: number;
  /** The phone is asked to answer at once and by itself, in all the ways in which phones understand that. */
  readonly answersItself?: boolean;
}

/** A number behind a trunk that needs no registration: it is reached where its calls come from. */
export interface CustomerInvite {
  readonly number: string;
  /** `host:port`, a literal address. */
  readonly peer: string;
  /** The number of ours that the customer sees. */
  readonly from: string;
  readonly offer: string;
  readonly carried?: Carried | undefined;
}

export interface SipTrunk {
  readonly trunkId: string;
  /** Source addresses (IP) allowed to call in. */
  readonly sources: readonly string[];
}

/** Its host is a literal address; `0.0.0.0` and `::` are all of a family. */
export type SipListener = Listener;

export interface AdvertisedAddress {
  /** Towards neighbours on IPv4. */
  readonly host: string;
  /** Towards neighbours on IPv6; without it they are given the listener's own address. */
  readonly host6?: string | undefined;
  /** Of UDP and TCP. */
  readonly port: number;
  /** Without it, the port of the TLS listener. */
  readonly tlsPort?: number | undefined;
}

export interface SipConfig {
  /** Domain of our AORs and digest realm, e.g. `crosspoint.invalid`. */
  readonly domain: string;
  /** Value of Server / User-Agent. */
  readonly product: string;
  /** Where we listen; at least one of them UDP. Port 0 takes any free one. Several of a kind, and IPv4 beside IPv6, are fine. */
  readonly listeners: readonly SipListener[];
  /** What is written into Via and Contact in place of a listener's address, where others reach us at another one (1:1 NAT). Null: as bound. */
  readonly advertised: AdvertisedAddress | null;
  readonly trunks: readonly SipTrunk[];
  /** Addresses of proxies of ours in front of us: whom a request is from is what they say (`X-Received-From`). */
  readonly edges?: readonly string[];
  /** INVITEs per second over all trunks beyond which 503 + Retry-After is sent without creating a call. */
  readonly inviteRateLimit: number;
  readonly connections?: Partial<ConnectionLimitsOptions>;
  readonly timers?: Partial<{ readonly t1: number; readonly t2: number; readonly t4: number }>;
}

/** Looks up the digest secret of a user for the registrar; null when unknown. `validUntil` in epoch ms. */
export type CredentialLookup = (username: string) => {
  readonly password: string;
  /** Made by us for one log-in, and long: it is not guessed, however often somebody tries. */
  readonly isRandom?: boolean;
} | null;

export interface SipStack {
  /** Addresses actually bound, after `start`, in the order of `listeners`. */
  readonly addresses: readonly SipListener[];
  /** The first of them on UDP. */
  readonly udpAddress: { readonly host: string; readonly port: number };
  start(): Promise<void>;
  /** Takes over an HTTP upgrade for SIP over WebSocket (RFC 7118). The caller has checked Host, Origin and path. */
  acceptUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  onCall(handler: (leg: IncomingLeg) => void): void;
  /** Null when the extension cannot be reached. The INVITE is on the wire when this returns. */
  invite(request: InviteRequest): OutgoingLeg | null;
  /** The trunks of the configuration: how they are, and calls out over them. `SipConfig.trunks` are beside them, for calls in alone. */
  readonly trunks: SipTrunks;
  /** Calls a customer. Null when `peer` is no address, or the stack is draining. The INVITE is on the wire when this returns. */
  inviteCustomer(request: CustomerInvite): OutgoingLeg | null;
  /** Can be reached now: has a live binding or an address that answers. */
  isRegistered(extension: string): boolean;
  /** How it is reached now: a browser's phone or a desk phone, which want different media. Null when it cannot be. */
  transportOf(extension: string): FlowTransport | null;
  onRegistration(listener: (extension: string, isRegistered: boolean) => void): Disposable;
  /** Nobody is sent to this browser's phone any more until it answers, which it is asked to, or registers again. */
  doubt(extension: string): void;
  /** Removes what is registered under an extension and closes its flow (log-out, taken over). */
  unregister(extension: string): void;
  /**
   * Where an extension's phone always is, as a `sip:` URI with a literal address, in place of a registration; null takes it away. It counts
   * as registered while it answers OPTIONS, asked at once and every 30 s; calls from exactly that address and port are its own. False, and
   * nothing changed, for a URI that names no literal address.
   */
  setAddress(extension: string, uri: string | null): boolean;
  /**
   * Goes on with a leg of before a restart, which is one of the calls of `trunkId` if it came or went over one. A phone on a WebSocket has
   * 20 s to come back. The leg itself where it lives already.
   */
  restoreLeg(snapshot: LegSnapshot, trunkId?: string): CallLeg;
  /** All that can be restored is, and new calls can be taken: what has waited for that is seen to now, in its order. */
  legsRestored(): void;
  /** Counters for the metrics page. */
  counters(): Readonly<Record<string, number>>;
  /** Refuses new calls (503), ends legs, closes sockets. */
  stop(): Promise<void>;
}
