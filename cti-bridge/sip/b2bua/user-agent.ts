import { TokenBucket } from '../../kernel/index.ts';
import type { IncomingLeg, SipConfig } from '../api.ts';
import type { Counters } from '../counters.ts';
import { readSessionInterval } from '../dialog/index.ts';
import type { ReceivedRequest } from '../message/index.ts';
import { headerOf } from '../message/index.ts';
import type { Registrar } from '../registrar/index.ts';
import type { ServerTransaction, TransactionUser } from '../transaction/index.ts';
import type { Flow } from '../transport/index.ts';
import { plainAddress, StrangerGuard } from './admission.ts';
import type { Refusal } from './capabilities.ts';
import { acceptSdp, allow, checkCapabilities, supported } from './capabilities.ts';
import { createIncomingLeg } from './incoming-leg.ts';
import type { LegParts } from './leg-parts.ts';

export interface UserAgentParts {
  readonly config: SipConfig;
  readonly counters: Counters;
  readonly registrar: Registrar;
  /** Complete only after the transaction layer, which this user agent serves, was made. */
  readonly legParts: () => LegParts;
  readonly isDraining: () => boolean;
  readonly onCall: (leg: IncomingLeg) => void;
}

const overloaded: Refusal = { status: 503, parts: { headers: [{ name: 'Retry-After', value: '5' }] } };

/** The core above the transactions (RFC 3261 §8.2): lets in or refuses, and hands each request to its leg, to the registrar, or to a new call. */
export class UserAgent implements TransactionUser {
  readonly #parts: UserAgentParts;
  readonly #trunks = new Map<string, string>();
  readonly #invites: TokenBucket;
  readonly #strangers: StrangerGuard;

  constructor(parts: UserAgentParts, clock: LegParts['clock']) {
    this.#parts = parts;
    for (const trunk of parts.config.trunks) for (const source of trunk.sources) this.#trunks.set(plainAddress(source), trunk.trunkId);
    // A second's worth may come at once.
    this.#invites = new TokenBucket(clock, { perSecond: parts.config.inviteRateLimit, burst: parts.config.inviteRateLimit });
    this.#strangers = new StrangerGuard(clock);
  }

  screen(request: ReceivedRequest, flow: Flow): Refusal | 'drop' | null {
    if (request.toTag !== null) return this.#parts.legParts().legs.find(request.toTag) ? null : this.#outsideDialog(request);
    if (!this.mayAnswer(flow)) return 'drop';
    if (this.#parts.isDraining() && (request.method === 'INVITE' || request.method === 'REGISTER')) return overloaded;
    const refusal = checkCapabilities(request);
    if (refusal) return refusal;
    if (request.method === 'INVITE') return this.#screenInvite(request, flow);
    if (request.method === 'BYE' || request.method === 'INFO' || request.method === 'UPDATE') return { status: 481 };
    return null;
  }

  /** False for a stranger on UDP who sends too much to be answered at all. */
  mayAnswer(flow: Flow): boolean {
    if (flow.transport !== 'UDP' || this.#trunkOf(flow) !== null || this.#strangers.mayPass(flow.remote.host)) return true;
    this.#parts.counters.add('droppedFlood');
    return false;
  }

  #screenInvite(request: ReceivedRequest, flow: Flow): Refusal | null {
    if (this.#trunkOf(flow) === null) {
      this.#parts.counters.add('invitesFromStrangers');
      return { status: 403, parts: { text: flow.transport === 'WS' ? 'Outbound Calls Not Available Yet' : 'Not A Configured Trunk' } };
    }
    if (!this.#invites.take()) {
      this.#parts.counters.add('refusedByRate');
      return overloaded;
    }
    const interval = readSessionInterval(request);
    return interval.kind === 'tooSmall' ? { status: 422, parts: { headers: interval.headers } } : null;
  }

  /** RFC 3261 §12.2.2: a To tag of a dialog we do not have. */
  #outsideDialog(request: ReceivedRequest): Refusal {
    return checkCapabilities(request) ?? { status: 481 };
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
    transaction.respond(100);
    this.#parts.counters.add('calls');
    const leg = createIncomingLeg(this.#parts.legParts(), transaction, this.#trunkOf(flow) ?? '');
    this.#parts.legParts().log.debug('sip:call', { callId: leg.callId, userAgent: headerOf(request, 'User-Agent') });
    this.#parts.onCall(leg);
  }

  onAck(ack: ReceivedRequest): void {
    if (ack.toTag !== null) this.#parts.legParts().legs.find(ack.toTag)?.receiveAck(ack);
  }

  #trunkOf(flow: Flow): string | null {
    return flow.transport === 'UDP' ? (this.#trunks.get(plainAddress(flow.remote.host)) ?? null) : null;
  }
}
