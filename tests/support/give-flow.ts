import type { Flow } from '../../cti-bridge/ivr/index.ts';
import { silentLog, systemClock } from '../../cti-bridge/kernel/index.ts';
import { openStore } from '../../cti-bridge/store/index.ts';

/** Publishes a flow behind a number while no bridge runs on that folder, as an administrator would have. */
export async function giveFlow(folder: string, dnis: string, flow: Flow): Promise<void> {
  const store = await openStore({ path: folder, clock: systemClock, log: silentLog, seed: 'none' });
  const doing = { at: 0, by: { userId: 'user-admin', name: 'Administrator' }, note: 'test' };
  const draft = await store.flows.saveDraft({ ...doing, flow, basedOn: null, writingId: null });
  if (!draft) throw new Error(`there is a draft of ${flow.flowId} already`);
  await store.flows.publish({ ...doing, flowId: flow.flowId, what: { draftRevision: draft.revision }, why: 'test' });
  const { entries, revision } = await store.flows.readEntries();
  const entry = { dnis, name: { en: dnis, zh: dnis }, flows: [{ hoursId: null, flowId: flow.flowId }] };
  await store.flows.saveEntries({ ...doing, entries: [...entries.filter((each) => each.dnis !== dnis), entry], basedOn: revision });
  await store.stop();
}
