import type { EventId, InteractionId } from '../../shared/ids.ts';
import {
  type AgentFact,
  type BusinessEvent,
  type EventJournal,
  type EventListener,
  type InteractionFact,
  stepOf,
} from '../interactions/index.ts';
import type { Clock, IdSource, Log } from '../kernel/index.ts';

/**
 * The one way an event comes into being: given its envelope, committed, then told to the listeners. Await it before telling the outside
 * world. Commits keep their order, so listeners hear events in the order in which they were recorded.
 */
export interface Recorder {
  /** Commits without waiting: for what nobody outside is told. Order is kept, so awaiting a later `record` covers it. */
  note(interactionId: InteractionId, ...facts: readonly InteractionFact[]): void;
  /** As `note`, and resolves when it is on disk: for what is told then, while everything else goes on. */
  recordSoon(interactionId: InteractionId, ...facts: readonly InteractionFact[]): Promise<void>;
  record(interactionId: InteractionId, ...facts: readonly InteractionFact[]): Promise<void>;
  recordAgent(fact: AgentFact): Promise<void>;
}

export function createRecorder(parts: {
  readonly journal: EventJournal;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly listeners: readonly EventListener[];
}): Recorder {
  const { journal, clock, ids, log, listeners } = parts;

  async function commit(events: readonly BusinessEvent[], how: 'commit' | 'note' = 'commit'): Promise<void> {
    try {
      await journal[how](events);
    } catch (error) {
      // The voice goes on; the record says so. Only a full backlog or a closed store gets here.
      log.error('event:unrecorded', { types: events.map((event) => event.type), error: String(error) });
    }
    for (const event of events) {
      const { id: _id, at: _at, ...fields } = event;
      log.info(event.type, { step: stepOf(event.type), ...fields });
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          log.error('event:listenerFailed', { type: event.type, error: String(error) });
        }
      }
    }
  }

  const envelope = () => ({ id: ids.next<EventId>(), at: clock.now() });
  const eventsOf = (interactionId: InteractionId, facts: readonly InteractionFact[]): readonly BusinessEvent[] =>
    facts.map((fact) => ({ ...fact, ...envelope(), interactionId }));
  return {
    note: (interactionId, ...facts) => void commit(eventsOf(interactionId, facts), 'note'),
    recordSoon: (interactionId, ...facts) => commit(eventsOf(interactionId, facts), 'note'),
    record: (interactionId, ...facts) => commit(eventsOf(interactionId, facts)),
    recordAgent: (fact) => commit([{ ...fact, ...envelope() }]),
  };
}
