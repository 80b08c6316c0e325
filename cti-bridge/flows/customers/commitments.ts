import type { WireError } from '../../../shared/contracts/errors.ts';
import { ok } from '../../kernel/index.ts';
import type { Asker, CustomerCommands } from '../ports.ts';
import { answered, refusal } from './answer.ts';
import { authorOf, type CustomerParts } from './parts.ts';
import { reachOf, reachOfSubject } from './reach.ts';

type CommitmentStories = Pick<
  CustomerCommands,
  | 'contact:add-note'
  | 'contact:make-promise'
  | 'contact:keep-promise'
  | 'contact:add-task'
  | 'contact:finish-task'
  | 'contact:record-offer'
  | 'work:mine'
>;

/** What was said to a customer, promised, left to do and offered. */
export function createCommitments(parts: CustomerParts): CommitmentStories {
  const { clock, ids, scopeOf, store } = parts;
  const { commitments } = store;
  const by = (asker: Asker) => ({ changeId: ids.next(), author: authorOf(asker), at: clock.now() });
  const change = (asker: Asker, contactId: string) => ({ ...by(asker), scope: reachOf(parts, asker, contactId) });
  const changeOf = async (asker: Asker, kind: 'promise' | 'task', id: string) => ({
    ...by(asker),
    scope: await reachOfSubject(parts, asker, kind, id),
  });

  return {
    'contact:add-note': (asker, note) => answered(parts, 'note', commitments.addNote({ ...change(asker, note.contactId), ...note })),
    'contact:make-promise': async (asker, promise) =>
      noSuchAgent(parts, promise.ownerAgentId) ??
      answered(parts, 'promise', commitments.makePromise({ ...change(asker, promise.contactId), ...promise })),
    'contact:keep-promise': (asker, { promiseId }) =>
      answered(
        parts,
        'promise',
        changeOf(asker, 'promise', promiseId).then((kept) => commitments.keepPromise({ ...kept, promiseId })),
      ),
    'contact:add-task': async (asker, task) =>
      noSuchAgent(parts, task.ownerAgentId) ?? answered(parts, 'task', commitments.addTask({ ...change(asker, task.contactId), ...task })),
    'contact:finish-task': (asker, { taskId }) =>
      answered(
        parts,
        'task',
        changeOf(asker, 'task', taskId).then((finished) => commitments.finishTask({ ...finished, taskId })),
      ),
    'contact:record-offer': (asker, offer) =>
      answered(parts, 'offer', commitments.recordOffer({ ...change(asker, offer.contactId), ...offer })),
    'work:mine': async (asker) => {
      const { agentId } = asker;
      if (agentId === null) return ok({ promises: [], tasks: [] });
      const own = commitments.workOf(agentId, scopeOf(asker));
      return answered(
        parts,
        'work',
        own.then(({ promises, tasks }) => ok({ promises: [...promises], tasks: [...tasks] })),
      );
    },
  };
}

/** Only who works here can have something to do. */
export function noSuchAgent(
  { configuration }: Pick<CustomerParts, 'configuration'>,
  agentId: string | null | undefined,
): { readonly ok: false; readonly error: WireError } | null {
  if (agentId == null || configuration().users.some(({ agent }) => agent?.id === agentId)) return null;
  return refusal('bad_request', `There is no agent "${agentId}".`);
}
