import { createHmac, timingSafeEqual } from 'node:crypto';
import { asId, type ConversationId } from '../../../shared/ids.ts';
import type { Clock } from '../../kernel/index.ts';

/**
 * Links to files carry no header, and no token: they carry a pass, which names the conversation, ends after some hours, and opens nothing but its
 * files. `CONVERSATION.EXPIRES.MAC`, so that every bridge with the same key can tell.
 */
export class FilePasses {
  readonly #clock: Clock;
  readonly #key: Buffer;
  readonly #validMs: number;

  constructor(clock: Clock, key: Buffer, validMs: number) {
    this.#clock = clock;
    this.#key = key;
    this.#validMs = validMs;
  }

  make(conversationId: ConversationId): string {
    const signed = `${conversationId}.${(this.#clock.now() + this.#validMs).toString(36)}`;
    return `${signed}.${this.#mac(signed).toString('base64url')}`;
  }

  /** Whose it is; null: it is none of ours, or too old. */
  read(pass: string): ConversationId | null {
    const [, signed, conversationId, expires, mac] = /^(([\w-]{1,100})\.([0-9a-z]{1,12}))\.([\w-]{43})$/.exec(pass) ?? [];
    if (signed === undefined || conversationId === undefined || expires === undefined || mac === undefined) return null;
    if (!timingSafeEqual(Buffer.from(mac, 'base64url'), this.#mac(signed))) return null;
    return Number.parseInt(expires, 36) > this.#clock.now() ? asId<ConversationId>(conversationId) : null;
  }

  #mac(signed: string): Buffer {
    return createHmac('sha256', this.#key).update(signed).digest();
  }
}
