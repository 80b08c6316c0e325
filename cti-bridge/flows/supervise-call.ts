import type { Supervising } from '../../shared/contracts/call.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import type { AgentId, ReservationId } from '../../shared/ids.ts';
import { agentOf, type Reservation } from '../acd/index.ts';
import type { AgentLeg } from '../interactions/index.ts';
import { type Disposable, err, ok, withTimeLimit } from '../kernel/index.ts';
import type { CallRoom } from './call-room.ts';
import { successorOf } from './carry-on.ts';
import { limits, type StoryContext } from './context.ts';
import { guestsOf } from './guests.ts';
import type { LiveInteraction } from './live-interaction.ts';
import type { OrgScope } from './org-tree.ts';
import type { Asker, CallFeatures } from './ports.ts';

const nobodys: WireError = { code: 'not_found', message: 'There is no such call.' };
const notTalking: WireError = { code: 'conflict', message: 'Nobody talks in that call at this moment.' };
const notFree: WireError = { code: 'conflict', message: 'Who supervises has no other call, and a phone that can be reached.' };
const notSupervising: WireError = { code: 'conflict', message: 'You are in no call.' };
const noPhone: WireError = { code: 'device_unreachable', message: 'Your phone was not answered.' };
const noAgent: WireError = { code: 'forbidden', message: 'This user has no phone.' };
const nothing = {};

interface Watch {
  readonly agentId: AgentId;
  readonly room: CallRoom;
  readonly leg: AgentLeg;
  how: Supervising;
  /** The part of the call that its supervisor was told of last. */
  interactionId: string;
  following: Disposable | null;
  /** Whether they may be told who the customer is. */
  readonly mayRead: boolean;
}

export type SupervisingCommands = Pick<CallFeatures, 'call:supervise' | 'call:stop-supervising' | 'call:take-over'>;

/**
 * A supervisor in a call of somebody they supervise. Their phone rings and they hear, and are heard by nobody until they say so: by the agent
 * alone, or by all. They stay with the call through hold, transfers and conferences, beside whoever has the customer, until they stop, it
 * ends, or they take it over. Meanwhile they are offered no work. The agent's screen names them, unless the organisation does not want that.
 */
