import type { Clock, Log } from '../../kernel/index.ts';
import type { Header } from '../message/index.ts';
import { formatHostPort, headerOf } from '../message/index.ts';
import type { Names } from '../names.ts';
import type { TransactionLayer } from '../transaction/index.ts';
import type { Flow, Outlets } from '../transport/index.ts';
import { Registration } from './registration.ts';
import type { Resolver, TrunkTarget } from './resolve.ts';
import { inOrder, resolveTargets } from './resolve.ts';
import { Again, soon, TrunkHealth } from './trunk-health.ts';
import type { TrunkLine, TrunkState } from './trunk-line.ts';

/** Names are looked up again so often; what was found stays while nothing new is. */
const lookUpMs = 60_000;
const pingPatienceMs = 4_000;

export interface TrunkParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly names: Names;
  readonly transactions: TransactionLayer;
  readonly outlets: Outlets;
  readonly resolver: Resolver;
  readonly domain: string;
  readonly product: string;
  /** Something about it changed that the health page tells. */
  readonly onChange: () => void;
}

const keyOf = ({ host, port }: Pick<TrunkTarget, 'host' | 'port'>): string => formatHostPort(host, port);

/** One line to the telephone network: where it is, whether it is there, and how many calls it has. */
export class Trunk {
  readonly line: TrunkLine;
  callsNow = 0;
  refusedFull = 0;
  readonly #parts: TrunkParts;
  readonly #health: TrunkHealth;
  readonly #registration: Registration | null;
  readonly #lookUpAgain: Again;
  readonly #pingAgain: Again;
  #targets: readonly TrunkTarget[] = [];
  /** Where it registers; the targets themselves unless the registrar has a name of its own. */
  #registrars: readonly TrunkTarget[] = [];
  #isFound = false;
  #hasFailedToFind = false;
  #isStopped = false;

  constructor(line: TrunkLine, parts: TrunkParts) {
    this.line = line;
    this.#parts = parts;
    this.#health = new TrunkHealth(parts.clock);
    this.#lookUpAgain = new Again(parts.clock);
    this.#pingAgain = new Again(parts.clock);
    const { register, credentials, trunkId } = line;
    this.#registration =
      register && credentials
        ? new Registration(parts, {
            trunkId,
            registrar: register.registrar ?? line.host,
            expiresSeconds: register.expiresSeconds,
            credentials,
            way: () => this.#wayToRegistrar(),
          })
        : null;
  }

