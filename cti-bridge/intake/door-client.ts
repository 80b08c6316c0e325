import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import type { BulkReply, BulkRequest } from '../crm/index.ts';
import { StoppedByStore } from './stopped-by-store.ts';

type WithoutId<Request> = Request extends BulkRequest ? Omit<Request, 'id'> : never;

/** The near end of a bulk door. */
export class DoorClient {
  readonly #door: MessagePort;
  readonly #pending = new Map<number, { resolve(reply: BulkReply): void; reject(error: Error): void }>();
  #lastId = 0;
  #isClosed = false;
  onUndoing: (takenBack: number) => void = () => {};

  constructor(door: MessagePort) {
    this.#door = door;
    door.on('message', (reply: BulkReply) => {
      if (reply.kind === 'undoing') return this.onUndoing(reply.takenBack);
      const pending = this.#pending.get(reply.id);
      this.#pending.delete(reply.id);
      if (reply.kind === 'refused') pending?.reject(new StoppedByStore(reply.why, reply.message));
      else pending?.resolve(reply);
    });
    void once(door, 'close').then(() => {
      this.#isClosed = true;
      for (const pending of this.#pending.values()) pending.reject(new StoppedByStore('storeFailed', 'The store has gone.'));
      this.#pending.clear();
    });
  }

  async ask(request: WithoutId<BulkRequest>): Promise<BulkReply> {
    if (this.#isClosed) throw new StoppedByStore('storeFailed', 'The store has gone.');
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<BulkReply>();
    this.#pending.set(id, { resolve, reject });
    this.#door.postMessage({ ...request, id });
    return promise;
  }
}
