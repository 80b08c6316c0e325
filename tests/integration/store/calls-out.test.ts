import { describe, expect, it } from 'vitest';
import type { InteractionFact } from '../../../cti-bridge/interactions/index.ts';
import type { Store } from '../../../cti-bridge/store/index.ts';
import {
  type AgentId,
  asId,
  type InteractionId,
  type QueueId,
  type ReservationId,
  type TrunkId,
  type WorkItemId,
} from '../../../shared/ids.ts';
import { event, openFor, temporaryFolder } from './store-under-test.ts';

const [lena, wei] = [asId<AgentId>('lena'), asId<AgentId>('wei')];
const noon = 1_760_000_000_000;

const received = (direction: 'inbound' | 'outbound', more: { continues?: InteractionId } = {}): InteractionFact => ({
  type: 'interaction:received',
  channel: 'voice',
  direction,
  dnis: '1000',
  trunkId: asId<TrunkId>('carrier'),
  ...more,
});
const offered = (agentId: AgentId, attempt = 1): InteractionFact => ({
  type: 'reservation:offered',
  reservationId: asId<ReservationId>(`r-${attempt}`),
  workItemId: asId<WorkItemId>('w-1'),
  agentId,
  fencing: attempt,
  leaseMs: 1_000,
  reasons: [],
});
const asked = (agentId: AgentId, to: AgentId | 'outside'): InteractionFact => ({
  type: 'call:asked',
  agentId,
  purpose: 'consult',
  to,
  into: asId<InteractionId>('into'),
});
const calledBack: InteractionFact = {
  type: 'workItem:calledBack',
  workItemId: asId<WorkItemId>('w-1'),
  queueId: asId<QueueId>('billing'),
  promisedIn: asId<InteractionId>('earlier'),
};

async function happened(journal: Store['journal'], interactionId: string, at: number, ...facts: InteractionFact[]): Promise<void> {
  await journal.commit(facts.map((fact) => event(interactionId, fact, at)));
}

describe('calls out of the hour before', () => {
  it('are what agents dialled and whom they asked in over a line, oldest first, with the number where one is kept', async () => {
    const { journal, interactions, callsOut } = await openFor(temporaryFolder());
    await happened(journal, 'too old', noon - 1, received('outbound'), offered(lena));
    await happened(journal, 'dialled', noon, received('outbound'), offered(lena));
    await interactions.recordCaller(asId<InteractionId>('dialled'), {
      ...{ number: '+8613900004126', key: '+8613900004126', presentedName: null, dialled: '', at: noon },
    });
    await happened(journal, 'came in', noon + 1, received('inbound'), offered(wei));
    await happened(journal, 'came in', noon + 9, asked(wei, lena), asked(wei, 'outside'));
    await happened(journal, 'dialled too', noon + 5, received('outbound'), offered(wei));
    expect(await callsOut.readCallsOutSince(noon)).toEqual([
      { agentId: lena, at: noon, number: '+8613900004126' },
      { agentId: wei, at: noon + 5, number: null },
      { agentId: wei, at: noon + 9, number: null },
    ]);
  });

  it('are each counted once, for whoever dialled, and not when the house had promised them', async () => {
    const { journal, callsOut } = await openFor(temporaryFolder());
    await happened(journal, 'lost', noon, received('outbound'), offered(lena));
    await happened(journal, 'lost', noon + 5, offered(wei, 2));
    await happened(journal, 'handed on', noon + 6, received('outbound', { continues: asId<InteractionId>('lost') }), offered(wei, 3));
    await happened(journal, 'promised', noon + 7, received('outbound'), calledBack, offered(wei, 4));
    expect(await callsOut.readCallsOutSince(noon)).toEqual([{ agentId: lena, at: noon, number: null }]);
  });

  it('that are still up are told by how they began, through every hand they went through', async () => {
    const { journal, interactions, callsOut } = await openFor(temporaryFolder());
    const [dialled, handedOn, promised, promisedOn, cameIn] = ['dialled', 'handed on', 'promised', 'promised on', 'came in'].map((id) =>
      asId<InteractionId>(id),
    ) as [InteractionId, InteractionId, InteractionId, InteractionId, InteractionId];
    await happened(journal, dialled, noon, received('outbound'), offered(lena));
    await interactions.recordCaller(dialled, { number: '110', key: '110', presentedName: null, dialled: '', at: noon });
    await happened(journal, handedOn, noon + 1, received('outbound', { continues: dialled }), offered(wei, 2));
    await happened(journal, promised, noon + 2, received('outbound'), calledBack, offered(wei, 3));
    await happened(journal, promisedOn, noon + 3, received('outbound', { continues: promised }), offered(wei, 4));
    await happened(journal, cameIn, noon + 4, received('inbound'), offered(wei, 5));
    const never = asId<InteractionId>('never');
    expect(await callsOut.readCallsOutAmong([cameIn, promisedOn, promised, handedOn, dialled, never])).toEqual([
      { interactionId: handedOn, number: null },
      { interactionId: dialled, number: '110' },
    ]);
  });

  it('are none in an empty store', async () => {
    expect(await (await openFor(temporaryFolder())).callsOut.readCallsOutSince(0)).toEqual([]);
  });
});
