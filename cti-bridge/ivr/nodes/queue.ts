import { ignore, type NodeKind } from './node-kind.ts';

/**
 * Sends the caller to a queue: the usual end of a flow, with the skills that were asked for on the way. Its own priority comes before the
 * one that was set on the way; with neither it is the queue's.
 *
 *   enter  the run is over
 */
export const queue: NodeKind<'queue'> = {
  needs: 'caller',
  enter: ({ queueId, priority }, { state }) => ({
    then: 'end',
    actions: [{ type: 'queue', queueId, priority: priority ?? state.priority, skills: state.skills }],
    path: [{ code: 'queued', facts: { queueId } }],
  }),
  onInput: () => ignore,
};
