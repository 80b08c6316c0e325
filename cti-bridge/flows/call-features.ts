import type { CallView } from '../../shared/contracts/call.ts';
import type { AskTarget } from '../../shared/contracts/call-features.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import { type AgentId, asId, type QueueId } from '../../shared/ids.ts';
import { agentOf, freeIn, lineOf, mayBeAskedFor } from '../acd/index.ts';
import type { OutsideNumber, VoiceCall } from '../interactions/index.ts';
import { err, ok, type Result } from '../kernel/index.ts';
import { carryOn, successorOf } from './carry-on.ts';
import { findColleagues } from './colleagues.ts';
import type { StoryContext } from './context.ts';
import { type Asked, type AskedAgent, Guests, guestsOf, type Purpose, type Words } from './guests.ts';
import type { LiveInteraction } from './live-interaction.ts';
import type { OrgScope } from './org-tree.ts';
import type { Asker, CallFeatures } from './ports.ts';
import type { SupervisingCommands } from './supervise-call.ts';

const gone: WireError = { code: 'not_found', why: 'notYours', message: 'This contact is not yours, or it is over.' };
const notNow: WireError = { code: 'conflict', why: 'notNow', message: 'The call is not in a state that allows this.' };
const nobody: WireError = { code: 'not_found', why: 'nobody', message: 'There is nobody by that name.' };
const busy: WireError = {
  code: 'conflict',
  why: 'cannotBeAsked',
  message: 'They cannot be asked now: out of reach, signed out, or with another call.',
};
const noQueue: WireError = { code: 'not_found', why: 'nobody', message: 'There is no such queue.' };
const nobodyFree: WireError = { code: 'conflict', why: 'cannotBeAsked', message: 'Nobody in that queue is free.' };
const full: WireError = { code: 'conflict', why: 'callFull', message: 'No more people fit into this call.' };
const closed: WireError = { code: 'conflict', why: 'queueClosed', message: 'That queue takes nobody now.' };
const oneAtATime: WireError = { code: 'conflict', why: 'oneAtATime', message: 'Somebody is being asked already.' };
const nothing = {};

export interface CallFeatureParts {
  /** Whom somebody may find, and ask for by what was found. */
  scopeOf(asker: Asker): OrgScope;
  /** An agent as one who asks, for what they do with a key of their phone. Without it only colleagues can be asked for so. */
  askerOf?(agentId: AgentId): Asker | null;
  /**
   * The way to a number outside for somebody who is in this call, or why not. Everything that is to be said about who may call what is said
   * there.
   */
  lineFor(asker: Asker, number: string, from: Pick<LiveInteraction, 'call' | 'queueId'>): Result<Omit<OutsideNumber, 'partyId'>, WireError>;
}

/**
 * What an agent may do with a call beside talking, one method a command. Finds the agent's own call and hands the wish to its story. Whatever
 * is not this agent's is `not_found`, so that ids of others tell nothing.
 */
