import { describe, expect, it } from 'vitest';
import type { MessageContext } from '../../../../cti-bridge/flows/messages/context.ts';
import type { LiveWork } from '../../../../cti-bridge/flows/messages/live-work.ts';
import { sendAgain } from '../../../../cti-bridge/flows/messages/send-again.ts';
import { writeMessage } from '../../../../cti-bridge/flows/messages/write-message.ts';
import type { StoredMessage } from '../../../../cti-bridge/interactions/index.ts';
import type { Composed } from '../../../../shared/contracts/messages/conversation.ts';
import { asId, type MessageId } from '../../../../shared/ids.ts';
import { lena } from '../fakes.ts';
import { FakeConversations } from './fake-conversations.ts';

const signature = 'Lena <Billing>';
const asked = { messageId: 'asked', conversationId: 'c-1', kind: 'in', seq: 1, at: 0, internetId: '<asked@example.cn>' };
const words = { text: 'Why 39?\n> your bill\nIs 3 < 4?', quoted: 'On Monday', author: { kind: 'customer', name: 'Wang' } };
const wang = { address: 'wang@example.cn', name: 'Wang' };
const boss = { address: 'boss@example.cn', name: null };

/** Wang asked, and Lena has it in hand. */
function house() {
  const conversations = new FakeConversations();
  conversations.messages.push({ ...asked, ...words, mail: { from: wang, to: [], cc: [], replyTo: [] } } as unknown as StoredMessage);
  const conversation = { conversationId: 'c-1', channel: 'email', sourceId: 'care', locale: 'en', lastSeq: 1 };
  conversations.conversations.set('c-1', conversation as never);
  let made = 0;
  const mailbox = {
    ...{ id: 'care', address: 'care@crosspoint.example', sender: { en: 'Care', zh: '客服' } },
    signature: { en: signature, zh: signature },
  };
  const context = {
    clock: { now: () => 5 },
    ids: { next: () => `id-${++made}` },
    agents: { find: () => ({ name: 'Lena' }) },
    conversations,
    configuration: () => ({ mailboxes: [mailbox], organisation: { name: { en: 'Northline', zh: '东海' }, timeZone: 'UTC' } }),
    sanitise: async (html: string) => html,
    wakeOutbox: () => {},
    desktops: { push: () => {} },
    routing: { queue: () => undefined },
  } as unknown as MessageContext;
  const work = { conversation, interactionId: 'i-1', holders: [], agentId: lena, stored: {}, pop: null } as unknown as LiveWork;
  const reply: Composed = {
    ...{ kind: 'reply', about: 'asked', to: [wang], cc: [], bcc: [boss], subject: 'Re: Bill', fileIds: [] },
    ...{ text: 'Because.', html: '<p>Because.</p>' },
  };
  return {
    ...{ context, conversations, work },
    async write(change: Partial<Composed> = {}) {
      const written = await writeMessage(work, lena, { clientId: 'one', composed: { ...reply, ...change } }, context);
      if (!written.ok) throw new Error(written.error.message);
      return asId<MessageId>(written.value.messageId);
    },
    entry: (messageId: MessageId) => conversations.outbox.get(messageId),
    async breakOff(messageId: MessageId) {
      await conversations.claimOutbox(Number.MAX_SAFE_INTEGER, 10);
      await conversations.settleOutbox(messageId, { state: 'mayHaveBeenSent', why: 'The line broke.', providerKeys: [] }, 6);
    },
  };
}

const timesIn = (text: string | null | undefined, what: string) => (text ?? '').split(what).length - 1;

describe('a mail that an agent writes', () => {
  it('cites what it answers: line by line in its text, as a citation in its HTML, where nothing they wrote is markup', async () => {
    const { write, entry } = house();
    const left = entry(await write());
    expect(left?.text).toBe(
      'Because.\n\n-- \nLena <Billing>\n\nwang@example.cn, 1970-01-01 00:00 UTC:\n> Why 39?\n> > your bill\n> Is 3 < 4?\n> \n> On Monday',
    );
    expect(left?.html).toBe(
      '<p>Because.</p><br><div>-- <br>Lena &lt;Billing&gt;</div><br><div>wang@example.cn, 1970-01-01 00:00 UTC:</div>' +
        '<blockquote type="cite">Why 39?<br>&gt; your bill<br>Is 3 &lt; 4?<br><br>On Monday</blockquote>',
    );
  });

  it('with a card number in it leaves and is kept without most of its digits, wherever that stands', async () => {
    const { write, entry, conversations } = house();
    const card = '4111 1111 1111 1111';
    const written = await write({ subject: `Re: ${card}`, text: `Yours: ${card}`, html: `<p>Yours: ${card}</p>` });
    const everything = JSON.stringify([entry(written), await conversations.readMessage(written)]);
    expect(everything).not.toContain('4111');
    expect(entry(written)).toMatchObject({ text: expect.stringMatching(/^Yours: •••• •••• •••• 1111\n/) });
    expect(entry(written)?.html).toContain('<p>Yours: •••• •••• •••• 1111</p>');
  });

  it('without layout has no HTML, and cites nothing where it answers nothing', async () => {
    const { write, entry } = house();
    const left = entry(await write({ about: null, html: null }));
    expect(left).toMatchObject({ text: 'Because.\n\n-- \nLena <Billing>', html: null, inReplyTo: null });
  });
});

describe('a mail that may have been sent', () => {
  it('goes again as it was: to the same people, hidden ones too, signed once, cited once, in the same thread, under a name of its own', async () => {
    const { write, entry, breakOff, context, conversations, work } = house();
    const first = await write();
    const before = entry(first);
    await breakOff(first);
    const again = await sendAgain(work, first, context);
    const secondId = asId<MessageId>(again.ok ? again.value.messageId : '');
    const second = entry(secondId);
    expect(timesIn(second?.html, 'Lena &lt;Billing&gt;')).toBe(1);
    expect(timesIn(second?.html, '<blockquote')).toBe(1);
    expect(second).toMatchObject({ text: before?.text, html: before?.html, to: [wang], bcc: [boss], inReplyTo: '<asked@example.cn>' });
    expect(second?.internetId).not.toBe(before?.internetId);
    expect(again).toMatchObject({ ok: true, value: { text: 'Because.', state: { name: 'queued' } } });
    expect((await conversations.readMessage(first))?.state).toMatchObject({ name: 'failed', why: 'Sent again.' });
  });

  it('goes again once, however often that is asked, and not once it is known what became of it', async () => {
    const { write, breakOff, context, conversations, work } = house();
    const first = await write();
    expect(await sendAgain(work, first, context)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    await breakOff(first);
    await sendAgain(work, first, context);
    expect(await sendAgain(work, first, context)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect([...conversations.outbox.values()].filter(({ state }) => state === 'queued')).toHaveLength(1);
  });
});
