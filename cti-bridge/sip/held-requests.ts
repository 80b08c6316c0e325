import { headerOf, type ReceivedRequest } from './message/index.ts';
import type { Flow } from './transport/index.ts';

interface Held {
  readonly request: ReceivedRequest;
  readonly flow: Flow;
  readonly receivedAt: number;
}

/** Some thousand calls and a short start. */
const mostRequests = 2_000;
const mostBytes = 8 * 1_024 * 1_024;

/**
 * What comes in the first moments of a bridge, before it knows the legs of the one that died: requests within calls, which would be told that
 * there is no such call (481), and new calls, which nobody could take yet. They wait, in their order; an answer some hundred milliseconds late
 * is an ordinary one.
 *
 *   holding --release--> open        what is beyond the limits is not held, and not known
 */
export class HeldRequests {
  #held: Held[] | null;
  #bytes = 0;
  /** Of what waits: the same once more is no more. */
  readonly #keys = new Set<string>();
  /** Whether a new call from there may wait: a stranger's may not. */
  readonly #mayWait: (flow: Flow) => boolean;

  constructor(isHolding: boolean, mayWait: (flow: Flow) => boolean) {
    this.#held = isHolding ? [] : null;
    this.#mayWait = mayWait;
  }

  /** True where it waits. */
  hold(request: ReceivedRequest, flow: Flow, receivedAt: number): boolean {
    const held = this.#held;
    if (!held) return false;
    const isNewCall = request.method === 'INVITE' || request.method === 'CANCEL';
    if (request.toTag === null && !(isNewCall && this.#mayWait(flow))) return false;
    const key = `${flow.id} ${headerOf(request, 'Via')} ${headerOf(request, 'CSeq')}`;
    if (this.#keys.has(key)) return true;
    this.#bytes += request.body.length + request.headers.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
    if (held.length >= mostRequests || this.#bytes > mostBytes) return false;
    this.#keys.add(key);
    held.push({ request, flow, receivedAt });
    return true;
  }

  release(deliver: (request: ReceivedRequest, flow: Flow, receivedAt: number) => void): void {
    const held = this.#held ?? [];
    this.#held = null;
    this.#keys.clear();
    for (const { request, flow, receivedAt } of held) if (!flow.isClosed) deliver(request, flow, receivedAt);
  }

  /** The legs are not known yet: nobody is told that a call does not exist. */
  get isHolding(): boolean {
    return this.#held !== null;
  }
}
