import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import type { OwnContact, OwnFigures } from '../../shared/contracts/own-figures.ts';
import { seconds } from '../../shared/duration.ts';
import type { AgentId, InteractionId, QueueId } from '../../shared/ids.ts';
import { agentOf, type Queue } from '../acd/index.ts';
import type { BusinessEvent, EventListener } from '../interactions/index.ts';
import { type Disposable, err, ok, type TimerHandle, withTimeLimit } from '../kernel/index.ts';
import type { ContactNames, Report } from '../reporting/index.ts';
import type { StoryContext } from './context.ts';
import type { Figures } from './ports.ts';

const noWork: WireError = { code: 'forbidden', message: 'This user takes no work.' };
const noAnswer: WireError = { code: 'storage_unavailable', message: 'The store does not answer at the moment. Try again.' };

/** As many contacts as a list has at most, the newest of them. */
const longestList = 2_000;
const readLimitMs = seconds(3);
/** How often somebody is told of others' work at most. Of their own they are told with its end. */
const pauseMs = seconds(10);

/** What moves the service level of a queue, or what customers say. */
const moving: ReadonlySet<BusinessEvent['type']> = new Set([
  'interaction:answered',
  'interaction:ended',
  'agent:presenceChanged',
  'survey:answered',
  'ivr:surveyAnswered',
] as const);

/** A contact as it stands in a list, before it is known who it was. */
type Listed = Omit<OwnContact, 'interactionId' | 'who' | 'contactId'> & { readonly interactionId: InteractionId };

type Context = Pick<StoryContext, 'clock' | 'routing' | 'agents' | 'desktops' | 'log'>;

/**
 * What an agent has done today and how the queues they serve stand, from the one fold of events that the board is drawn from: the number at
 * the foot of the agent's list is the number on the supervisor's board, and as long as the list behind it.
 */
export function createOwnFigures(
  { clock, routing, agents, desktops, log }: Context,
  {
    report,
    names,
    configuration,
  }: {
    readonly report: Report;
    readonly names: ContactNames;
    readonly configuration: () => Pick<Configuration, 'queues' | 'surveys' | 'chatSites'>;
  },
): Figures & Disposable & { readonly listener: EventListener } {
  const told = new Map<AgentId, string>();
  let timer: TimerHandle | undefined;

  function queuesOf(agentId: AgentId): readonly Queue[] {
    const memberships = agentOf(routing.state, agentId)?.memberships ?? [];
    const queues = memberships.flatMap(({ queueId }) => routing.queue(queueId) ?? []);
    for (const { queueId, serviceLevel } of queues) report.setThreshold(queueId, serviceLevel.thresholdMs);
    return queues;
  }

  function today(agentId: AgentId): OwnFigures {
    const at = clock.now();
    const { handled, averageHandlingMs, satisfaction } = report.agent(agentId, at);
    const queues = queuesOf(agentId);
    const isRated = satisfaction.count > 0 || queues.some(({ queueId }) => isAskedHowItWas(queueId, configuration()));
    return {
      handled,
      averageHandlingMs,
      ...(isRated ? { rating: satisfaction } : {}),
      queues: queues.map(({ queueId, serviceLevel }) => {
        const { inTime, of } = report.figuresOf(queueId, at).serviceLevelToday;
        return { queueId, inTime, of, ...serviceLevel };
      }),
    };
  }

  function tellThoseWhoAreHere(): void {
    timer = undefined;
    for (const { agentId: id } of agents.views()) {
      const agentId = id as AgentId;
      if (!desktops.isConnected(agentId)) {
        told.delete(agentId);
        continue;
      }
      const figures = today(agentId);
      const words = JSON.stringify(figures);
      if (told.get(agentId) === words) continue;
      told.set(agentId, words);
      desktops.push(agentId, 'figures:changed', figures);
    }
  }

  function handled(agentId: AgentId, at: number): readonly Listed[] {
    return report.handledBy(agentId, at).map(({ interactionId, channel, queueId, completedAt, handlingMs }) => ({
      ...{ interactionId, channel, queueId, handlingMs },
      ...{ at: completedAt, waitedMs: null, level: null, isOwn: true },
    }));
  }

  function rated(agentId: AgentId, at: number): readonly Listed[] {
    const channels = new Map(report.handledBy(agentId, at).map(({ interactionId, channel }) => [interactionId, channel]));
    return report.ratingsOf(agentId, at).map(({ interactionId, queueId, channel, at: ratedAt, rating }) => ({
      ...{ interactionId, queueId, rating, at: ratedAt, channel: channel ?? channels.get(interactionId) ?? channelOf(queueId) },
      ...{ waitedMs: null, handlingMs: null, level: null, isOwn: true },
    }));
  }

  const channelOf = (queueId: QueueId | null) => (queueId === null ? null : routing.queue(queueId)?.channel) ?? 'voice';

  /** All that the service level counts: answered, in time or late, and who gave up after the time. */
  function counted(agentId: AgentId, at: number): readonly Listed[] {
    return queuesOf(agentId).flatMap(({ queueId, serviceLevel }) => {
      const inTime = new Set(report.contactsOf(queueId, 'answeredInTime', at));
      const answered = report.contactsOf(queueId, 'answered', at);
      const gaveUp = report.contactsOf(queueId, 'abandoned', at).filter(({ waitedMs }) => (waitedMs ?? 0) > serviceLevel.thresholdMs);
      return [...answered, ...gaveUp].map((contact): Listed => {
        const { interactionId, channel, answeredAt, endedAt, queuedAt, waitedMs } = contact;
        return {
          ...{ interactionId, channel, queueId, waitedMs, handlingMs: null },
          at: answeredAt ?? endedAt ?? queuedAt,
          level: inTime.has(contact) ? 'inTime' : answeredAt === null ? 'gaveUp' : 'late',
          isOwn: contact.agentId === agentId,
        };
      });
    });
  }

  return {
    today,

    async 'figures:contacts'(asker, { figure }) {
      const { agentId } = asker;
      if (agentId === null) return err(noWork);
      const all = { handled, serviceLevel: counted, rating: rated }[figure](agentId, clock.now());
      const newest = all.toSorted((one, other) => other.at - one.at).slice(0, longestList);
      const own = asker.may('contact:read') ? newest.flatMap(({ isOwn, interactionId }) => (isOwn ? [interactionId] : [])) : [];
      try {
        const known = await withTimeLimit(clock, readLimitMs, 'own contacts', names.namesOf(own));
        const nameOf = new Map(known.map((name) => [name.interactionId, name]));
        return ok({
          contacts: newest.map((contact) => {
            const { who = null, contactId = null } = nameOf.get(contact.interactionId) ?? {};
            return { ...contact, who, contactId };
          }),
        });
      } catch (error) {
        log.error('figures:storeFailed', { error: String(error) });
        return err(noAnswer);
      }
    },

    listener({ type }) {
      if (moving.has(type)) timer ??= clock.timer(pauseMs, tellThoseWhoAreHere);
    },
    dispose() {
      timer?.cancel();
      timer = undefined;
    },
  };
}

/** After a contact in writing or on the phone, in the widget of a chat, or by key press. */
function isAskedHowItWas(
  queueId: QueueId,
  { queues, surveys, chatSites }: Pick<Configuration, 'queues' | 'surveys' | 'chatSites'>,
): boolean {
  return (
    surveys.some(({ isOn, queues }) => isOn && (queues.length === 0 || queues.includes(queueId))) ||
    chatSites.some(({ queue }) => queue === queueId) ||
    queues.some(({ id, afterCall }) => id === queueId && Boolean(afterCall))
  );
}
