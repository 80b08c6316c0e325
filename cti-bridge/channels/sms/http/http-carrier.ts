import * as z from 'zod/mini';
import type { LookUpAnswer, LookUps, MessageCarrier, OutgoingText, SendOutcome } from '../../../interactions/index.ts';
import type { Clock } from '../../../kernel/index.ts';
import { sign } from './signature.ts';

export interface HttpCarrierOptions {
  readonly number: string;
  readonly url: string;
  readonly secret: string;
}

const limitMs = 15_000;
const laterMs = 30_000;

const id = z.string().check(z.minLength(1), z.maxLength(100));
const takenSchema = z.union([z.object({ id }), z.object({ ids: z.array(id).check(z.maxLength(255)) })]);
const refusedSchema = z.object({ error: z.string().check(z.maxLength(500)) });

/** Statuses that say something of the message; all other 4xx say something of the line. */
const ofMessage: ReadonlySet<number> = new Set([400, 402, 409, 410, 413, 415, 422]);
/** Nothing was done with it. */
const tooFast: ReadonlySet<number> = new Set([429, 503]);

/**
 * Hands texts to a provider over HTTP: POST of `{ id, from, to, text }`, signed. Answers that it reads: 2xx with `{ "id": "…" }` or
 * `{ "ids": […] }`, a refusal with `{ "error": "…" }`, 429 and 503 with `retry-after`.
 */
export class HttpCarrier implements MessageCarrier<OutgoingText> {
  readonly #clock: Clock;
  readonly #lookUps: LookUps;
  readonly #options: HttpCarrierOptions;
  readonly #onTrouble: (why: string | null) => void;

  /** `onTrouble`: why the line does not work, in plain words; null when it does. */
  constructor(clock: Clock, lookUps: LookUps, options: HttpCarrierOptions, onTrouble: (why: string | null) => void) {
    this.#clock = clock;
    this.#lookUps = lookUps;
    this.#options = options;
    this.#onTrouble = onTrouble;
  }

  async send({ messageId, to, text }: OutgoingText, signal: AbortSignal): Promise<SendOutcome> {
    if (signal.aborted) return { kind: 'notNow', why: 'stopped', retryAfterMs: null };
    const { url, secret, number } = this.#options;
    const body = JSON.stringify({ id: messageId, from: number, to, text });
    let hasLeft = false;
    const headers = sign(secret, Buffer.from(body), this.#clock.now());
    const question = { method: 'POST', url, headers, body, limitMs, onConnected: () => (hasLeft = true) } as const;
    const { outcome, trouble } = outcomeOf(await this.#lookUps.ask(question, signal), hasLeft);
    if (!signal.aborted) this.#onTrouble(trouble);
    return outcome;
  }
}

interface Judged {
  readonly outcome: SendOutcome;
  /** What is wrong with the line, for the administrator. */
  readonly trouble: string | null;
}

function outcomeOf(answer: LookUpAnswer, hasLeft: boolean): Judged {
  switch (answer.kind) {
    case 'answered':
      return outcomeOfStatus(answer);
    case 'notAllowed': {
      const why = 'its address is not one that we may ask; name it among the allowed hosts';
      return { outcome: { kind: 'notNow', why, retryAfterMs: laterMs }, trouble: why };
    }
    default: {
      const why = answer.kind === 'timedOut' ? 'it did not answer in time' : (troubles[answer.why] ?? 'no answer');
      const outcome: SendOutcome = hasLeft ? { kind: 'unknown', why, providerIds: [] } : { kind: 'notNow', why, retryAfterMs: laterMs };
      return { outcome, trouble: why };
    }
  }
}

const troubles: Readonly<Record<string, string>> = {
  unknownHost: 'there is no such host',
  unreachable: 'no connection, or it broke',
  tooLarge: 'its answer is too large',
  badAnswer: 'its answer cannot be read',
  stopped: 'stopped',
};

function outcomeOfStatus({ status, headers, body }: Extract<LookUpAnswer, { kind: 'answered' }>): Judged {
  const said = refusedSchema.safeParse(body);
  const why = said.success && said.data.error !== '' ? said.data.error : `it answered ${status}`;
  if (status >= 200 && status < 300) {
    const taken = takenSchema.safeParse(body);
    const providerIds = !taken.success ? [] : 'ids' in taken.data ? taken.data.ids : [taken.data.id];
    return { outcome: { kind: 'taken', providerIds }, trouble: null };
  }
  if (tooFast.has(status)) return { outcome: { kind: 'notNow', why, retryAfterMs: retryAfter(headers['retry-after']) }, trouble: null };
  // Whether it failed before or after it took the message, nobody can tell.
  if (status >= 500) return { outcome: { kind: 'unknown', why, providerIds: [] }, trouble: why };
  if (ofMessage.has(status)) return { outcome: { kind: 'refused', why }, trouble: null };
  return { outcome: { kind: 'notNow', why, retryAfterMs: laterMs }, trouble: why };
}

/** RFC 9110 §10.2.3, in seconds; a date is rare, and a usual pause will do. */
function retryAfter(written: string | undefined): number {
  return /^\d{1,5}$/.test(written ?? '') ? Math.min(3_600, Number(written)) * 1_000 : laterMs;
}
