import type { ConversationId, MessageId } from '../../../shared/ids.ts';
import { arrivalByPhone } from '../../crm/index.ts';
import { type KeptText, LongTexts, readConsentWord, type WholeText, writtenLanguage } from '../../interactions/index.ts';
import type { Disposable } from '../../kernel/index.ts';
import type { MessageContext } from './context.ts';
import { fillIn } from './fill-in.ts';
import { plainMessage } from './note-event.ts';
import { sendAutomaticText } from './send-automatic.ts';
import { takeMessage } from './take-message.ts';

/**
 * Text messages as they come in: parts are put together, STOP and START are the customer's consent and nobody's work, everything else goes to
 * the conversation with that number, one that goes on for good.
 */
export class InboundTexts {
  readonly #context: MessageContext;
  readonly #long = new LongTexts<KeptText>();
  #due: Disposable | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(context: MessageContext) {
    this.#context = context;
  }

  /** At a start: what no message has yet. */
  async resume(): Promise<void> {
    for (const text of await this.#context.conversations.readNewTexts()) this.arrived(text);
  }

  arrived(text: KeptText): void {
    this.#take(this.#long.add(text));
    this.#wait();
  }

  /** Resolves when all that came is done with. */
  settled(): Promise<void> {
    return this.#turn;
  }

  #wait(): void {
    const { clock, scope } = this.#context;
    void this.#due?.dispose();
    const { dueAt } = this.#long;
    if (dueAt === null) return;
    this.#due = scope.timer(Math.max(0, dueAt - clock.now()), () => {
      this.#take(this.#long.due(clock.now()));
      this.#wait();
    });
  }

  #take(whole: readonly WholeText<KeptText>[]): void {
    const { log } = this.#context;
    for (const each of whole) {
      this.#turn = this.#turn.then(() =>
        takeText(each, this.#context).catch((error: unknown) => log.error('sms:notTaken', { error: String(error) })),
      );
    }
  }
}

async function takeText(whole: WholeText<KeptText>, context: MessageContext): Promise<void> {
  const { conversations, ids, organisation, configuration } = context;
  const first = whole.parts[0];
  if (!first) return;
  const { sourceId, from, receivedAt } = first;
  const arrival = arrivalByPhone({ number: from, presentedName: null }, organisation);
  const addressKey = arrival.key ?? from;
  const before = await conversations.findByAddress('sms', sourceId, addressKey);
  const locale = writtenLanguage(whole.text) ?? before?.locale ?? 'zh';
  const word = readConsentWord(whole.text);
  const conversation = before ?? {
    ...{
      conversationId: ids.next<ConversationId>(),
      channel: 'sms' as const,
      sourceId,
      addressKey,
      address: from,
      name: null,
      subject: null,
    },
    ...{ contactId: null, locale, startedAt: receivedAt, lastAt: receivedAt, lastSeq: 0, threadToken: null, tokenDigest: null, page: null },
    ...{ visitorSeq: 0, agentSeq: 0 },
  };
  const { work } = await takeMessage(
    {
      conversation: { ...conversation, lastAt: receivedAt },
      message: {
        ...plainMessage,
        messageId: ids.next<MessageId>(),
        kind: 'in',
        at: receivedAt,
        author: { kind: 'customer', name: null },
        text: whole.text,
        sms: { segments: whole.parts.length, isIncomplete: whole.missing.length > 0 },
        clientId: `sms:${first.partId}`,
      },
      files: [],
      references: [],
      arrivalId: null,
      partIds: whole.parts.map(({ partId }) => partId),
      arrival,
      locale,
      isForNobody: word !== null,
    },
    context,
  );
  if (work) work.isStopped = await conversations.isStopped(sourceId, addressKey);
  if (word === null) return;
  await conversations.setStopped(sourceId, addressKey, word === 'stop', receivedAt);
  if (work) work.isStopped = word === 'stop';
  const line = configuration().smsLines.find(({ id }) => id === sourceId);
  const answer = (word === 'stop' ? line?.stopped : line?.resumed)?.[conversation.locale];
  if (answer) await sendAutomaticText(conversation, fillIn(answer, conversation.locale, {}, context), context);
}