  start(): void {
    void this.#lookUp().then(() => {
      if (this.#isStopped) return;
      this.#registration?.start();
      this.#ping();
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#registration?.stop();
    this.#lookUpAgain.stop();
    this.#pingAgain.stop();
  }

  /** Where a call of now is tried, in that order. */
  ways(): readonly TrunkTarget[] {
    return this.#health.usable(inOrder(this.#targets, this.#parts.names.fraction), keyOf);
  }

  flowTo({ host, port }: TrunkTarget): Flow {
    const { transport, host: serverName } = this.line;
    return transport === 'UDP'
      ? this.#parts.outlets.datagram(host, port)
      : this.#parts.outlets.stream({ transport, host, port, serverName });
  }

  /** What a call learned of a target. */
  learned(target: TrunkTarget, what: 'answered' | 'failed', retryAfterSeconds: number | null = null): void {
    if (what === 'answered') this.#health.answered(keyOf(target));
    else this.#health.failed(keyOf(target));
    if (retryAfterSeconds !== null) this.#health.rests(keyOf(target), retryAfterSeconds);
  }

  /** Calls from this address come in through it. */
  isAt(address: string): boolean {
    const { takesCallsIn, sources } = this.line;
    return takesCallsIn && (sources.includes(address) || [...this.#targets, ...this.#registrars].some(({ host }) => host === address));
  }

  get state(): TrunkState {
    const keys = this.#targets.map(keyOf);
    const isUp = this.#isUp(keys);
    return {
      trunkId: this.line.trunkId,
      isUp,
      registration: this.#registration?.state ?? 'none',
      callsNow: this.callsNow,
      refusedFull: this.refusedFull,
      restsUntil: this.#health.restsUntil(keys),
      problem: this.#problem(isUp),
    };
  }

  #isUp(keys: readonly string[]): boolean | null {
    if (this.#hasFailedToFind && keys.length === 0) return false;
    if (this.#registration?.state === 'failed') return false;
    return this.#health.isUp(keys);
  }

  #problem(isUp: boolean | null): string | null {
    const { trunkId } = this.line;
    if (this.#hasFailedToFind && this.#targets.length === 0) return `The trunk ${trunkId} is not found: its name leads nowhere.`;
    if (this.#registration?.problem) return `The trunk ${trunkId} is not registered: ${this.#registration.problem}.`;
    return isUp === false ? `The trunk ${trunkId} does not answer.` : null;
  }

  async #lookUp(): Promise<void> {
    const { resolver, log } = this.#parts;
    const { line } = this;
    const found = async (host: string) => {
      try {
        return await resolveTargets(line, host, resolver);
      } catch (error) {
        log.warn('trunk:lookUpFailed', { trunkId: line.trunkId, error: String(error) });
        return [];
      }
    };
    const registrar = line.register?.registrar ?? null;
    const [targets, registrars] = await Promise.all([found(line.host), registrar === null ? null : found(registrar)]);
    if (this.#isStopped) return;
    // A name server that is away must not take away what it told us before.
    if (targets.length > 0) this.#targets = targets;
    if (registrars && registrars.length > 0) this.#registrars = registrars;
    this.#hasFailedToFind = targets.length === 0;
    if (this.#hasFailedToFind !== !this.#isFound) this.#parts.onChange();
    this.#isFound = targets.length > 0;
    const isEverything = targets.length > 0 && (registrars === null || registrars.length > 0);
    this.#lookUpAgain.in(isEverything ? lookUpMs : soon(this.#parts.names.fraction), () => void this.#lookUp());
  }

  #wayToRegistrar() {
    const targets = this.#registrars.length > 0 ? this.#registrars : this.line.register?.registrar ? [] : this.#targets;
    const [target] = this.#health.usable(inOrder(targets, this.#parts.names.fraction), keyOf);
    return (
      (target && {
        flow: this.flowTo(target),
        heard: (isGood: boolean) => {
          this.learned(target, isGood ? 'answered' : 'failed');
          this.#parts.onChange();
        },
      }) ??
      null
    );
  }

  /** OPTIONS to every target (RFC 3261 §11): any final answer but 503 is a yes. */
  #ping(): void {
    const { pingSeconds } = this.line;
    if (pingSeconds === null || this.#isStopped) return;
    for (const target of this.#targets) this.#pingOne(target);
    const isUp = this.#health.isUp(this.#targets.map(keyOf));
    // One that is down is looked for sooner, so that its return is seen within half a minute.
    const ms = isUp === false ? Math.min(pingSeconds * 1_000, soon(this.#parts.names.fraction)) : pingSeconds * 1_000;
    this.#pingAgain.in(ms, () => this.#ping());
  }

  #pingOne(target: TrunkTarget): void {
    const { clock, transactions, names, domain, product, onChange } = this.#parts;
    let isSettled = false;
    const settle = (what: 'answered' | 'failed', retryAfter: number | null = null) => {
      if (isSettled || this.#isStopped) return;
      isSettled = true;
      patience.cancel();
      this.learned(target, what, retryAfter);
      onChange();
    };
    const patience = clock.timer(pingPatienceMs, () => settle('failed'));
    const flow = this.flowTo(target);
    const headers: Header[] = [
      { name: 'Max-Forwards', value: '70' },
      { name: 'From', value: `<sip:crosspoint@${domain}>;tag=${names.tag()}` },
      { name: 'To', value: `<sip:${this.line.host}>` },
      { name: 'Call-ID', value: names.callId() },
      { name: 'CSeq', value: '1 OPTIONS' },
      { name: 'Contact', value: `<${names.contactUri(flow)}>` },
      { name: 'Accept', value: 'application/sdp' },
      { name: 'User-Agent', value: product },
    ];
    transactions.send({ kind: 'request', method: 'OPTIONS', uri: `sip:${keyOf(target)}`, headers, body: Buffer.alloc(0) }, flow, {
      onResponse: (response) => {
        if (response.status < 200) return;
        if (response.status === 503) settle('failed', retryAfterOf(headerOf(response, 'Retry-After')));
        else settle('answered');
      },
      onFailure: () => settle('failed'),
    });
  }
}

/** Seconds of a Retry-After header (RFC 3261 §20.33), which may have a comment and parameters behind them. */
export function retryAfterOf(value: string | undefined): number | null {
  const seconds = /^\s*(\d{1,9})\b/.exec(value ?? '')?.[1];
  return seconds === undefined ? null : Number(seconds);
}
