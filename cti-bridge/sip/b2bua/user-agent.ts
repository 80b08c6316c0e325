import { TokenBucket } from '../../kernel/index.ts';
import type { CallLeg, IncomingLeg, SipConfig } from '../api.ts';
import type { Authenticator } from '../auth/index.ts';
import type { Counters } from '../counters.ts';
import { parseReplaces, readSessionInterval } from '../dialog/index.ts';
import type { ReceivedRequest } from '../message/index.ts';
import { headerLines, headerOf, userOf } from '../message/index.ts';
import type { Bindings, Registrar } from '../registrar/index.ts';
import type { ServerTransaction, TransactionUser } from '../transaction/index.ts';
import type { Flow } from '../transport/index.ts';
import { isBrowsers, originOf } from '../transport/index.ts';
import { comeBackAfter, plainAddress, SharedLimits, StrangerGuard } from './admission.ts';
import type { Refusal } from './capabilities.ts';
import { acceptSdp, allow, checkCapabilities, checkOutsideDialog, supported } from './capabilities.ts';
import { createIncomingLeg } from './incoming-leg.ts';
import type { LegParts } from './leg-parts.ts';
import { reasonHeader } from './reason-header.ts';

export interface UserAgentParts {
  readonly config: SipConfig;
  readonly counters: Counters;
  readonly registrar: Registrar;
  readonly authenticator: Authenticator;
  readonly bindings: Bindings;
  /** Complete only after the transaction layer, which this user agent serves, was made. */
  readonly legParts: () => LegParts;
  readonly isDraining: () => boolean;
  /** Legs of before are still to be restored: that one is not known says nothing. */
  readonly isAwaitingLegs: () => boolean;
  readonly onCall: (leg: IncomingLeg) => void;
  /** The trunk of the configuration that calls from this address come through. */
  readonly trunkAt: (host: string) => string | null;
  /** A proxy of ours is there. */
  readonly isEdge: (host: string) => boolean;
  readonly trunks: {
    trustsIdentity(trunkId: string): boolean;
    takesOneMore(trunkId: string): boolean;
  };
}

/** Who an INVITE comes from. A phone without `extension` has yet to prove whose it is. */
type Caller =
  | { readonly kind: 'trunk'; readonly trunkId: string }
  | { readonly kind: 'phone'; readonly extension: string | null; readonly dialsCode: boolean }
  | { readonly kind: 'stranger' };

/** Codes dialled on our phones in a second, all phones together. A number of its own: guessers must not take the callers' place. */
const codesPerSecond = 20;

const overloaded: Refusal = { status: 503, parts: { headers: [{ name: 'Retry-After', value: '5' }] } };

/** The core above the transactions (RFC 3261 §8.2): lets in or refuses, and hands each request to its leg, to the registrar, or to a new call. */
export class UserAgent implements TransactionUser {
  readonly #parts: UserAgentParts;
  readonly #trunks = new Map<string, string>();
  readonly #invites: TokenBucket;
  readonly #codes: TokenBucket;
  readonly #strangers: StrangerGuard;
  readonly #limits: SharedLimits;

