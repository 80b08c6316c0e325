import type { CallbackOutcome, ScheduledCallbackRepository, StandingCallback } from '../../../cti-bridge/crm/index.ts';
import type { PromisedCallback } from '../../../cti-bridge/interactions/index.ts';
import { ok } from '../../../cti-bridge/kernel/index.ts';
import type { FakeCallbacks } from './fakes.ts';

/** Calls that were agreed, kept as a disk would keep them; `calls` are the rows of those in line. */
export class KeptScheduledCallbacks implements ScheduledCallbackRepository {
  readonly rows = new Map<string, StandingCallback & { outcome: CallbackOutcome | null; endedBy: string | null }>();
  readonly #calls: FakeCallbacks;
  failNext = false;

  constructor(calls: FakeCallbacks) {
    this.#calls = calls;
  }

  async agree({ callback }: Parameters<ScheduledCallbackRepository['agree']>[0]) {
    this.#fail();
    const [standing] = [...this.rows.values()].filter(
      (row) => row.outcome === null && row.queueId === callback.queueId && row.numberKey === callback.numberKey,
    );
    if (standing) return ok({ isNew: false, callback: standing });
    const made = {
      ...callback,
      name: 'Margaret Okafor',
      ownerName: 'Lena Hartmann',
      state: 'agreed' as const,
      workItemId: null,
      ended: null,
    };
    this.rows.set(callback.callbackId, { ...made, outcome: null, endedBy: null });
    return ok({ isNew: true, callback: made });
  }
  async move({ callbackId, to, until }: Parameters<ScheduledCallbackRepository['move']>[0]) {
    const row = this.rows.get(callbackId);
    if (row?.state !== 'agreed') return { ok: false as const, error: { code: 'conflict' as const, message: 'in line' } };
    const moved = { ...row, at: to, until };
    this.rows.set(callbackId, moved);
    return ok(moved);
  }
  async standInLine(callbackId: string, promised: PromisedCallback) {
    this.#fail();
    const row = this.rows.get(callbackId);
    const isSame = row?.workItemId === promised.workItemId;
    if (!row || row.outcome !== null || !(isSame || (row.state === 'agreed' && row.at <= promised.queuedAt))) return false;
    this.rows.set(callbackId, { ...row, state: 'inLine', workItemId: promised.workItemId });
    if (!isSame) await this.#calls.promise(promised);
    return true;
  }
  async end({ callbackId, outcome, by }: Parameters<ScheduledCallbackRepository['end']>[0]) {
    const row = this.rows.get(callbackId);
    if (!row || row.outcome !== null) return false;
    this.rows.set(callbackId, { ...row, outcome, endedBy: by });
    return true;
  }
  async standing() {
    return [...this.rows.values()].flatMap((row) => {
      const call = row.workItemId === null ? undefined : this.#calls.rows.get(row.workItemId);
      const ended = call && call.state !== 'pending' ? (call.state as CallbackOutcome) : null;
      return row.outcome === null ? [{ ...row, ended }] : [];
    });
  }
  async ofPerson(contactId: string) {
    return (await this.standing()).filter((row) => row.contactId === contactId);
  }
  async ofAgent(agentId: string) {
    return (await this.standing()).filter((row) => row.ownerAgentId === agentId);
  }
  async find(callbackId: string) {
    return (await this.standing()).find((row) => row.callbackId === callbackId) ?? null;
  }
  get outcomes() {
    return [...this.rows.values()].map(({ outcome }) => outcome);
  }

  #fail(): void {
    if (!this.failNext) return;
    this.failNext = false;
    throw new Error('disk full');
  }
}
