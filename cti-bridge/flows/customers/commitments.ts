import type { WireError } from '../../../shared/contracts/errors.ts';
import { ok, type Result } from '../../kernel/index.ts';
import type { Asker, CustomerCommands } from '../ports.ts';
import { callbackView } from '../scheduled-callbacks.ts';
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

  /** Whoever is to do it sees it. */
  async function told<Value extends { readonly ownerAgentId: string | null }>(
    work: Promise<Result<Value, WireError>>,
  ): Promise<Result<Value, WireError>> {
    const done = await work;
    if (done.ok && done.value.ownerAgentId !== null) parts.workChanged(done.value.ownerAgentId);
    return done;
  }

  return {
    'contact:add-note': (asker, note) => answered(parts, 'note', commitments.addNote({ ...change(asker, note.contactId), ...note })),
    'contact:make-promise': async (asker, promise) =>
      noSuchAgent(parts, promise.ownerAgentId) ??
      told(answered(parts, 'promise', commitments.makePromise({ ...change(asker, promise.contactId), ...promise }))),
    'contact:keep-promise': async (asker, { promiseId }) => {
      const keeping = changeOf(asker, 'promise', promiseId).then((kept) => commitments.keepPromise({ ...kept, promiseId }));
      const kept = await told(answered(parts, 'promise', keeping));
      if (kept.ok) parts.promiseKept(promiseId, asker.name);
      return kept;
    },
    'contact:add-task': async (asker, task) =>
      noSuchAgent(parts, task.ownerAgentId) ??
      told(answered(parts, 'task', commitments.addTask({ ...change(asker, task.contactId), ...task }))),
    'contact:finish-task': (asker, { taskId }) =>
      told(
        answered(
          parts,
          'task',
          changeOf(asker, 'task', taskId).then((finished) => commitments.finishTask({ ...finished, taskId })),
        ),
      ),
    'contact:record-offer': (asker, offer) =>
      answered(parts, 'offer', commitments.recordOffer({ ...change(asker, offer.contactId), ...offer })),
    'work:mine': async (asker) => {
      const { agentId } = asker;
      if (agentId === null) return ok({ promises: [], tasks: [], callbacks: [] });
      const scope = scopeOf(asker);
      const own = Promise.all([commitments.workOf(agentId, scope), store.scheduledCallbacks.ofAgent(agentId, scope)]);
      return answered(
        parts,
        'work',
        own.then(([{ promises, tasks }, callbacks]) =>
          ok({ promises: [...promises], tasks: [...tasks], callbacks: callbacks.map(callbackView) }),
        ),
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
