import * as z from 'zod/mini';
import type { Arrivals } from '../../../interactions/index.ts';
import { type Clock, type Log, withTimeLimit } from '../../../kernel/index.ts';
import { freshMs, type Headers, verify } from './signature.ts';

/** A request to us, answered by whoever is behind the path; mounted where HTTP is. */
export interface Webhook {
  /** Exactly; POST. */
  readonly path: string;
  /** The body as it came, byte for byte. Never rejects. */
  handle(rawBody: Buffer, headers: Headers): Promise<WebhookReply>;
}

export interface WebhookReply {
  readonly status: 200 | 400 | 401 | 409 | 413 | 503;
  /** Sent as JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Whoever asked does not know the secret; who comes too late may. */
  readonly isForged?: boolean;
}

export interface SmsWebhookOptions {
  readonly lineId: string;
  readonly secret: string;
}

export const mostWebhookBytes = 64 * 1024;
const keepMs = 20_000;

const number = z.string().check(z.minLength(1), z.maxLength(32));
const id = z.string().check(z.minLength(1), z.maxLength(100));
/** What a provider tells us. Fields that we do not know are left aside: providers add some. */
const toldSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    /** The provider's own: told again with the same it is the same text. */
    id,
    from: number,
    to: number,
    text: z.string().check(z.maxLength(40_000)),
    part: z.optional(
      z.nullable(
        z
          .object({
            reference: z.int().check(z.gte(0), z.lte(65_535)),
            total: z.int().check(z.gte(2), z.lte(255)),
            index: z.int().check(z.gte(1), z.lte(255)),
          })
          .check(z.refine(({ total, index }) => index <= total)),
      ),
    ),
  }),
  z.object({
    type: z.literal('receipt'),
    /** As it was given when the message was taken. */
    id,
    state: z.enum(['delivered', 'failed', 'expired', 'rejected', 'pending']),
    code: z.optional(z.nullable(z.string().check(z.maxLength(100)))),
  }),
]);

/**
 * Where a provider of text messages brings texts of customers and receipts:
 *
 *     { "type": "text", "id": "…", "from": "+86…", "to": "10690", "text": "…" }
 *     { "type": "receipt", "id": "…", "state": "delivered", "code": null }
 *
 * Answers 200 when it is stored, or was before; 401 to whoever does not know the secret or comes too late; 409 to a request that was seen
 * already, signature and all; 503 when it could not be stored: the provider comes again.
 */
export class SmsWebhook implements Webhook {
  readonly path: string;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #arrivals: Arrivals;
  readonly #options: SmsWebhookOptions;
  /** Signatures that had their effect, and until when they are remembered (epoch ms): longer than they are fresh. */
  readonly #seen = new Map<string, number>();

  constructor(clock: Clock, log: Log, arrivals: Arrivals, options: SmsWebhookOptions) {
    this.#clock = clock;
    this.#log = log;
    this.#arrivals = arrivals;
    this.#options = options;
    this.path = `/hooks/sms/${options.lineId}`;
  }

  async handle(rawBody: Buffer, headers: Headers): Promise<WebhookReply> {
    if (rawBody.length > mostWebhookBytes) return { status: 413, body: { error: 'too large' } };
    const verdict = verify(this.#options.secret, rawBody, headers, this.#clock.now());
    if (verdict.kind !== 'ours') {
      this.#log.warn('sms:webhookRefused', { line: this.#options.lineId, why: verdict.kind });
      // Whoever only tries learns nothing from it.
      return { status: 401, body: { error: 'not signed, or not now' }, isForged: verdict.kind === 'forged' };
    }
    if (!this.#isNew(verdict.signature)) return { status: 409, body: { error: 'seen before' } };
    const reply = await this.#take(rawBody);
    if (reply.status === 503) this.#seen.delete(verdict.signature);
    return reply;
  }

  async #take(rawBody: Buffer): Promise<WebhookReply> {
    const told = toldSchema.safeParse(jsonOf(rawBody));
    if (!told.success) return { status: 400, body: { error: 'not what is expected here' } };
    try {
      const storing = this.#store(told.data);
      return { status: 200, body: { result: await withTimeLimit(this.#clock, keepMs, 'storing a text message', storing) } };
    } catch (error) {
      this.#log.warn('sms:notStored', { line: this.#options.lineId, why: error instanceof Error ? error.message : String(error) });
      return { status: 503, body: { error: 'not stored, come again' } };
    }
  }

  async #store(told: z.infer<typeof toldSchema>): Promise<'kept' | 'known'> {
    const sourceId = this.#options.lineId;
    const now = this.#clock.now();
    if (told.type === 'text') {
      const { id: onceKey, from, to, text, part = null } = told;
      return this.#arrivals.keepText({ sourceId, onceKey, receivedAt: now, from, to, text, part });
    }
    await this.#arrivals.keepReceipt({ sourceId, providerId: told.id, state: told.state, code: told.code ?? null, at: now });
    return 'kept';
  }

  #isNew(signature: string): boolean {
    const now = this.#clock.now();
    for (const [seen, until] of this.#seen) {
      // In the order they came.
      if (until > now) break;
      this.#seen.delete(seen);
    }
    if (this.#seen.has(signature)) return false;
    this.#seen.set(signature, now + 2 * freshMs + 1_000);
    return true;
  }
}

function jsonOf(rawBody: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    return null;
  }
}
