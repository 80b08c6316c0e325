import { ignore, type NodeKind } from './node-kind.ts';

/**
 * Lets the caller leave a message for a queue.
 *
 *   enter  the run is over
 */
export const voicemail: NodeKind<'voicemail'> = {
  needs: 'caller',
  enter: ({ queueId }) => ({ then: 'end', actions: [{ type: 'voicemail', queueId }] }),
  onInput: () => ignore,
};
