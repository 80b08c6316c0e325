import type { SecretReference } from '../../../shared/contracts/configuration.ts';
import type { SmsLineConfiguration } from '../../../shared/contracts/messages/settings.ts';
import type { Arrivals, LineState, LookUps, MessageCarrier, MessageLines, OutgoingText, SendOutcome } from '../../interactions/index.ts';
import { type Clock, type Disposable, Emitter, type Log, type Result } from '../../kernel/index.ts';
import { HttpCarrier } from './http/http-carrier.ts';
import type { Headers } from './http/signature.ts';
import { SmsWebhook, type Webhook, type WebhookReply } from './http/webhook.ts';
import { SmppLine } from './smpp/smpp-line.ts';
import { dialSmsc } from './smpp/wire.ts';

export interface SmsLinesParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly arrivals: Arrivals;
  /** Speaks to providers over HTTP. */
  readonly lookUps: LookUps;
  readonly resolveSecret: (reference: SecretReference) => Result<string, string>;
  /** PEM, in place of those the system trusts, for SMPP over TLS. */
  readonly certificateAuthority?: string | undefined;
  readonly random?: () => number;
}

/** One line that is set up. */
interface Line {
  /** What it was made of; another makes another line. */
  readonly made: string;
  readonly carrier: MessageCarrier<OutgoingText>;
  readonly webhook: Webhook | null;
  readonly state: () => LineState;
  stop(): Promise<void>;
}

/** All our numbers for text messages: each by the carrier that it has, as the configuration says. */
export class SmsLines implements MessageCarrier<OutgoingText>, MessageLines {
  readonly #parts: SmsLinesParts;
  readonly #lines = new Map<string, Line>();
  readonly #events = new Emitter<{ changed: LineState }>();
  readonly #stopping = new Set<Promise<void>>();
  #isStopped = false;

  constructor(parts: SmsLinesParts) {
    this.#parts = parts;
  }

  /** Lines that are as they were go on; others are ended and begun anew. */
  configure(configured: readonly SmsLineConfiguration[]): void {
    if (this.#isStopped) return;
    for (const [id, line] of this.#lines) {
      const same = configured.find((each) => each.id === id);
      if (same && this.#madeOf(same) === line.made) continue;
      this.#lines.delete(id);
      const stopped = line.stop().finally(() => this.#stopping.delete(stopped));
      this.#stopping.add(stopped);
    }
    for (const each of configured) {
      if (this.#lines.has(each.id)) continue;
      const line = this.#begin(each);
      this.#lines.set(each.id, line);
      this.#events.emit('changed', line.state());
    }
  }

  send(message: OutgoingText, signal: AbortSignal): Promise<SendOutcome> {
    const line = this.#lines.get(message.lineId);
    if (!line) return Promise.resolve({ kind: 'refused', why: 'there is no such line' });
    return line.carrier.send(message, signal);
  }

  states(): readonly LineState[] {
    return [...this.#lines.values()].map(({ state }) => state());
  }

  onChanged(listener: (state: LineState) => void): Disposable {
    return this.#events.on('changed', listener);
  }

  /** What providers bring to `POST path`. Null: nothing is there. */
  webhook(path: string, rawBody: Buffer, headers: Headers): Promise<WebhookReply> | null {
    const line = [...this.#lines.values()].find(({ webhook }) => webhook?.path === path);
    return line?.webhook?.handle(rawBody, headers) ?? null;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const lines = [...this.#lines.values()];
    this.#lines.clear();
    await Promise.all([...lines.map((line) => line.stop()), ...this.#stopping]);
  }

  /** Names and queues do not matter to a connection. A secret that was changed is another. */
  #madeOf({ id, number, carrier }: SmsLineConfiguration): string {
    return JSON.stringify([id, number, carrier, this.#parts.resolveSecret(secretOf(carrier))]);
  }

  #begin(line: SmsLineConfiguration): Line {
    const made = this.#madeOf(line);
    const { clock } = this.#parts;
    const secret = this.#parts.resolveSecret(secretOf(line.carrier));
    if (!secret.ok) {
      const down: LineState = { sourceId: line.id, state: 'down', why: secret.error, since: clock.now() };
      const never: MessageCarrier<OutgoingText> = {
        send: () => Promise.resolve({ kind: 'notNow', why: 'the line is not set up', retryAfterMs: null }),
      };
      return { made, carrier: never, webhook: null, state: () => down, stop: () => Promise.resolve() };
    }
    return line.carrier.kind === 'smpp'
      ? this.#beginSmpp(made, line, line.carrier, secret.value)
      : this.#beginHttp(made, line, line.carrier, secret.value);
  }

  #beginSmpp(
    made: string,
    { id: lineId, number }: SmsLineConfiguration,
    carrier: Extract<SmsLineConfiguration['carrier'], { kind: 'smpp' }>,
    password: string,
  ): Line {
    const { clock, log, arrivals, certificateAuthority, random = Math.random } = this.#parts;
    const { systemId, systemType, window, perSecond } = carrier;
    const line = new SmppLine(
      { lineId, number, systemId, password, systemType, window, perSecond },
      { clock, log, arrivals, random, dial: dialSmsc({ ...carrier, certificateAuthority }), onState: (state) => this.#tell(made, state) },
    );
    line.start();
    return { made, carrier: line, webhook: null, state: () => line.state, stop: () => line.stop() };
  }

  #beginHttp(
    made: string,
    { id: lineId, number }: SmsLineConfiguration,
    { url }: Extract<SmsLineConfiguration['carrier'], { kind: 'http' }>,
    secret: string,
  ): Line {
    const { clock, log, arrivals, lookUps } = this.#parts;
    // There is no connection that could be up: it is, until something says otherwise.
    let state: LineState = { sourceId: lineId, state: 'up', why: null, since: clock.now() };
    const carrier = new HttpCarrier(clock, lookUps, { number, url, secret }, (why) => {
      if (state.why === why) return;
      state = { sourceId: lineId, state: why === null ? 'up' : 'down', why, since: clock.now() };
      log[why === null ? 'info' : 'warn']('sms:line', { line: lineId, state: state.state, why });
      this.#tell(made, state);
    });
    const webhook = new SmsWebhook(clock, log, arrivals, { lineId, secret });
    return { made, carrier, webhook, state: () => state, stop: () => Promise.resolve() };
  }

  /** Of lines that are in use; one that is being ended says nothing any more. */
  #tell(made: string, state: LineState): void {
    if (this.#lines.get(state.sourceId)?.made === made) this.#events.emit('changed', state);
  }
}

function secretOf(carrier: SmsLineConfiguration['carrier']): SecretReference {
  return carrier.kind === 'smpp' ? carrier.password : carrier.secret;
}
