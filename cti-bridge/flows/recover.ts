import type { AgentId, InteractionId } from '../../shared/ids.ts';
import type { AcceptanceLedger } from '../acd/index.ts';
import type { InteractionRepository } from '../crm/index.ts';
import type { Clock, Log } from '../kernel/index.ts';
import type { Recorder } from './recorder.ts';

/**
 * After a stop or a crash: but for the calls that are gone on with, each interaction the store still has open is closed once, truthfully, as
 * ended by us; a wrap-up that was open gets the default outcome, marked automatic, and its draft stays. No offer of then stands any more,
 * and nobody has an item still: an acceptance that comes late, from whomever, is refused.
 */
export async function recover(parts: {
  readonly interactions: InteractionRepository;
  readonly ledger: Pick<AcceptanceLedger, 'releasedAll'>;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly log: Log;
  readonly defaultDisposition: string;
  /** Calls that go on: theirs is no end. */
  readonly goingOn?: ReadonlySet<InteractionId>;
}): Promise<number> {
  const { interactions, ledger, recorder, log, defaultDisposition, goingOn = new Set() } = parts;
  const released = await ledger.releasedAll();
  const open = (await interactions.readOpen()).filter(({ interactionId }) => !goingOn.has(interactionId));
  for (const { interactionId, isEnded, agentId, storedDisposition } of open) {
    if (!isEnded)
      await recorder.record(interactionId, { type: 'interaction:ended', end: { by: 'system', reason: 'shutdown', fault: 'ours' } });
    if (!agentId) continue;
    await completeByDefault(interactionId, agentId, storedDisposition, defaultDisposition, parts);
  }
  if (open.length + released > 0) log.warn('recover:closed', { interactions: open.length, offers: released });
  return open.length;
}

/** The wrap-up of a call that is over and whose agent has it no more: the default outcome, marked automatic, unless one is stored. */
export async function completeByDefault(
  interactionId: InteractionId,
  agentId: AgentId,
  storedDisposition: string | null,
  defaultDisposition: string,
  { interactions, recorder, clock }: Pick<Parameters<typeof recover>[0], 'interactions' | 'recorder' | 'clock'>,
): Promise<void> {
  await interactions.complete({
    interactionId,
    agentId,
    agentName: '',
    contactId: null,
    title: { en: 'Phone call', zh: '电话' },
    dispositionCode: defaultDisposition,
    isAutomatic: true,
    note: '',
    handlingMs: 0,
    at: clock.now(),
  });
  await recorder.record(interactionId, {
    type: 'interaction:completed',
    agentId,
    dispositionCode: storedDisposition ?? defaultDisposition,
    isAutomatic: storedDisposition === null,
  });
}
