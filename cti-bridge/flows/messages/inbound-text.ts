import { minutes } from '../../../shared/duration.ts';
import type { ConversationId, MessageId } from '../../../shared/ids.ts';
import { arrivalByPhone } from '../../crm/index.ts';
import {
  isNamed,
  type KeptText,
  LongTexts,
  partsWithoutCards,
  readConsentWord,
  type WholeText,
  writtenLanguage,
} from '../../interactions/index.ts';
import type { Disposable } from '../../kernel/index.ts';
import { replyToScore, takeAnswer, takeWord } from './answer-by-text.ts';
import type { MessageContext } from './context.ts';
import { fillIn } from './fill-in.ts';
import { InTurn } from './in-turn.ts';
import { plainMessage } from './note-event.ts';
import { sendAutomaticText } from './send-automatic.ts';
import { takeMessage } from './take-message.ts';

/** What a stopped bridge stored so long before the last may not have been heard as stored, and comes again: so many at most, within this of the start. */
const beforeStop = { mostTexts: 1_000, withinMs: minutes(30), comesAgainWithinMs: minutes(60) };
/** Before what could not be stored is tried again. */
const againAfterMs = 10_000;

/** How many numbers' texts are taken at once: they share their way to the disk, and leave room on it for others. */
const atOnce = 50;

/**
 * Text messages as they come in: parts are put together, STOP and START are the customer's consent and nobody's work, everything else goes to
 * the conversation with that number, one that goes on for good.
 *
 * A network without names for what it delivers delivers again what a bridge did not answer before it was killed: copies of parts are known by
 * their place and words and dropped; of a whole one nobody can say, so it is kept and marked as perhaps a repeat.
 */
export class InboundTexts {
  readonly #context: MessageContext;
  readonly #long = new LongTexts<KeptText>();
  #due: Disposable | undefined;
  /** What one number writes is taken in its order. */
  readonly #inTurn = new InTurn({ atOnce });
  /** Since the start: what may come again, and how often. */
  readonly #before = new Map<string, number>();
  #beforeUntil = 0;

  constructor(context: MessageContext) {
    this.#context = context;
  }

  /** At a start: what no message has yet. */
  async resume(): Promise<void> {
    const { conversations, clock } = this.#context;
    const [waiting, taken] = await Promise.all([conversations.readNewTexts(), conversations.readTakenTexts(beforeStop.mostTexts)]);
    const lastAt = Math.max(0, ...[...taken, ...waiting].map(({ receivedAt }) => receivedAt));
    const late = taken.filter(({ receivedAt }) => receivedAt >= lastAt - beforeStop.withinMs);
    this.#beforeUntil = clock.now() + beforeStop.comesAgainWithinMs;
    for (const parts of Map.groupBy(late, ({ messageId }) => messageId).values()) this.#long.remember(parts, this.#beforeUntil);
    // One that came again and was not taken before the next stop stands among those that wait.
    const had = new Set(late.filter(mayComeAgain).map(sameness));
    for (const text of waiting) {
      this.#arrived(text, mayComeAgain(text) && had.has(sameness(text)), clock.now());
      had.add(sameness(text));
    }
    for (const text of [...late, ...waiting].filter(mayComeAgain)) {
      const same = sameness(text);
      this.#before.set(same, (this.#before.get(same) ?? 0) + 1);
    }
  }

  arrived(text: KeptText): void {
    this.#arrived(text, this.#mayBeRepeat(text));
  }

