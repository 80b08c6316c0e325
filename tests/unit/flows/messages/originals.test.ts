import { describe, expect, it } from 'vitest';
import type { RouterAgent } from '../../../../cti-bridge/acd/model.ts';
import { agentTable } from '../../../../cti-bridge/acd/tables.ts';
import { createMessageDownloads } from '../../../../cti-bridge/flows/messages/message-downloads.ts';
import { quarantineOf } from '../../../../cti-bridge/flows/messages/quarantine.ts';
import type { Asker } from '../../../../cti-bridge/flows/ports.ts';
import type { QuarantinedArrival } from '../../../../cti-bridge/interactions/index.ts';
import type { Right } from '../../../../shared/contracts/rights.ts';
import { type AgentId, asId } from '../../../../shared/ids.ts';

const lenaId = asId<AgentId>('lena');
const arrival = (arrivalId: string, sourceId: string) => ({ arrivalId, channel: 'email', sourceId }) as QuarantinedArrival;

/** Two mailboxes, each with a queue of its own; Lena works in the first. What cannot be read lies in each. */
function house({ mayReadCustomer = false } = {}) {
  const message = { clientId: 'mail:a-9', conversationId: 'c-1', files: [] };
  const context = {
    works: { ofConversation: () => undefined },
    conversations: {
      readQuarantine: async () => [arrival('a-1', 'care'), arrival('a-2', 'bills')],
      readMessage: async (messageId: string) =>
        messageId === 'm-1' ? message : messageId === 'm-2' ? { ...message, clientId: null } : null,
      readConversation: async () => ({ contactId: 'p-1' }),
    },
    files: { open: async (_kind: string, id: string) => ({ bytes: id.length, content: [] }) },
    routing: { state: { agents: agentTable.set(null, lenaId, { memberships: [{ queueId: 'care' }] } as unknown as RouterAgent) } },
    configuration: () => ({
      mailboxes: [
        { id: 'care', queue: 'care' },
        { id: 'bills', queue: 'bills' },
      ],
      ...{ smsLines: [], chatSites: [], documentSources: [], queues: [{ id: 'care' }, { id: 'bills' }] },
    }),
  };
  const given = context as unknown as Parameters<typeof createMessageDownloads>[0];
  return { context: given, downloads: createMessageDownloads(given, async () => mayReadCustomer) };
}
const asker = (agentId: string | null, ...rights: Right[]) => ({ agentId, may: (right: Right) => rights.includes(right) }) as Asker;

describe('what could not be read', () => {
  const seen = async (who: Asker) => (await quarantineOf(who, house().context)).map(({ arrivalId }) => arrivalId);

  it('is seen by whoever handles what comes into that queue, and by all who watch the queues', async () => {
    expect(await seen(asker('lena', 'work:handle'))).toEqual(['a-1']);
    expect(await seen(asker('wei', 'work:handle'))).toEqual([]);
    expect(await seen(asker(null, 'queue:watch'))).toEqual(['a-1', 'a-2']);
    expect(await seen(asker('lena', 'session:own'))).toEqual([]);
  });

  it('is opened byte for byte by them alone, and nothing else that came in by its id', async () => {
    const { downloads } = house();
    const lena = asker('lena', 'work:handle');
    expect(await downloads.openArrival(lena, 'a-1')).toMatchObject({ ok: true, value: { name: 'a-1.eml' } });
    expect(await downloads.openArrival(lena, 'a-2')).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await downloads.openArrival(asker(null, 'queue:watch'), 'a-9')).toMatchObject({ ok: false });
  });
});

describe('the original of a mail', () => {
  it('is for whoever may read the mail', async () => {
    const lena = asker('lena', 'work:handle');
    expect(await house({ mayReadCustomer: true }).downloads.raw(lena, 'm-1')).toMatchObject({ ok: true, value: { name: 'a-9.eml' } });
    expect(await house().downloads.raw(lena, 'm-1')).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('is not there of what did not come in as one', async () => {
    const { downloads } = house({ mayReadCustomer: true });
    for (const messageId of ['m-2', 'm-3']) expect(await downloads.raw(asker('lena'), messageId)).toMatchObject({ ok: false });
  });
});
