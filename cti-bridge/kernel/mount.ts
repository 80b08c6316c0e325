import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Something of a channel that is reached at the bridge's own address. The channel answers whatever comes below its path, with its own headers
 * and its own judgement of who may ask; whoever owns the server has checked the `Host`, and has neither read the body nor judged the `Origin`.
 */
export interface Mount {
  /** Begins and ends with a slash. */
  readonly path: string;
  /** Ends the response, also of a request that makes no sense; never throws. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Takes the socket over, or ends it; null where there are no WebSockets. */
  readonly upgrade: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | null;
}
