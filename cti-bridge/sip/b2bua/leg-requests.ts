import type { Attempt, Credentials } from '../auth/index.ts';
import { Authenticating } from '../auth/index.ts';
import type { Dialog, RequestParts } from '../dialog/index.ts';
import type { Header, ReceivedResponse, SipRequest } from '../message/index.ts';
import type { LegParts } from './leg-parts.ts';

export interface RequestHandlers {
  onResponse(response: ReceivedResponse): void;
  onFailure(why: string): void;
  /** As it went out: twice, when it was sent again with credentials. */
  onSent?(request: SipRequest): void;
}

/** What we send within the dialogs of one leg, and the password that the far side may want with it (RFC 3261 §22). */
export class LegRequests {
  readonly #parts: LegParts;
  readonly #credentials: () => Credentials | null;
  #authenticating: Authenticating | null = null;

  /** `credentials` are looked up when the far side asks for some. */
  constructor(parts: LegParts, credentials: () => Credentials | null) {
    this.#parts = parts;
    this.#credentials = credentials;
  }

  get userAgent(): Header {
    return { name: 'User-Agent', value: this.#parts.product };
  }

  /** Sent again with credentials where it is challenged. */
  send(dialog: Dialog, method: string, parts: RequestParts, handlers: RequestHandlers): void {
    const headers = [...(parts.headers ?? []), this.userAgent];
    const attempt = this.attempt();
    const send = (credentials: readonly Header[] | null): void => {
      const plain = dialog.request(method, { ...parts, headers });
      const request = { ...plain, headers: [...plain.headers, ...(credentials ?? this.credentialsFor(method, plain.uri))] };
      handlers.onSent?.(request);
      this.#parts.transactions.send(request, dialog.flow(this.#parts.outlets), {
        onResponse(response) {
          const answer = attempt.answer(response, method, request.uri);
          if (answer) send(answer);
          else handlers.onResponse(response);
        },
        onFailure: (why) => handlers.onFailure(why),
      });
    };
    send(null);
  }

  /** One request, however often it is challenged; without credentials no challenge is answered. */
  attempt(): Attempt {
    let begun: Attempt | undefined;
    return {
      answer: (response, method, uri) => {
        if (response.status !== 401 && response.status !== 407) return null;
        const credentials = this.#authenticating ? null : this.#credentials();
        if (credentials) this.#authenticating = new Authenticating(credentials, () => Buffer.from(this.#parts.names.tag(), 'hex'));
        begun ??= this.#authenticating?.begin();
        return begun?.answer(response, method, uri) ?? null;
      },
    };
  }

  /** Credentials for what the far side asked for before, if it ever did. */
  credentialsFor(method: string, uri: string): readonly Header[] {
    return this.#authenticating?.headers(method, uri) ?? [];
  }

  /** Acknowledges a 2xx; returns a function that sends the same bytes again. The credentials are those of the INVITE (RFC 3261 §22.1). */
  acknowledge(invite: SipRequest, response: ReceivedResponse, dialog: Dialog): () => void {
    const credentials = invite.headers.filter(({ name }) => name === 'Authorization' || name === 'Proxy-Authorization');
    const ack = dialog.request('ACK', { headers: [this.userAgent, ...credentials] }, response.cseq.number);
    return this.#parts.transactions.sendAck(ack, dialog.flow(this.#parts.outlets));
  }
}
