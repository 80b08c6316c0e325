import { ignore, type NodeKind } from './node-kind.ts';

/**
 * Sends the caller to a queue: the usual end of a flow. A priority of null means the queue's own.
 *
 *   enter  the run is over
 */
export const queue: NodeKind<'queue'> = {
  enter: ({ queueId, priority }) => ({
    then: 'end',
    exit: 'queued',
    actions: [{ type: 'queue', queueId, priority }],
    path: [{ code: 'queued', facts: { queueId } }],
  }),
  onInput: () => ignore,
};
