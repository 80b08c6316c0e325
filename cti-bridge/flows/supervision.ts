import type { BoardContact, BoardFigure } from '../../shared/contracts/board.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import type { Reason, RoutingStep } from '../../shared/contracts/queue.ts';
import { seconds } from '../../shared/duration.ts';
import { type AgentId, asId, type InteractionId, type QueueId, type WorkItemId } from '../../shared/ids.ts';
import { type DecisionReader, itemOf, lineOf, whyAgent, whyItem } from '../acd/index.ts';
import type { BusinessEvent, EventListener } from '../interactions/index.ts';
import { type Disposable, err, ok, type Result, withTimeLimit } from '../kernel/index.ts';
import {
  assembleBoard,
  BoardAlerts,
  boardRows,
  type ContactNames,
  type Report,
  type ReportedContact,
  type WatchedQueue,
} from '../reporting/index.ts';
import { BoardNews, type Picture } from './board-news.ts';
import type { StoryContext } from './context.ts';
import { Floor, type OpenWork, type ParkedWork } from './floor.ts';
import { type OrgScope, OrgTree } from './org-tree.ts';
import type { Administration, Asker, Supervision } from './ports.ts';

const unknownAgent: WireError = { code: 'not_found', message: 'There is no such agent.' };
const unknownItem: WireError = { code: 'not_found', message: 'There is no such contact, or it is over.' };
const nothing = {};

/** As many contacts as a list of the board has at most, the newest of them. */
const longestList = 2_000;
/** How many of an agent's latest steps answer why they get nothing. */
const stepsOfAgent = 20;
/** Looking somebody up for a list or an answer; a supervisor who waits longer is told so. */
const readLimitMs = seconds(3);
/** Somebody else may save the configuration between our reading and our saving it. */
const saveAttempts = 3;

/**
 * What happens to a contact before it waits, and within a conversation: every number and every person on the board stays as it was. If it
 * were news, a call that is received would spend the message of its second, and that it waits would be told a second late.
 */
const unseen: ReadonlySet<BusinessEvent['type']> = new Set([
  'interaction:received',
  'interaction:identified',
  'interaction:contactChosen',
  'ivr:entered',
  'ivr:nodeLeft',
  'ivr:left',
  'pop:delivered',
  'pop:painted',
  'call:audioFlowing',
  'call:held',
  'call:resumed',
  'call:asked',
  'call:askFailed',
  'call:partyJoined',
  'call:partyLeft',
  'call:handedOn',
  'call:parked',
  'call:supervised',
  'help:asked',
  'help:taken',
  'help:returned',
  'help:withdrawn',
] as const);

export interface SupervisionParts {
  readonly report: Report;
  readonly decisions: Pick<DecisionReader, 'stepsOf' | 'ofAgent'>;
  readonly names: ContactNames;
  readonly administration: Pick<Administration, 'read' | 'save'>;
  /** As it is now. */
  readonly configuration: () => Configuration;
  /** Of written work: from whoever has it back to its queue. `waits`: nobody has it; `unknown` also of those it may not be taken from. */
  readonly releaseWritten: (interactionId: string, mayTakeFrom: (agentId: AgentId) => boolean) => Promise<'released' | 'waits' | 'unknown'>;
  /** Of written work that waits: the priority it has from now on. */
  readonly prioritiseWritten: (workItemId: string, priority: number) => Promise<void>;
  /** Of written work: to this agent by name, from whoever has it or out of its queue. */
  readonly giveWritten: (interactionId: string, given: GivenWork) => Promise<Result<{ readonly workItemId: WorkItemId }, WireError>>;
  /** Written work that is somebody's and not in their hands. */
  readonly parkedWritten: () => readonly ParkedWork[];
}

/** To whom a supervisor gives written work, with which words, and whose they may take. */
export interface GivenWork {
  readonly to: AgentId;
  readonly note: string;
  readonly by: Pick<Asker, 'userId' | 'name'>;
  readonly mayTakeFrom: (agentId: AgentId) => boolean;
}

type Context = Pick<StoryContext, 'clock' | 'log' | 'routing' | 'agents' | 'live' | 'recorder' | 'callbacks'>;

/**
 * What a supervisor may see and do: the live board, the contacts behind its numbers, why things are as they are, and a hand on people and
 * items. Supervisors see the people at or below their own place in the organisation; whoever is elsewhere is `not_found` for them, so that
 * ids of others tell nothing. Queues are everybody's.
 */
