import type { Clock, Log } from '../../kernel/index.ts';
import type { Credentials } from '../auth/index.ts';
import { Authenticating } from '../auth/index.ts';
import type { Header, ReceivedResponse, SipRequest } from '../message/index.ts';
import { encodeUser, headerLines, headerOf } from '../message/index.ts';
import type { Names } from '../names.ts';
import type { TransactionLayer } from '../transaction/index.ts';
import type { Flow } from '../transport/index.ts';
import { Again, soon } from './trunk-health.ts';

/** Silence after which another try is made; it may be answered late all the same. */
const patienceMs = 4_000;
/** A provider that refuses our name or password is not asked over and over: it would lock us out. */
const refusedMs = 300_000;

export interface RegistrationParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly names: Names;
  readonly transactions: TransactionLayer;
  readonly product: string;
}

export interface RegistrationWish {
  readonly trunkId: string;
  /** Domain of our address of record there. */
  readonly registrar: string;
  readonly expiresSeconds: number;
  readonly credentials: Credentials;
  /** Where to send it now, and what is known of that place; null while nobody knows where it is. */
  way(): { readonly flow: Flow; heard(isGood: boolean): void } | null;
}

/**
 * Our registration with a provider (RFC 3261 §10.2), one Call-ID for all of it:
 *
 *   trying ── 200 ──▶ registered ── at four fifths of its time ──▶ trying
 *      ▲ └── refused (401 again, 403, 404): 5 min ──▶ failed ─┐
 *      └───── silence, 5xx: 10 to 20 s, elsewhere if there is ┴──┘
 */
export class Registration {
  readonly #parts: RegistrationParts;
  readonly #wish: RegistrationWish;
  readonly #again: Again;
  readonly #patience: Again;
  readonly #authenticating: Authenticating;
  readonly #callId: string;
  readonly #tag: string;
  #cseq = 0;
  #expiresSeconds: number;
  #validUntil = 0;
  #attempt = 0;
  #isRefused = false;
  #lastFlow: Flow | null = null;
  #isStopped = false;
  problem: string | null = null;

  constructor(parts: RegistrationParts, wish: RegistrationWish) {
    this.#parts = parts;
    this.#wish = wish;
    this.#again = new Again(parts.clock);
    this.#patience = new Again(parts.clock);
    this.#authenticating = new Authenticating(wish.credentials, () => Buffer.from(parts.names.tag(), 'hex'));
    this.#callId = parts.names.callId();
    this.#tag = parts.names.tag();
    this.#expiresSeconds = wish.expiresSeconds;
  }