export function createCallFeatures(
  context: StoryContext,
  lines: CallFeatureParts,
): Omit<CallFeatures, keyof SupervisingCommands | 'call:park' | 'call:pick-up' | 'phone:test'> {
  const { live, agents, routing, recorder } = context;

  const own = ({ agentId }: Asker, interactionId: string) => (agentId === null ? null : live.findAssigned(agentId, interactionId));
  const viewed = (view: CallView | null): Result<CallView, WireError> => (view ? ok(view) : err(notNow));

  /** Whom that means, as far as the asker may ask them. */
  function find(
    asker: Asker,
    to: Exclude<AskTarget, { kind: 'queue' }>,
    from: LiveInteraction,
    referredBy: string | null = null,
  ): Result<Asked, WireError> {
    if (to.kind === 'outside') {
      const line = lines.lineFor(asker, to.number, from);
      if (!line.ok) return line;
      return ok({ kind: 'outside', name: to.number, call: (into, partyId) => into.dial({ ...line.value, partyId, referredBy }) });
    }
    const agent = to.kind === 'agent' ? agents.find(asId<AgentId>(to.agentId)) : agents.findByExtension(to.extension);
    if (!agent || agent.agentId === asker.agentId) return err(nobody);
    // A number one knows can be dialled, as on any telephone; an id is known from the list alone, and that ends at the asker's scope.
    if (to.kind === 'agent' && !lines.scopeOf(asker).has(agent.agentId)) return err(nobody);
    const state = agentOf(routing.state, agent.agentId);
    if (!state || !mayBeAskedFor(state, 'voice')) return err(busy);
    return ok({ kind: 'agent', agentId: agent.agentId, name: agent.name });
  }

  /** Whoever is free in a queue, one after the other until somebody takes it. */
  function findFree(asker: Asker, queueId: QueueId): Result<Asked, WireError> {
    const line = lineOf(routing.state, queueId);
    if (line?.queue.channel !== 'voice') return err(noQueue);
    const tried = new Set<AgentId | null>([asker.agentId]);
    const next = (): AskedAgent | null => {
      const now = lineOf(routing.state, queueId);
      const agentId = now && freeIn(routing.state, now).find((each) => !tried.has(each));
      const agent = agentId ? agents.find(agentId) : null;
      if (!agent) return null;
      tried.add(agent.agentId);
      return { kind: 'agent', agentId: agent.agentId, name: agent.name, next };
    };
    const first = next();
    return first ? ok(first) : err(nobodyFree);
  }

  function ask(asker: Asker, interactionId: string, to: Exclude<AskTarget, { kind: 'queue' }>, purpose: Purpose, words: Words) {
    return bring(asker, interactionId, (interaction) => find(asker, to, interaction), purpose, words);
  }

  function bring(
    asker: Asker,
    interactionId: string,
    whom: (interaction: LiveInteraction) => Result<Asked, WireError>,
    purpose: Purpose,
    words: Words,
    onOutcome?: (isThere: boolean) => void,
  ) {
    const interaction = own(asker, interactionId);
    if (!interaction) return err(gone);
    if (!interaction.conversation?.leg()) return err(notNow);
    const guests = guestsOf(interaction, context);
    if (guests.isAsking) return err(oneAtATime);
    if (guests.isFull) return err(full);
    const found = whom(interaction);
    return found.ok ? viewed(guests.ask(found.value, purpose, words, onOutcome)) : found;
  }

  /** Before all who wait there, with the time they have waited; whoever gives it away wraps up. */
  function toQueue(asker: Asker, interactionId: string, queueId: QueueId, words: Words): Result<CallView, WireError> {
    const interaction = own(asker, interactionId);
    if (!interaction) return err(gone);
    const { conversation, guests, callView } = interaction;
    if (!conversation || !callView) return err(notNow);
    if (guests?.keepCompany || (guests instanceof Guests && guests.isAsking)) return err(oneAtATime);
    const line = lineOf(routing.state, queueId);
    if (line?.queue.channel !== 'voice') return err({ code: 'not_found', why: 'nobody', message: 'There is no such queue.' });
    if (!line.isOpen) return err(closed);
    const { agentId } = conversation;
    const next = successorOf(interaction, context);
    next.transfer = {
      fromAgentId: agentId,
      fromName: interaction.assigned?.agentName ?? '',
      kind: 'transfer',
      ...words,
      draft: interaction.draft?.text ?? null,
      at: context.clock.now(),
    };
    const into = next.interactionId;
    recorder.note(interaction.interactionId, { type: 'call:asked', agentId, purpose: 'transfer', to: queueId, into });
    recorder.note(interaction.interactionId, { type: 'call:handedOn', agentId, into });
    interaction.room.seat([['customer', 'hold']]);
    const story = carryOn(next, interaction, { kind: 'queue', queue: line.queue }, context);
    follow(interaction, story);
    conversation.handOn();
    return ok(interaction.callView ?? callView);
  }

  function follow(interaction: LiveInteraction, story: Promise<void>): void {
    const told = story.catch((error: unknown) =>
      context.log.error('bug:story', { where: 'transfer', error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
    interaction.stories.add(told);
    void told.then(() => interaction.stories.delete(told));
  }

  /** The agent's other call waits, and this one goes on. */
  async function swapLines(agentId: AgentId, interaction: LiveInteraction): Promise<Result<CallView, WireError>> {
    const { callControls } = interaction;
    if (!callControls) return err(notNow);
    for (const other of live.assignedTo(agentId)) if (other !== interaction) await other.callControls?.hold();
    return ok(await callControls.resume());
  }

  /** The customer of another call of the same agent, who is with nobody else there. */
  function otherCustomer({ agentId }: Asker, call: VoiceCall, from: LiveInteraction): Result<Asked, WireError> {
    const other = agentId === null ? undefined : live.assignedTo(agentId).find((each) => each.call === call && each !== from);
    if (!other?.conversation || other.guests?.keepCompany || (other.guests instanceof Guests && other.guests.isAsking)) return err(nobody);
    return ok({ kind: 'outside', name: call.caller.number ?? '', call: (into, partyId) => into.bringIn(call, partyId) });
  }

  /** A desk phone's own transfer key: blind, to an extension or a number; or to whoever is in another call of that phone. */
  live.onTransferAsked = (asked, interaction) => {
    const agentId = interaction.conversation?.agentId;
    const asker = agentId && (lines.askerOf?.(agentId) ?? { userId: asId(''), name: '', agentId, may: () => false });
    if (!asker) return asked.done(false);
    const { target, into, referredBy } = asked;
    const to = agents.findByExtension(target)
      ? ({ kind: 'extension', extension: target } as const)
      : ({ kind: 'outside', number: target } as const);
    const whom = (from: LiveInteraction) => (into ? otherCustomer(asker, into, from) : find(asker, to, from, referredBy));
    const words = { reason: '', note: '' };
    const answer = bring(asker, interaction.interactionId, whom, 'transfer', words, (isThere) => asked.done(isThere));
    if (!answer.ok) asked.done(false);
  };

  return {
    'call:find-colleagues': async (asker, { text }) => ok({ colleagues: [...findColleagues(context, asker, lines.scopeOf(asker), text)] }),
    async 'call:call-back'(asker, { interactionId }) {
      const interaction = own(asker, interactionId);
      if (!interaction) return err(gone);
      return interaction.callBack ? ok(interaction.callBack()) : err(notNow);
    },

    async 'call:transfer'(asker, { interactionId, to, reason, note }) {
      if (to.kind === 'queue') return toQueue(asker, interactionId, asId<QueueId>(to.queueId), { reason, note });
      return ask(asker, interactionId, to, 'transfer', { reason, note });
    },
    async 'call:consult'(asker, { interactionId, to, reason, note }) {
      if (to.kind === 'queue')
        return bring(asker, interactionId, () => findFree(asker, asId<QueueId>(to.queueId)), 'consult', { reason, note });
      return ask(asker, interactionId, to, 'consult', { reason, note });
    },
    async 'call:swap'(asker, { interactionId }) {
      const interaction = own(asker, interactionId);
      if (!interaction || !asker.agentId) return err(gone);
      const swapped = interaction.guests instanceof Guests ? interaction.guests.swap() : null;
      return swapped ? ok(swapped) : swapLines(asker.agentId, interaction);
    },
    async 'call:complete-transfer'(asker, { interactionId }) {
      const interaction = own(asker, interactionId);
      if (!interaction) return err(gone);
      return interaction.guests instanceof Guests && interaction.guests.complete() ? ok(nothing) : err(notNow);
    },
    async 'call:cancel-consult'(asker, { interactionId }) {
      const interaction = own(asker, interactionId);
      if (!interaction) return err(gone);
      return viewed(interaction.guests instanceof Guests ? interaction.guests.cancel() : null);
    },
    async 'call:conference'(asker, { interactionId }) {
      const interaction = own(asker, interactionId);
      if (!interaction) return err(gone);
      return viewed(interaction.guests instanceof Guests ? interaction.guests.conference() : null);
    },
    async 'call:drop-party'(asker, { interactionId, partyId }) {
      const interaction = own(asker, interactionId);
      if (!interaction) return err(gone);
      return viewed(interaction.guests instanceof Guests ? interaction.guests.drop(partyId) : null);
    },
  };
}

/** The way the customer came by, for whoever may call outside at all. */
export const lineOfTheCall: CallFeatureParts['lineFor'] = (asker, number, { call }) => {
  if (!asker.may('call:dial-out')) return err({ code: 'forbidden', why: 'mayNotDialOut', message: 'You may not call numbers outside.' });
  if (call.peer === null) return err({ code: 'conflict', why: 'noWayOut', message: 'There is no way to numbers outside.' });
  return ok({ number: number.replace(/[^+\d]/g, ''), peer: call.peer, shownAs: call.dialled });
};