export function createSupervision(
  context: Context,
  parts: SupervisionParts,
): Supervision & Disposable & { readonly listener: EventListener; readonly news: BoardNews } {
  const { clock, log, routing, agents, live, recorder, callbacks } = context;
  const { report, decisions, names, administration } = parts;
  const floor = new Floor(routing, agents, parts.parkedWritten);
  let alerts = new BoardAlerts();
  const organisation = followed(parts.configuration, (configuration) => {
    const watched = new Map(configuration.queues.map((queue) => [queue.id, watchedQueue(queue)]));
    // In the order in which they were set up, as everywhere else; the router has them by id.
    const places = new Map([...watched.keys()].map((id, place) => [id, place]));
    for (const [queueId, { target }] of watched) report.setThreshold(asId<QueueId>(queueId), target.thresholdMs);
    return { tree: new OrgTree(configuration), watched, places, reasons: new Set(configuration.reasons.map(({ id }) => id)) };
  });
  const scopeOf = (asker: Asker): OrgScope => organisation().tree.scopeOf(asker);

  const news = new BoardNews(clock, (isFirst): Picture => {
    if (isFirst) alerts = new BoardAlerts();
    const at = clock.now();
    const { tree, watched, places } = organisation();
    const queues = floor.queues().toSorted((one, other) => (places.get(one.queueId) ?? 0) - (places.get(other.queueId) ?? 0));
    const rows = boardRows(report, { queues, agents: floor.agents(tree) }, (queueId) => watched.get(queueId) ?? null, at);
    const hasNews = alerts.look(rows, at);
    const whole = assembleBoard(rows, alerts.raised(), at);
    const drawn = new Map<string, typeof whole>();
    return {
      hasNews,
      boardFor(scope) {
        const known = drawn.get(scope.key);
        if (known) return known;
        const board = {
          ...whole,
          agents: whole.agents.filter(({ agentId }) => scope.has(agentId)),
          alerts: whole.alerts.filter(({ subject }) => subject.kind === 'queue' || scope.has(subject.agentId)),
        };
        drawn.set(scope.key, board);
        return board;
      },
    };
  });
  const floorChanges = agents.onFloorChanged(() => news.changed());

  /** The store does not answer: said as that, so that they try again. What is asked for here may be done twice. */
  async function stored<Value>(what: string, work: () => Promise<Result<Value, WireError>>): Promise<Result<Value, WireError>> {
    try {
      return await withTimeLimit(clock, readLimitMs, what, work());
    } catch (error) {
      log.error('supervision:storeFailed', { what, error: String(error) });
      return err({ code: 'storage_unavailable', message: 'The store does not answer at the moment. Try again.' });
    }
  }

  function openContact(work: OpenWork): ReportedContact {
    const known = report.contact(work.workItemId);
    const waitingOrTaken = { ...(work.agentId ? { answeredAt: work.since } : { queuedAt: work.since }) };
    return {
      channel: organisation().watched.get(work.queueId)?.channel ?? 'voice',
      receivedAt: work.since,
      queuedAt: work.since,
      answeredAt: null,
      endedAt: null,
      waitedMs: null,
      ...known,
      ...(known ? {} : waitingOrTaken),
      ...work,
    };
  }

  function parkedReason(parked: ParkedWork | null): readonly Reason[] | null {
    if (!parked) return null;
    const { state, agentId, snoozedUntil } = parked;
    const facts = agentId === null ? {} : { agentId };
    if (state === 'forCustomer' || snoozedUntil === null) return [{ code: 'itemForCustomer', facts }];
    return [{ code: 'itemSnoozed', facts: { ...facts, leftMs: Math.max(0, snoozedUntil - clock.now()) } }];
  }

  function contactsBehind(queueId: QueueId | null, figure: BoardFigure, at: number): readonly ReportedContact[] {
    if (figure === 'waiting' || figure === 'handling' || figure === 'forCustomer' || figure === 'snoozed')
      return floor[figure](queueId).map(openContact);
    return report.contactsOf(queueId, figure, at);
  }

  /** Whoever shows a reason to somebody adds the name of the person it speaks of. */
  function named(reasons: readonly Reason[]): Reason[] {
    return reasons.map((reason) => {
      const { agentId } = reason.facts;
      const agent = typeof agentId === 'string' ? agents.find(asId<AgentId>(agentId)) : null;
      return agent ? { ...reason, facts: { ...reason.facts, agent: agent.name } } : reason;
    });
  }

  const namedSteps = (steps: readonly RoutingStep[]) => steps.map((step) => ({ ...step, reasons: named(step.reasons) }));

  /** An agent the asker may direct. */
  function directed(asker: Asker, agentId: string) {
    return scopeOf(asker).has(agentId) ? agents.find(asId<AgentId>(agentId)) : null;
  }

  const acted = (
    asker: Asker,
    what: 'released' | 'moved',
    work: { readonly interactionId: InteractionId; readonly workItemId: WorkItemId },
  ) => recorder.note(work.interactionId, { type: 'supervisor:acted', what, workItemId: work.workItemId, by: asker.userId });

  async function saveSkills(asker: Asker, agentId: string, skills: Record<string, number>, leftQueues: string[]) {
    for (let attempt = 1; ; attempt++) {
      const current = await administration.read(asker);
      if (!current.ok) return current;
      const { revision, configuration } = current.value;
      const users = configuration.users.map((user) =>
        user.agent?.id === agentId ? { ...user, agent: { ...user.agent, skills, leftQueues } } : user,
      );
      const saved = await administration.save(asker, { configuration: { ...configuration, users }, basedOn: revision, note: 'supervisor' });
      if (!saved.ok && saved.error.code === 'conflict' && attempt < saveAttempts) continue;
      if (!saved.ok) return saved;
      if (saved.value.saved) return ok(nothing);
      const told = saved.value.problems.map(({ path, found, expected }) => `${path}: found ${found}, expected ${expected}.`);
      return err({ code: 'bad_request' as const, message: told.join(' ') });
    }
  }

  return {
    news,
    listener(event) {
      report.fold(event);
      if (!unseen.has(event.type)) news.changed();
    },
    dispose() {
      void floorChanges.dispose();
      news.stop();
    },

    watch: (asker, watcher, push) => news.watch(watcher, () => scopeOf(asker), push),
    unwatch: (watcher) => news.unwatch(watcher),

    contacts: (asker, { queueId, figure }) =>
      stored('contacts', async () => {
        organisation();
        const at = clock.now();
        const scope = scopeOf(asker);
        const all = contactsBehind(queueId === null ? null : asId<QueueId>(queueId), figure, at);
        const newest = all.toSorted((a, b) => b.queuedAt - a.queuedAt).slice(0, longestList);
        const known = asker.may('contact:read') ? await names.namesOf(newest.map(({ interactionId }) => interactionId)) : [];
        const nameOf = new Map(known.map((name) => [name.interactionId, name]));
        return ok({
          contacts: newest.map((contact): BoardContact => {
            const isVisible = contact.agentId !== null && scope.has(contact.agentId);
            return {
              interactionId: contact.interactionId,
              workItemId: contact.workItemId,
              channel: contact.channel,
              queueId: contact.queueId,
              receivedAt: contact.receivedAt,
              queuedAt: contact.queuedAt,
              answeredAt: contact.answeredAt,
              endedAt: contact.endedAt,
              waitedMs: contact.waitedMs ?? Math.max(0, (contact.answeredAt ?? at) - contact.queuedAt),
              agentId: isVisible ? contact.agentId : null,
              agentName: isVisible && contact.agentId ? (agents.find(contact.agentId)?.name ?? null) : null,
              snoozedUntil: figure === 'snoozed' ? (floor.parked(contact.workItemId)?.snoozedUntil ?? null) : null,
              who: nameOf.get(contact.interactionId)?.who ?? null,
              contactId: nameOf.get(contact.interactionId)?.contactId ?? null,
            };
          }),
        });
      }),

    whyItem: (asker, { workItemId }) =>
      stored('why item', async () => {
        const id = asId<WorkItemId>(workItemId);
        const isTheirs = asker.agentId !== null && floor.hasInHand(asker.agentId, id);
        if (!isTheirs && !asker.may('queue:watch')) return err(unknownItem);
        // First what holds now: the steps that led there are in the log by then.
        const now = parkedReason(floor.parked(id)) ?? whyItem(routing.state, id, routing.now());
        const steps = await decisions.stepsOf(id);
        if (steps.length === 0 && now.every(({ code }) => code === 'itemUnknown')) return err(unknownItem);
        return ok({ now: named(now), steps: namedSteps(steps) });
      }),

    whyAgent: (asker, { agentId }) =>
      stored('why agent', async () => {
        const id = asId<AgentId>(agentId);
        const isTheirs = asker.agentId === id;
        if (!isTheirs && !(asker.may('agent:supervise') && directed(asker, agentId))) return err(unknownAgent);
        const now = whyAgent(routing.state, id, routing.now());
        return ok({ now: named(now), steps: namedSteps(await decisions.ofAgent(id, stepsOfAgent)) });
      }),

    async setPresence(asker, { agentId, set }) {
      const agent = directed(asker, agentId);
      if (!agent) return err(unknownAgent);
      if (set.presence === 'notReady' && !organisation().reasons.has(set.reason))
        return err({ code: 'bad_request', message: `"${set.reason}" is not a reason that can be chosen.` });
      await agents.setPresence(agent.agentId, set.presence, set.presence === 'notReady' ? set.reason : null, asker.userId);
      return ok(nothing);
    },

    setSkills: (asker, { agentId, skills, leftQueueIds }) =>
      directed(asker, agentId)
        ? stored('skills', () => saveSkills(asker, agentId, skills, leftQueueIds))
        : Promise.resolve(err(unknownAgent)),

    release: (asker, { interactionId }) =>
      stored('release', async () => {
        const interaction = live.find(interactionId);
        const holders = floor.inHand().filter((work) => work.interactionId === interactionId);
        const held = holders.filter(({ agentId }) => scopeOf(asker).has(agentId));
        const [first] = held;
        const isOthers = !first && holders.length > 0;
        const written = isOthers || first?.state === 'reserved' ? 'unknown' : await parts.releaseWritten(interactionId, scopeOf(asker).has);
        if (written === 'waits') return err({ code: 'conflict' as const, message: 'Nobody has it.' });
        if (written === 'released') {
          if (first) acted(asker, 'released', first);
          return ok(nothing);
        }
        if (!first) {
          if (holders.length > 0) return err(unknownItem);
          const forgotten = interaction ? [] : floor.waiting(null).filter((work) => work.interactionId === interactionId);
          if (forgotten.length === 0) return err(interaction ? { code: 'conflict' as const, message: 'Nobody has it.' } : unknownItem);
          for (const { workItemId } of forgotten) if (!callbacks.cancel(workItemId)) routing.tell({ type: 'item:gone', workItemId });
          return ok(nothing);
        }
        acted(asker, 'released', first);
        // The story lets go where there is one, so that customer, phone and desktop are told.
        if (interaction?.wrapUpControls) await interaction.wrapUpControls.release();
        else if (interaction?.callControls) interaction.callControls.agentLeft();
        else
          for (const { workItemId, agentId, reservationId, state } of held) {
            if (state === 'reserved') routing.tell({ type: 'reservation:failed', reservationId, cause: 'released' });
            else if (interaction) return err({ code: 'conflict' as const, message: 'It is changing hands at this moment. Try again.' });
            else if (state === 'wrappingUp') routing.tell({ type: 'wrapUp:ended', agentId, workItemId });
            else routing.tell({ type: 'work:ended', agentId, workItemId, wrapsUp: false });
          }
        return ok(nothing);
      }),

    giveWork: (asker, { interactionId, agentId, note }) =>
      stored('give', async () => {
        const to = directed(asker, agentId);
        if (!to) return err(unknownAgent);
        const given = await parts.giveWritten(interactionId, { to: to.agentId, note, by: asker, mayTakeFrom: scopeOf(asker).has });
        if (!given.ok) return given;
        const { workItemId } = given.value;
        recorder.note(asId<InteractionId>(interactionId), {
          ...{ type: 'supervisor:acted', what: 'given' },
          ...{ workItemId, by: asker.userId, to: to.agentId },
        });
        return ok(nothing);
      }),

    async moveItem(asker, { workItemId, priority, queueId }) {
      const item = itemOf(routing.state, asId<WorkItemId>(workItemId));
      if (!item) return err(unknownItem);
      const from = lineOf(routing.state, item.queueId);
      const to = queueId === null ? null : lineOf(routing.state, asId<QueueId>(queueId));
      if (queueId !== null && (!to || to.queue.channel !== from?.queue.channel))
        return err({ code: 'bad_request', message: 'There is no such queue for this kind of contact.' });
      acted(asker, 'moved', item);
      if (priority !== null)
        parts
          .prioritiseWritten(workItemId, priority)
          .catch((error: unknown) => log.error('supervision:storeFailed', { what: 'priority', error: String(error) }));
      routing.tell({ type: 'item:changed', workItemId: item.workItemId, priority, queueId: to?.queue.queueId ?? null });
      return ok(nothing);
    },
  };
}

/** What is made from the configuration, made anew when that is another one. */
function followed<Made>(configuration: () => Configuration, make: (configuration: Configuration) => Made): () => Made {
  let from: Configuration | undefined;
  let made: Made | undefined;
  return () => {
    const now = configuration();
    if (from !== now || made === undefined) {
      made = make(now);
      from = now;
    }
    return made;
  };
}

function watchedQueue({ name, channel, serviceLevel, alerts }: Configuration['queues'][number]): WatchedQueue {
  const longest = alerts.longestWaitAboveSeconds;
  return {
    name,
    channel,
    target: { percent: serviceLevel.targetPercent, thresholdMs: seconds(serviceLevel.thresholdSeconds) },
    alerts: {
      waitingAbove: alerts.waitingAbove,
      longestWaitAboveMs: longest === null ? null : seconds(longest),
      serviceLevelBelowPercent: alerts.serviceLevelBelowPercent,
    },
  };
}