  get state(): 'trying' | 'registered' | 'failed' {
    if (this.#validUntil > this.#parts.clock.monotonic()) return 'registered';
    return this.problem === null ? 'trying' : 'failed';
  }

  /** Now, and again whenever it is time. */
  start(): void {
    if (this.#isStopped) return;
    const way = this.#wish.way();
    if (!way) {
      this.problem ??= 'its registrar is not found';
      return this.#again.in(soon(this.#parts.names.fraction), () => this.start());
    }
    this.#send(way.flow, this.#expiresSeconds, way.heard);
  }

  /** Gone from there; nobody waits for the answer. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#again.stop();
    this.#patience.stop();
    if (this.state === 'registered' && this.#lastFlow && !this.#lastFlow.isClosed) this.#send(this.#lastFlow, 0, () => {});
  }

  #send(flow: Flow, expiresSeconds: number, heard: (isGood: boolean) => void): void {
    const { transactions } = this.#parts;
    const attempt = this.#authenticating.begin();
    const number = ++this.#attempt;
    const isCurrent = () => number === this.#attempt && !this.#isStopped;
    this.#lastFlow = flow;
    const send = (request: SipRequest): void => {
      transactions.send(request, flow, {
        onResponse: (response) => {
          if (response.status < 200) return;
          const answer = attempt.answer(response, 'REGISTER', request.uri);
          if (answer && !(this.#isStopped && expiresSeconds > 0)) return send(this.#request(flow, expiresSeconds, answer));
          if (isCurrent()) this.#answered(response, heard);
        },
        onFailure: () => isCurrent() && this.#silent(heard),
      });
    };
    send(this.#request(flow, expiresSeconds, this.#authenticating.headers('REGISTER', this.#uri)));
    if (!this.#isStopped) this.#patience.in(patienceMs, () => isCurrent() && this.#silent(heard));
  }

  #answered(response: ReceivedResponse, heard: (isGood: boolean) => void): void {
    const { clock, log, names } = this.#parts;
    const { trunkId } = this.#wish;
    this.#patience.stop();
    const { status } = response;
    heard(status < 500);
    if (status < 300) {
      const seconds = grantedSeconds(response) ?? this.#expiresSeconds;
      if (this.problem !== null || this.#validUntil === 0) log.info('trunk:registered', { trunkId, seconds });
      this.problem = null;
      this.#isRefused = false;
      this.#validUntil = clock.monotonic() + seconds * 1_000;
      // RFC 3261 §10.2.4: before it runs out, and with time left for a try that goes wrong.
      return this.#again.in(seconds * 1_000 * (0.75 + 0.1 * names.fraction()), () => this.start());
    }
    const minimum = Number(headerOf(response, 'Min-Expires'));
    if (status === 423 && minimum > this.#expiresSeconds && minimum <= 86_400) {
      this.#expiresSeconds = minimum;
      return this.start();
    }
    this.#isRefused = status < 500 && status !== 408 && status !== 480;
    if (this.problem === null) log.warn('trunk:notRegistered', { trunkId, status });
    this.problem = `its provider refuses our registration (${status} ${response.reason})`;
    this.#again.in(this.#isRefused ? refusedMs : soon(names.fraction), () => this.start());
  }

  #silent(heard: (isGood: boolean) => void): void {
    const { log, names } = this.#parts;
    this.#patience.stop();
    this.#attempt++;
    heard(false);
    if (this.problem === null) log.warn('trunk:notRegistered', { trunkId: this.#wish.trunkId, status: null });
    this.problem = 'its registrar does not answer';
    this.#again.in(soon(names.fraction), () => this.start());
  }

  get #uri(): string {
    return `sip:${this.#wish.registrar}`;
  }

  #request(flow: Flow, expiresSeconds: number, more: readonly Header[]): SipRequest {
    const { names, product } = this.#parts;
    const { registrar, credentials } = this.#wish;
    const own = `sip:${encodeUser(credentials.username)}@${registrar}`;
    // Calls that come in name it, which says by which trunk they come.
    const contact = names.contactUri(flow).replace(/^sip:[^@]*@/, `sip:${encodeUser(credentials.username)}@`);
    const headers: Header[] = [
      { name: 'Max-Forwards', value: '70' },
      { name: 'From', value: `<${own}>;tag=${this.#tag}` },
      { name: 'To', value: `<${own}>` },
      { name: 'Call-ID', value: this.#callId },
      { name: 'CSeq', value: `${++this.#cseq} REGISTER` },
      { name: 'Contact', value: `<${contact}>` },
      { name: 'Expires', value: String(expiresSeconds) },
      { name: 'User-Agent', value: product },
      ...more,
    ];
    return { kind: 'request', method: 'REGISTER', uri: this.#uri, headers, body: Buffer.alloc(0) };
  }
}

/** What the registrar grants: of our Contact where it lists it, else for all (RFC 3261 §10.2.4). Null where it says nothing. */
function grantedSeconds(response: ReceivedResponse): number | null {
  const perContact = headerLines(response, 'Contact')
    .flatMap((line) => [...line.matchAll(/;\s*expires\s*=\s*"?(\d{1,9})/gi)])
    .map(([, seconds]) => Number(seconds));
  const [only] = perContact;
  const seconds =
    perContact.length === 1 && only !== undefined
      ? only
      : perContact.length > 1
        ? Math.min(...perContact)
        : Number(headerOf(response, 'Expires') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.max(seconds, 10) : null;
}