export function createSupervisedCalls(
  context: StoryContext,
  parts: { readonly scopeOf: (asker: Asker) => OrgScope; readonly isHidden: () => boolean },
): SupervisingCommands {
  const { live, agents, phones, routing, recorder, ids, clock, log } = context;
  const watches = new Map<AgentId, Watch>();
  /** Whose phone rings for it now. */
  const starting = new Set<AgentId>();

  /** Who has the customer of that call now. */
  const partIn = (room: CallRoom) => live.all().find((interaction) => interaction.room === room && interaction.conversation !== null);

  function show(room: CallRoom): void {
    const supervisedBy = parts.isHidden() ? [] : room.supervisors.map(({ name, how }) => ({ name, how }));
    room.told = supervisedBy;
    partIn(room)?.conversation?.show({ supervisedBy });
  }

  function note(watch: Watch, how: Supervising | 'ended' | 'takenOver', interaction = partIn(watch.room)): void {
    if (interaction) recorder.note(interaction.interactionId, { type: 'call:supervised', by: watch.agentId, how });
  }

  function tell(
    { agentId, interactionId, how, mayRead }: Pick<Watch, 'agentId' | 'interactionId' | 'mayRead'> & { readonly how: Supervising | null },
    reservationId: string,
  ): void {
    const { pop, assigned } = live.find(interactionId) ?? {};
    const customer = mayRead && pop?.match.kind === 'certain' ? pop.match.contact.name : null;
    const about = pop && assigned && how !== null ? { agentName: assigned.agentName, queueName: pop.queueName, customer } : null;
    context.desktops.push(agentId, 'supervising:changed', { interactionId, how, reservationId, ...(about ? { about } : {}) });
  }

  /** The call is somebody else's now: its supervisor is told whom they hear. */
  function follow(watch: Watch): void {
    const { room, leg } = watch;
    const part = live.all().find((each) => each.room === room && each.conversation !== null && each.conversation.leg() === room.owner);
    if (!part || part.interactionId === watch.interactionId) return;
    watch.interactionId = part.interactionId;
    tell(watch, leg.reservationId);
  }

  function forget(watch: Watch): void {
    watches.delete(watch.agentId);
    void watch.following?.dispose();
  }

  function stop(watch: Watch): void {
    if (watches.get(watch.agentId) !== watch) return;
    forget(watch);
    note(watch, 'ended');
    watch.room.leave(watch.leg);
    watch.leg.release('ended');
    routing.tell({ type: 'agent:supervising', agentId: watch.agentId, isSupervising: false });
    tell({ ...watch, how: null }, watch.leg.reservationId);
    show(watch.room);
  }

  async function start(asker: Asker & { readonly agentId: AgentId }, interaction: LiveInteraction, how: Supervising) {
    const { agentId } = asker;
    const agent = agents.find(agentId);
    const state = agentOf(routing.state, agentId);
    if (!agent || !state?.isReachable || state.works.length > 0 || starting.has(agentId)) return err(notFree);
    const { call, room, interactionId } = interaction;
    const reservationId = ids.next<ReservationId>();
    starting.add(agentId);
    routing.tell({ type: 'agent:supervising', agentId, isSupervising: true });
    const told = { agentId, interactionId, mayRead: asker.may('contact:read') };
    tell({ ...told, how }, reservationId);
    const leg = phones.ring(
      {
        agentId,
        extension: agent.extension,
        reservationId,
        interactionId,
        callerDisplay: interaction.assigned?.agentName ?? '',
        callerNumber: 'supervise',
      },
      call,
    );
    const outcome = await withTimeLimit(clock, limits.superviseRing, 'ringing a supervisor', leg.outcome).catch(() => null);
    starting.delete(agentId);
    if (outcome?.kind !== 'answered' || call.signal.aborted) {
      leg.release('noAnswer');
      routing.tell({ type: 'agent:supervising', agentId, isSupervising: false });
      tell({ ...told, how: null }, reservationId);
      return err(noPhone);
    }
    const watch: Watch = { ...told, room, leg, how, following: null };
    watch.following = room.onOwner(() => follow(watch));
    watches.set(agentId, watch);
    room.supervise(leg, how, asker.name);
    note(watch, how);
    show(room);
    // It may have been given to somebody while the phone rang.
    follow(watch);
    void leg.gone.then(() => stop(watch));
    void call.ended.then(() => stop(watch));
    return ok(nothing);
  }

  return {
    async 'call:supervise'(asker, { interactionId, how }) {
      const { agentId } = asker;
      if (agentId === null) return err(noAgent);
      const interaction = live.find(interactionId);
      const holder = interaction?.assigned?.agentId;
      if (!interaction || !holder || holder === agentId || !parts.scopeOf(asker).has(holder)) return err(nobodys);
      const watch = watches.get(agentId);
      if (watch && watch.room === interaction.room) {
        watch.how = how;
        watch.interactionId = interactionId;
        watch.room.supervise(watch.leg, how, asker.name);
        note(watch, how);
        tell(watch, watch.leg.reservationId);
        show(watch.room);
        return ok(nothing);
      }
      if (watch) return err(notFree);
      if (!interaction.conversation) return err(notTalking);
      return start({ ...asker, agentId, may: (right) => asker.may(right) }, interaction, how);
    },

    async 'call:stop-supervising'({ agentId }) {
      const watch = agentId && watches.get(agentId);
      if (!watch) return err(notSupervising);
      stop(watch);
      return ok(nothing);
    },

    async 'call:take-over'(asker) {
      const watch = asker.agentId && watches.get(asker.agentId);
      const from = watch && partIn(watch.room);
      const queue = from?.conversation && routing.queue(from.conversation.reservation.queueId);
      if (!watch || !from || !queue) return err(notSupervising);
      const { agentId, leg, room } = watch;
      const part = successorOf(from, context);
      const { workItemId, interactionId } = part;
      let offered: Reservation | undefined;
      const following = routing.follow(workItemId, {
        offered: (reservation) => {
          offered = reservation;
        },
      });
      routing.tell({ type: 'agent:asked', agentId, by: agentId, workItemId, interactionId, queueId: queue.queueId });
      void following.dispose();
      if (!offered) return err(notFree);
      const verdict = routing.verdict(offered.reservationId);
      await routing.accept(offered);
      const isTheirs = (await verdict).kind === 'accepted';
      if (!isTheirs || watches.get(agentId) !== watch || from.call.signal.aborted || partIn(room) !== from) {
        if (isTheirs) routing.tell({ type: 'work:ended', agentId, workItemId, wrapsUp: false });
        return err(notTalking);
      }
      note(watch, 'takenOver', from);
      forget(watch);
      room.leave(leg);
      routing.tell({ type: 'agent:supervising', agentId, isSupervising: false });
      tell({ ...watch, how: null }, leg.reservationId);
      // The phone is in the call by this number already.
      const reservation = { ...offered, reservationId: leg.reservationId };
      part.pop = from.pop && { ...from.pop, popId: part.popId, interactionId };
      if (!guestsOf(from, context).giveTo(part, { leg, reservation }, asker.name)) log.error('takeOver:nobody', { interactionId });
      return ok(nothing);
    },
  };
}
