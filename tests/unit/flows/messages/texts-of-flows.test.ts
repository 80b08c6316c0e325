import { describe, expect, it } from 'vitest';
import type { StoredConversation } from '../../../../cti-bridge/interactions/index.ts';
import type { Configuration } from '../../../../shared/contracts/configuration.ts';
import { asId, type ConversationId } from '../../../../shared/ids.ts';
import { writtenHouse } from './written-house.ts';

const line = (id: string) => ({ id }) as Configuration['smsLines'][number];
const mei = '+8613900004126';

function conversation(sourceId: string, lastAt: number): StoredConversation {
  return {
    ...{ conversationId: asId<ConversationId>(`with ${sourceId}`), channel: 'sms', sourceId, addressKey: mei, address: mei, name: null },
    ...{ subject: null, contactId: null, locale: 'zh', startedAt: lastAt, lastAt, lastSeq: 0, threadToken: null, tokenDigest: null },
    ...{ page: null, visitorSeq: 0, agentSeq: 0 },
  };
}

describe('a text message of a flow', () => {
  const send = async (known: readonly StoredConversation[], lines = ['shop', 'service']) => {
    const house = writtenHouse({ smsLines: lines.map(line) });
    for (const each of known) house.store.conversations.set(each.conversationId, each);
    const outcome = await house.messages.texts.send(mei, '您的链接', new AbortController().signal);
    await house.clock.run(0);
    return { outcome, sent: house.sent };
  };

  it('leaves on the line on which that person was last written with', async () => {
    const { outcome, sent } = await send([conversation('shop', 1), conversation('service', 2)]);
    expect(outcome).toBe('sent');
    expect(sent).toMatchObject([{ lineId: 'service', to: mei, text: '您的链接' }]);
  });

  it('leaves on the first line where they never were', async () => {
    expect((await send([])).sent).toMatchObject([{ lineId: 'shop' }]);
  });

  it('does not leave on a line that is no longer there', async () => {
    expect((await send([conversation('gone', 2)])).sent).toMatchObject([{ lineId: 'shop' }]);
  });

  it('is not sent by a house without a line', async () => {
    expect(await send([], [])).toEqual({ outcome: 'notSet', sent: [] });
  });
});