  constructor(parts: UserAgentParts, clock: LegParts['clock']) {
    this.#parts = parts;
    for (const trunk of parts.config.trunks) for (const source of trunk.sources) this.#trunks.set(plainAddress(source), trunk.trunkId);
    // A second's worth may come at once.
    this.#invites = new TokenBucket(clock, { perSecond: parts.config.inviteRateLimit, burst: parts.config.inviteRateLimit });
    this.#codes = new TokenBucket(clock, { perSecond: codesPerSecond, burst: codesPerSecond });
    this.#strangers = new StrangerGuard(clock);
    this.#limits = new SharedLimits(clock);
    parts.bindings.on('bound', ({ flow }) => this.#strangers.proved(sourceOf(flow)));
  }

  screen(request: ReceivedRequest, flow: Flow): Refusal | 'drop' | null {
    if (request.toTag !== null && this.#parts.legParts().legs.find(request.toTag)) return null;
    if (request.method === 'REGISTER' ? !this.#passes(flow) : !this.mayAnswer(flow)) return 'drop';
    if (request.toTag !== null) return this.#outsideDialog(request);
    if (this.#parts.isDraining() && (request.method === 'INVITE' || request.method === 'REGISTER')) return overloaded;
    const refusal = checkCapabilities(request);
    if (refusal) return refusal;
    if (request.method === 'INVITE') return this.#screenInvite(request, flow);
    if (request.method === 'REGISTER') return this.#screenRegister(request, flow);
    return checkOutsideDialog(request);
  }

  /** False for a stranger who sends too much, alone or with all the others, to be answered at all. */
  mayAnswer(flow: Flow): boolean {
    if (this.#isNeighbour(flow)) return true;
    return this.#passes(flow) && (this.#limits.mayBeRefused() || this.#drops());
  }

  /** True for a stranger who is not even to be read. */
  isShutOut(flow: Flow): boolean {
    return this.#strangers.isBanned(sourceOf(flow)) && !this.#isNeighbour(flow) && !this.#drops();
  }

  /** A trunk, a phone that has registered, or a proxy of ours. */
  #isNeighbour(flow: Flow): boolean {
    if (flow.origin === undefined && this.#parts.isEdge(flow.remote.host)) return true;
    return this.#trunkOf(flow) !== null || this.#parts.bindings.at(flow) !== null;
  }

  #passes(flow: Flow): boolean {
    return this.#isNeighbour(flow) || this.#strangers.mayPass(sourceOf(flow)) || this.#drops();
  }

  #drops(): false {
    this.#parts.counters.add('droppedFlood');
    return false;
  }

  /** RFC 3261 §21.5.4: phones that come back all at once are asked to come one after the other. */
  #screenRegister(request: ReceivedRequest, flow: Flow): Refusal | null {
    if (this.#parts.bindings.at(flow) || this.#limits.mayRegister(headerOf(request, 'Authorization') !== undefined)) return null;
    this.#parts.counters.add('refusedByRate');
    const seconds = comeBackAfter(this.#parts.legParts().names.fraction());
    return { status: 503, parts: { headers: [{ name: 'Retry-After', value: String(seconds) }] } };
  }

  #screenInvite(request: ReceivedRequest, flow: Flow): Refusal | null {
    const caller = this.#callerOf(request, flow);
    if (caller.kind === 'stranger') {
      this.#parts.counters.add('invitesFromStrangers');
      return { status: 403, parts: { text: 'Not A Configured Trunk' } };
    }
    const takesOver = !isBrowsers(flow) && headerOf(request, 'Replaces') !== undefined;
    if (caller.kind === 'phone' && !caller.dialsCode && !takesOver)
      return { status: 403, parts: { text: 'Outbound Calls Not Available Yet' } };
    if (!(caller.kind === 'phone' ? this.#codes : this.#invites).take()) {
      this.#parts.counters.add('refusedByRate');
      return overloaded;
    }
    // RFC 7332 §4: a call goes on from here to a phone, which is one hop more.
    if (Number(headerOf(request, 'Max-Forwards') ?? 70) === 0) return { status: 483 };
    const interval = readSessionInterval(request);
    return interval.kind === 'tooSmall' ? { status: 422, parts: { headers: interval.headers } } : null;
  }

  /** RFC 3261 §12.2.2: a To tag of a dialog we do not have. */
  #outsideDialog(request: ReceivedRequest): Refusal {
    return checkCapabilities(request) ?? (this.#parts.isAwaitingLegs() ? overloaded : { status: 481 });
  }

  onRequest(transaction: ServerTransaction): void {
    const { request, flow } = transaction;
    if (request.toTag !== null) {
      const leg = this.#parts.legParts().legs.find(request.toTag);
      return leg && leg.callId === request.callId ? leg.receive(transaction) : transaction.respond(481);
    }
    if (request.method === 'REGISTER') return this.#parts.registrar.register(transaction);
    if (request.method === 'OPTIONS') return transaction.respond(200, { headers: [allow, supported, acceptSdp] });
    if (request.method !== 'INVITE') return transaction.respond(405, { headers: [allow] });
    const caller = this.#callerOf(request, flow);
    const phone = caller.kind === 'phone' ? (caller.extension ?? this.#proveExtension(transaction)) : null;
    if (caller.kind === 'phone' && phone === null) return;
    const trunk = caller.kind === 'trunk' ? caller.trunkId : '';
    const replaced = this.#replacedBy(request, trunk);
    if (typeof replaced === 'number') return transaction.respond(replaced);
    // One that takes the place of a call there is no call more. Without Retry-After it is about this call, and not all of them.
    if (trunk !== '' && !replaced && !this.#parts.trunks.takesOneMore(trunk)) {
      this.#parts.legParts().log.warn('trunk:callRefused', { trunkId: trunk, why: 'full' });
      const reason = reasonHeader({ protocol: 'Q.850', cause: 34, text: 'No circuit available' });
      return transaction.respond(503, { headers: [reason] });
    }
    transaction.respond(100);
    this.#parts.counters.add('calls');
    const isTrusted = trunk !== '' && this.#parts.trunks.trustsIdentity(trunk);
    const leg = createIncomingLeg(this.#parts.legParts(), transaction, { trunk, phone, replaces: replaced }, isTrusted);
    this.#parts.legParts().log.debug('sip:call', { callId: leg.callId, userAgent: headerOf(request, 'User-Agent') });
    this.#parts.onCall(leg);
  }

  /**
   * The leg of ours whose place an INVITE takes, or the status to refuse it with (RFC 3891 §3). A trunk may take the place of its own calls
   * only; the tags, which nobody guesses, tell the rest.
   */
  #replacedBy(request: ReceivedRequest, trunk: string): CallLeg | number | null {
    const [line, ...more] = headerLines(request, 'Replaces');
    if (line === undefined) return null;
    const named = parseReplaces(line);
    if (!named || more.length > 0) return 400;
    const session = this.#parts.legParts().legs.find(named.toTag);
    if (!session || session.callId !== named.callId || !session.hasRemoteTag(named.fromTag)) return 481;
    if (trunk !== '' && session.dialog && this.#trunkOf(session.dialog.heardOn) !== trunk) return 481;
    if (session.isEnded) return 603;
    if (session.isConfirmed) return named.isEarlyOnly ? 486 : session.leg;
    return session.madeCallId ? session.leg : 481;
  }

  onAck(ack: ReceivedRequest): void {
    if (ack.toTag !== null) this.#parts.legParts().legs.find(ack.toTag)?.receiveAck(ack);
  }

  /**
   * Numbers with a star are codes for us, from whichever address: no trunk dials them, and so a phone beside the trunk, or behind another
   * port than it registered from, is asked for its password and not taken for a caller. A phone at an address that never changes is known
   * by it. What one of our phones dials else is a call out, also where its address is a trunk's.
   */
  #callerOf(request: ReceivedRequest, flow: Flow): Caller {
    const dialsCode = userOf(request.uri)?.startsWith('*') ?? false;
    if (isBrowsers(flow)) return { kind: 'phone', extension: null, dialsCode: false };
    const binding = this.#parts.bindings.at(flow);
    if (binding?.expiresAt === null) return { kind: 'phone', extension: binding.extension, dialsCode };
    if (binding || dialsCode) return { kind: 'phone', extension: null, dialsCode };
    const trunkId = this.#trunkOf(flow);
    return trunkId === null ? { kind: 'stranger' } : { kind: 'trunk', trunkId };
  }

  /** The extension whose password came with the INVITE; null when the phone was refused or asked for it. */
  #proveExtension(transaction: ServerTransaction): string | null {
    const { request, flow } = transaction;
    const verdict = this.#parts.authenticator.check(request, flow, this.#parts.bindings.at(flow)?.extension ?? null);
    if (verdict.kind === 'accepted') {
      flow.markAuthenticated?.(true);
      return verdict.username;
    }
    if (verdict.kind === 'locked') transaction.respond(403, { text: 'Too Many Attempts' });
    else transaction.respond(401, { headers: verdict.headers });
    return null;
  }

  /** The address of a trunk, which needs no password. */
  isTrunk(host: string): boolean {
    return this.#trunkAt(host) !== null;
  }

  #trunkOf(flow: Flow): string | null {
    return isBrowsers(flow) ? null : this.#trunkAt(originOf(flow).host);
  }

  #trunkAt(host: string): string | null {
    return this.#trunks.get(plainAddress(host)) ?? this.#parts.trunkAt(host);
  }
}

/** Whom a stranger's requests are counted against: his address; a browser's connection, because many come through one reverse proxy. */
const sourceOf = (flow: Flow): string => (isBrowsers(flow) ? flow.id : plainAddress(originOf(flow).host));