  #arrived(text: KeptText, mayBeRepeat: boolean, at?: number): void {
    const { conversations, log } = this.#context;
    if (this.#long.isCopy(text)) {
      // Left as it is where that fails: the next start knows it for what it is.
      void conversations.settleCopies([text.partId]).catch((error: unknown) => log.warn('sms:copyNotSettled', { error: String(error) }));
      return;
    }
    const whole = at === undefined ? this.#long.add(text) : this.#long.add(text, at, this.#beforeUntil);
    this.#take(whole, mayBeRepeat ? text : null);
    this.#wait();
  }

  /** Once for each that came before. */
  #mayBeRepeat(text: KeptText): boolean {
    if (this.#before.size === 0) return false;
    if (this.#context.clock.now() >= this.#beforeUntil) this.#before.clear();
    const same = sameness(text);
    const times = mayComeAgain(text) ? (this.#before.get(same) ?? 0) : 0;
    if (times === 0) return false;
    if (times > 1) this.#before.set(same, times - 1);
    else this.#before.delete(same);
    return true;
  }

  #wait(): void {
    const { clock, scope } = this.#context;
    void this.#due?.dispose();
    const { dueAt } = this.#long;
    if (dueAt === null) return;
    this.#due = scope.timer(Math.max(0, dueAt - clock.now()), () => {
      this.#take(this.#long.due(clock.now()), null);
      this.#wait();
    });
  }

  #take(whole: readonly WholeText<KeptText>[], repeat: KeptText | null): void {
    const { log, scope } = this.#context;
    for (const each of whole) {
      const mayBeRepeat = repeat !== null && each.parts[0] === repeat;
      void this.#inTurn
        .do(this.#numberOf(each), () => takeText(each, mayBeRepeat, this.#context))
        .catch((error: unknown) => {
          log.error('sms:notTaken', { error: String(error) });
          if (!scope.isEnded) scope.timer(againAfterMs, () => this.#take([each], repeat));
        });
    }
  }

  /** Of one line, whoever writes, however their network writes their number. */
  #numberOf({ parts: [first] }: WholeText<KeptText>): string {
    if (!first) return '';
    const { key } = arrivalByPhone({ number: first.from, presentedName: null }, this.#context.organisation);
    return `${first.sourceId} ${key ?? first.from}`;
  }
}

const mayComeAgain = ({ part, onceKey }: KeptText) => (part === null || part.total < 2) && !isNamed(onceKey);
const sameness = ({ sourceId, from, to, text }: KeptText) => JSON.stringify([sourceId, from, to, text]);

async function takeText(whole: WholeText<KeptText>, mayBeRepeat: boolean, context: MessageContext): Promise<void> {
  const { conversations, ids, organisation, configuration } = context;
  const first = whole.parts[0];
  if (!first) return;
  const { sourceId, from, receivedAt } = first;
  const arrival = arrivalByPhone({ number: from, presentedName: null }, organisation);
  const addressKey = arrival.key ?? from;
  const before = await conversations.findByAddress('sms', sourceId, addressKey);
  const locale = writtenLanguage(whole.text) ?? before?.locale ?? 'zh';
  const word = readConsentWord(whole.text);
  const told = { sourceId, addressKey, text: whole.text, at: receivedAt, partId: first.partId };
  const answered = word === null && before ? await takeAnswer(told, context) : null;
  const mayBeWord = word === null && answered === null && before !== null && !context.works.ofConversation(before.conversationId);
  const isWord = mayBeWord && (await takeWord(told, context));
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
  // Before the message counts as taken: a wish that is lost to a crash would be one that nobody obeys.
  if (word !== null) await conversations.setStopped(sourceId, addressKey, word === 'stop', receivedAt);
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
        sms: { segments: whole.parts.length, isIncomplete: whole.missing.length > 0, ...(mayBeRepeat ? { mayBeRepeat } : {}) },
        clientId: `sms:${first.partId}`,
      },
      files: [],
      references: [],
      arrivalId: null,
      partIds: whole.parts.map(({ partId }) => partId),
      ...(whole.parts.length > 1 ? { partTexts: partsWithoutCards(whole) } : {}),
      arrival,
      locale,
      isForNobody: word !== null || answered !== null || isWord,
    },
    context,
  );
  if (work) work.isStopped = await conversations.isStopped(sourceId, addressKey);
  if (answered) {
    const reply = replyToScore(answered, context);
    if (reply) await sendAutomaticText(conversation, fillIn(reply, answered.locale, {}, context), context);
  }
  if (word === null) return;
  if (work) work.isStopped = word === 'stop';
  const line = configuration().smsLines.find(({ id }) => id === sourceId);
  const answer = (word === 'stop' ? line?.stopped : line?.resumed)?.[conversation.locale];
  if (answer) await sendAutomaticText(conversation, fillIn(answer, conversation.locale, {}, context), context);
}
