import type { CallRefusal, WireError } from '../../../shared/contracts/errors.ts';
import type { AgentId, WorkItemId } from '../../../shared/ids.ts';
import { agentOf, agentsOf, itemOf, ownerOf, whyNotAskedFor } from '../../acd/index.ts';
import { err, ok, type Result } from '../../kernel/index.ts';
import type { ParkedWork } from '../floor.ts';
import type { GivenWork } from '../supervision.ts';
import type { MessageContext } from './context.ts';
import { askByName, handOver } from './hold-work.ts';
import type { LiveWork } from './live-work.ts';
import { tellWaitingGone } from './tell.ts';

const unknown: WireError = { code: 'not_found', message: 'There is no such written contact, or it is over.' };

/**
 * A supervisor gives it to somebody by name, from wherever it is. They are offered it as by a colleague who hands it over, and say yes or no:
 * whoever is not looking would keep a customer waiting for nobody. Not taken, it waits in its queue.
 */
export async function giveWork(
  interactionId: string,
  { to, note, by, mayTakeFrom }: GivenWork,
  context: MessageContext,
): Promise<Result<{ readonly workItemId: WorkItemId }, WireError>> {
  const { works, conversations, clock } = context;
  const work = works.find(interactionId);
  if (!work || (work.agentId !== null && !mayTakeFrom(work.agentId))) return err(unknown);
  const refused = refusalOf(work, to, context);
  if (refused) return refusal(refused);
  const { workItemId } = work;
  if (work.agentId !== null) {
    await handOver(work, { kind: 'agent', agentId: to }, { reason: '', note }, context, by);
    return ok({ workItemId });
  }
  if (note !== '') {
    work.stored = { ...work.stored, transfer: { fromAgentId: by.userId, fromName: by.name, reason: '', note, at: clock.now() } };
    await conversations.saveWork(work.stored);
    // Somebody may have taken it meanwhile.
    const late = work.agentId === null ? refusalOf(work, to, context) : 'changingHands';
    if (late) return refusal(late);
  }
  tellWaitingGone(work, context);
  takeBackOffers(work, context);
  askByName(work, to, null, context);
  return ok({ workItemId });
}

/** Written work that is an agent's and not in their hands, for the board. */
export function parkedWorks({ works }: Pick<MessageContext, 'works'>): readonly ParkedWork[] {
  return works.all().flatMap(({ stored, conversation }): ParkedWork[] => {
    const { state, workItemId, interactionId, queueId, agentId, takenAt, queuedAt, snoozedUntil } = stored;
    if (state !== 'waiting' && state !== 'snoozed') return [];
    const place = { workItemId, interactionId, queueId, agentId, channel: conversation.channel, since: takenAt ?? queuedAt };
    return [{ ...place, state: state === 'waiting' ? 'forCustomer' : 'snoozed', snoozedUntil }];
  });
}

function refusal(why: CallRefusal): ReturnType<typeof err<WireError>> {
  return err({ code: 'conflict', message: 'It cannot be given to them now.', why });
}

function refusalOf(work: LiveWork, to: AgentId, { routing }: MessageContext): CallRefusal | null {
  const { workItemId, agentId } = work;
  const { state } = routing;
  const agent = agentOf(state, to);
  if (agent === null) return 'outOfReach';
  const holders = agentsOf(state).filter(({ works }) => works.some((each) => each.workItemId === workItemId));
  if (agentId === to || holders.some((holder) => holder.agentId === to)) return 'alreadyTheirs';
  if (work.scope.isEnded || work.comesBackTo !== null) return 'changingHands';
  // Nobody has it: then the router keeps it, in a queue or for whoever is asked for by name.
  const isKept = itemOf(state, workItemId) !== null || (holders.length > 0 && ownerOf(state, workItemId) === null);
  if (agentId === null && !isKept) return 'changingHands';
  return whyNotAskedFor(agent, work.conversation.channel);
}

/** Of those who are asked for by name; the router takes back the others. */
function takeBackOffers({ workItemId }: LiveWork, { routing }: MessageContext): void {
  if (itemOf(routing.state, workItemId) !== null) return;
  for (const { works } of agentsOf(routing.state))
    for (const { reservationId, state, ...work } of works)
      if (work.workItemId === workItemId && state === 'reserved')
        routing.tell({ type: 'reservation:failed', reservationId, cause: 'released' });
}
