import type { AgentId, InteractionId } from '../../shared/ids.ts';
import type { BusinessEvent, CallRestorer, EventJournal, LiveCallRepository } from '../interactions/index.ts';
import type { Log } from '../kernel/index.ts';
import { writtenFindings } from './ivr/findings.ts';
import type { LiveInteractions } from './live-interaction.ts';

/**
 * The journal, which also keeps the calls that live now in a form to go on from after a crash. Each is written with the event that changes
 * what one would go on with, in the same flush, so before anybody is told of it; and is gone with the event of its end.
 */
export function keepCalls(
  journal: EventJournal,
  parts: { readonly live: LiveInteractions; readonly restorer: CallRestorer; readonly repository: LiveCallRepository; readonly log: Log },
): EventJournal {
  const { live, restorer, repository, log } = parts;
  const unsaved = (interactionId: InteractionId) => (error: unknown) => log.error('call:unsaved', { interactionId, error: String(error) });

  function save(interactionId: InteractionId, lostBy: AgentId | null = null): void {
    const interaction = live.find(interactionId);
    if (interaction?.interactionId !== interactionId || interaction.isEndRecorded) return;
    const legs = restorer.describe(interaction.call);
    if (legs === null) return;
    const { workItemId, assigned, queueId, priority, locale, queuedAt, callView, menu } = interaction;
    const agentId = assigned?.agentId ?? lostBy;
    const talkingSince = assigned === null ? null : (callView?.answeredAt ?? null);
    // With music while somebody is asked: a crash ends the asking, and with it the reason.
    const isHeld = callView?.state === 'held' && !interaction.guests?.isAsking;
    const stored = {
      interactionId,
      workItemId,
      legs,
      agentId,
      queueId,
      priority,
      locale,
      queuedAt: queuedAt || null,
      talkingSince,
      isHeld,
    };
    void repository.save({ ...stored, menu: menu ?? writtenFindings(interaction) }).catch(unsaved(interactionId));
  }

  function note(event: BusinessEvent): void {
    switch (event.type) {
      case 'interaction:received':
        // A part of a call that is up: whoever is parked, or talks outside, has no agent whose part would keep them.
        return event.continues === undefined ? undefined : save(event.interactionId);
      case 'ivr:nodeLeft':
      case 'workItem:queued':
      case 'workItem:moved':
      case 'workItem:calledBack':
      case 'interaction:answered':
      case 'call:agentRejoined':
      case 'call:held':
      case 'call:resumed':
      case 'call:partyJoined':
      case 'call:partyLeft':
      case 'call:mediaMoved':
        return save(event.interactionId);
      case 'workItem:returned':
      case 'call:survivedRestart':
        return save(event.interactionId, event.agentId);
      case 'interaction:ended':
        // Also one that this bridge never wrote: it was another's before.
        void repository.forget(event.interactionId).catch(unsaved(event.interactionId));
        return;
      default:
        return;
    }
  }

  return {
    commit(events) {
      for (const event of events) note(event);
      return journal.commit(events);
    },
    note(events) {
      for (const event of events) note(event);
      return journal.note(events);
    },
    get isDegraded() {
      return journal.isDegraded;
    },
  };
}
