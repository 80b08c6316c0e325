import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { hours } from '../../../shared/duration.ts';
import { asId, type ConversationId, type MessageFileId, type MessageId } from '../../../shared/ids.ts';
import { formatNumber } from '../../../shared/phone-number.ts';
import { arrivalByEmail, arrivalByPhone, numberKey, sniffMediaType } from '../../crm/index.ts';
import {
  answerAddress,
  faxSender,
  type KeptArrival,
  type MailReader,
  mailEssence,
  mailToken,
  maskCardNumbers,
  mayAnswer,
  plainSubject,
  type ReadMail,
  type StoredConversation,
  type StoredFile,
  sameAddress,
  threadOf,
  writtenLanguage,
} from '../../interactions/index.ts';
import type { Disposable } from '../../kernel/index.ts';
import { type MessageContext, messageLimits } from './context.ts';
import { fillIn } from './fill-in.ts';
import { InTurn } from './in-turn.ts';
import { noteNewCorrespondent } from './new-correspondent.ts';
import { takeBounce } from './not-delivered.ts';
import { plainMessage } from './note-event.ts';
import { sendAutomaticMail } from './send-automatic.ts';
import { takeMessage } from './take-message.ts';

/** How many mails are on their way from the disk to their conversations: one is read while others share their way to the disk. */
const atOnce = 8;
const lookedAtOnce = 200;
/** Before what could not be read or stored is tried again: the first pause, doubled up to the longest while nothing succeeds. */
const againAfterMs = { first: 5_000, longest: 5 * 60_000 };

export type PagesOf = (fileId: MessageFileId) => Promise<number | null>;

/**
 * The story of a mail, once its bytes are on the disk: taken apart where it can hurt nobody, put to its conversation, and given to the queue. One
 * that cannot be read goes into quarantine with its text. A crash at any step leaves it to be read again; what was done is known by then.
 */
export class InboundMails {
  readonly #context: MessageContext;
  readonly #reader: MailReader;
  readonly #pagesOf: PagesOf;
  readonly #inTurn = new InTurn();
  #isLooking = false;
  #isAsked = false;
  #again: Disposable | undefined;
  #failures = 0;

  constructor(context: MessageContext, reader: MailReader, pagesOf: PagesOf = async () => null) {
    this.#context = context;
    this.#reader = reader;
    this.#pagesOf = pagesOf;
  }

  /** Something arrived, or may have. */
  wake(): void {
    this.#isAsked = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    void this.#look().finally(() => {
      this.#isLooking = false;
      if (this.#isAsked && !this.#context.scope.isEnded) this.wake();
    });
  }

  async #look(): Promise<void> {
    const { conversations, scope, log } = this.#context;
    this.#isAsked = false;
    const arrivals = await conversations.readNewArrivals(lookedAtOnce).catch((error: unknown) => {
      log.error('mail:notLookedFor', { error: String(error) });
      return null;
    });
    const waiting = [...(arrivals ?? [])];
    let left = arrivals === null ? 1 : 0;
    const next = async (): Promise<void> => {
      for (let arrival = waiting.shift(); arrival && !scope.isEnded; arrival = waiting.shift()) {
        const { arrivalId } = arrival;
        const isTaken = await this.#take(arrival).catch((error: unknown) => {
          log.error('mail:notTaken', { arrivalId, error: error instanceof Error ? (error.stack ?? '') : String(error) });
          return false;
        });
        if (!isTaken) left++;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, next));
    const isStuck = left > 0 && left >= (arrivals?.length ?? 0);
    this.#failures = isStuck ? this.#failures + 1 : 0;
    if (arrivals?.length === lookedAtOnce && !isStuck) this.#isAsked = true;
    if (left > 0) this.#lookAgainLater();
  }

  /** What is left is left for a while: a disk that is full is no better a moment later. */
  #lookAgainLater(): void {
    const { scope } = this.#context;
    if (scope.isEnded) return;
    void this.#again?.dispose();
    const pause = Math.min(againAfterMs.longest, againAfterMs.first * 2 ** Math.min(10, Math.max(0, this.#failures - 1)));
    this.#again = scope.timer(pause, () => this.wake());
  }

  /** False: it is left as it was, to be taken later. */
  async #take(arrival: KeptArrival): Promise<boolean> {
    const { conversations, files, scope, log } = this.#context;
    if (arrival.channel === 'document') {
      await this.#takeDocument(arrival);
      return true;
    }
    const work = await files.workFolder();
    try {
      const read = await this.#reader.read(files.path('arrivals', arrival.arrivalId), work.folder, scope.signal);
      // A reader that was stopped says nothing about the mail: the next start reads it.
      if (scope.isEnded) return false;
      if (read.ok) {
        const mailbox = this.#context.configuration().mailboxes.find(({ id }) => id === arrival.sourceId);
        // One conversation at a time, by whoever writes: two of their mails must not begin it twice.
        const key = `${arrival.sourceId} ${sameAddress(read.mail.from?.address ?? '')}`;
        await this.#inTurn.do(key, () => this.#takeMail(arrival, read.mail, work.folder, mailbox ?? null));
        return true;
      }
      if (read.why === 'notNow') return false;
      log.warn('mail:quarantined', { arrivalId: arrival.arrivalId, why: read.why });
      await conversations.settleArrival(arrival.arrivalId, { state: 'quarantined', why: read.why, text: maskCardNumbers(read.text) });
      return true;
    } finally {
      await work.done();
    }
  }

  async #takeMail(arrival: KeptArrival, read: ReadMail, folder: string, mailbox: Configuration['mailboxes'][number] | null): Promise<void> {
    const { conversations, ids, digestOf, configuration, log } = this.#context;
    const { arrivalId, receivedAt, sourceId } = arrival;
    const digest = digestOf(mailEssence(read));
    // It goes on into the name of the conversation and into what we answer.
    const mail = { ...read, subject: maskCardNumbers(read.subject) };
    const own = mail.internetMessageId;
    if (own !== null && (await conversations.findByReferences([own])).some((known) => known.digest === digest)) {
      // Came twice, by two ways: what it says stands there already.
      log.info('mail:again', { arrivalId });
      const same = await conversations.findByInternetId(own);
      return conversations.settleArrival(arrivalId, { state: 'discarded', messageId: same && asId<MessageId>(same.messageId) });
    }
    if (await takeBounce(mail, { arrivalId, at: receivedAt, digest }, this.#context)) return;

    const isFax = mailbox?.kind === 'fax';
    const thread = isFax ? { kind: 'new' as const } : await threadOf(mail, this.#lookUps(sourceId), receivedAt);
    const before = thread.kind === 'known' ? await conversations.readConversation(thread.conversationId) : null;
    const locale = writtenLanguage(`${mail.subject} ${mail.text}`) ?? before?.locale ?? 'en';
    const fax = isFax ? this.#faxNumber(read) : null;
    const name = fax ? fax.display : (mail.from?.name ?? null);
    const conversation = before ?? newConversation(this.#context, arrival, mail, isFax, name, locale);
    const messageId = ids.next<MessageId>();
    const stored = await this.#adopt(mail, folder, { messageId, conversationId: conversation.conversationId, at: receivedAt, isFax });
    const isSilent = mail.automatic !== null && mail.automatic !== 'list' && before !== null;
    await takeMessage(
      {
        conversation: { ...conversation, lastAt: receivedAt },
        message: {
          ...plainMessage,
          messageId,
          kind: 'in',
          at: receivedAt,
          author: { kind: 'customer', name: name ?? mail.from?.address ?? null },
          subject: mail.subject,
          text: mail.text,
          quoted: mail.quoted,
          htmlText: mail.html,
          hasRemoteContent: mail.hasRemoteContent,
          mail: { from: mail.from, to: [...mail.to], cc: [...mail.cc], replyTo: [...mail.replyTo] },
          leftOut: [...mail.leftOut],
          internetId: own,
          // The same arrival, read once more after a crash, is the same message.
          clientId: `mail:${arrivalId}`,
          isAutomatic: mail.automatic !== null,
        },
        files: stored,
        references: own === null ? [] : [{ internetId: own, digest }],
        arrivalId,
        partIds: [],
        arrival: fax?.key
          ? arrivalByPhone({ number: fax.key, presentedName: null }, this.#context.organisation)
          : arrivalByEmail(mail.from ? addressText(mail.from) : ''),
        locale,
        isForNobody: isSilent,
      },
      this.#context,
    );
    if (thread.kind === 'known' && thread.isNewCorrespondent && mail.from)
      await noteNewCorrespondent(mail.from, { conversationId: conversation.conversationId, messageId, at: receivedAt }, this.#context);
    await this.#answer(mail, arrival, conversation, mailbox, configuration());
  }

  /** Whose fax it is, where its gateway says so: the number stands for them, and they are looked for by it. */
  #faxNumber(mail: ReadMail): { readonly key: string | null; readonly display: string } | null {
    const { organisation } = this.#context;
    const number = faxSender(mail);
    if (number === null) return null;
    // Gateways often leave out the sign of a number that is whole.
    const key = numberKey(number, organisation) ?? (number.startsWith('+') ? null : numberKey(`+${number}`, organisation));
    return { key, display: key === null ? number : formatNumber(key, organisation.homeCountry) };
  }

  /** What the conversations know, for `threadOf`. */
  #lookUps(sourceId: string) {
    const { conversations } = this.#context;
    const known = (found: StoredConversation) => ({
      conversationId: found.conversationId,
      correspondents: found.addressKey === null ? [] : [found.addressKey],
      at: found.lastAt,
    });
    return {
      byToken: async (token: string) => {
        const found = await conversations.findByThreadToken(token);
        return found && known(found);
      },
      byInternetMessageId: async (id: string) => (await conversations.findByReferences([id])).map(known),
      bySubject: async (subject: string, correspondent: string) => {
        const found = await conversations.findByAddress('email', sourceId, correspondent);
        return found?.subject != null && plainSubject(found.subject) === subject ? known(found) : null;
      },
    };
  }

  async #adopt(
    mail: ReadMail,
    folder: string,
    { isFax, ...of }: Pick<StoredFile, 'conversationId' | 'at'> & { readonly messageId: MessageId; readonly isFax: boolean },
  ): Promise<readonly StoredFile[]> {
    const { files, ids } = this.#context;
    const stored: StoredFile[] = [];
    for (const { fileName, name, mediaType, contentId } of mail.files) {
      const fileId = ids.next<MessageFileId>();
      const { bytes, digest } = await files.adopt(fileId, `${folder}/${fileName}`);
      const pages = await this.#countPages(fileId, mediaType, isFax);
      stored.push({ fileId, ...of, name, mediaType, bytes, digest, contentId, pages });
    }
    return stored;
  }

  /** Of faxes and scans, so that a list says how much there is to read. A PDF has to be read for that, and the attachments of all mails are too many. */
  async #countPages(fileId: MessageFileId, mediaType: string, isDocument: boolean): Promise<number | null> {
    const isCounted = mediaType === 'image/tiff' || (isDocument && mediaType === 'application/pdf');
    return isCounted ? this.#pagesOf(fileId) : null;
  }

  async #takeDocument(arrival: KeptArrival): Promise<void> {
    const { conversations, ids, files } = this.#context;
    const { arrivalId, sourceId, receivedAt, envelope } = arrival;
    const messageId = ids.next<MessageId>();
    const conversationId = ids.next<ConversationId>();
    const name = envelope.fileName ?? arrivalId;
    const opened = await files.open('arrivals', arrivalId);
    if (!opened) return conversations.settleArrival(arrivalId, { state: 'quarantined', why: 'broken', text: '' });
    const fileId = ids.next<MessageFileId>();
    const written = await files.write('files', fileId, opened.content, messageLimits.documentBytes);
    if (written === 'tooLarge') return conversations.settleArrival(arrivalId, { state: 'quarantined', why: 'tooLarge', text: '' });
    const mediaType = sniffMediaType(written.head);
    const pages = await this.#countPages(fileId, mediaType, true);
    await takeMessage(
      {
        conversation: {
          ...{ conversationId, channel: 'document', sourceId, addressKey: null, address: null, name: null, subject: name, contactId: null },
          ...{ locale: 'zh', startedAt: receivedAt, lastAt: receivedAt, lastSeq: 0, threadToken: null, tokenDigest: null, page: null },
          ...{ visitorSeq: 0, agentSeq: 0 },
        },
        message: {
          ...{ ...plainMessage, messageId, kind: 'in', at: receivedAt, author: { kind: 'customer', name: null }, subject: name, text: '' },
          clientId: `document:${arrivalId}`,
        },
        files: [{ fileId, messageId, conversationId, name, mediaType, ...written, contentId: null, pages, at: receivedAt }],
        references: [],
        arrivalId,
        partIds: [],
        arrival: { kind: 'email', key: null, isAnonymous: false, presentedName: null, entered: [] },
        contactId: envelope.contactId,
        locale: null,
      },
      this.#context,
    );
  }

  /** The word that we have it: once a day, and never to a program. */
  async #answer(
    mail: ReadMail,
    arrival: KeptArrival,
    conversation: StoredConversation,
    mailbox: Configuration['mailboxes'][number] | null,
    { mailboxes }: Configuration,
  ): Promise<void> {
    const { conversations, clock, log } = this.#context;
    const to = answerAddress(mail);
    if (!mailbox?.autoReply || !to || mailbox.kind === 'fax') return;
    const { from } = arrival.envelope;
    const history = {
      ourAddresses: mailboxes.map(({ address }) => address),
      lastAnswerAt: null,
      automaticIds: await this.#automaticIds(mail),
      // A mailbox that is read over IMAP tells nothing of the envelope.
      ...(mailbox.incoming !== null && from === null ? {} : { envelopeFrom: from }),
    };
    const may = mayAnswer(mail, history, clock.now());
    if (may !== true) return log.info('mail:notAnswered', { arrivalId: arrival.arrivalId, why: may });
    const now = clock.now();
    const key = sameAddress(to.address);
    if (!(await conversations.mayAutoReply(mailbox.id, key, now - hours(24), now))) return;
    const { subject, text } = mailbox.autoReply;
    const { locale } = conversation;
    const filled = (words: string) => fillIn(words, locale, { subject: mail.subject }, this.#context);
    const words = { subject: filled(subject[locale]) || `Re: ${mail.subject}`, text: filled(text[locale]) };
    if (words.text.trim() !== '') await sendAutomaticMail(conversation, mail, words, this.#context);
  }

  async #automaticIds(mail: ReadMail): Promise<readonly string[]> {
    const { conversations } = this.#context;
    const named = [...mail.inReplyTo, ...mail.references].slice(-10);
    const found = await Promise.all(named.map((id) => conversations.findByInternetId(id)));
    return found.flatMap((message) => (message?.isAutomatic && message.kind === 'out' ? (message.internetId ?? []) : []));
  }
}

function addressText({ address, name }: NonNullable<ReadMail['from']>): string {
  return name ? `"${name.replaceAll(/["\\]/g, '')}" <${address}>` : address;
}

function newConversation(
  { ids }: MessageContext,
  { sourceId, receivedAt }: KeptArrival,
  mail: ReadMail,
  isFax: boolean,
  name: string | null,
  locale: 'en' | 'zh',
): StoredConversation {
  const conversationId = ids.next<ConversationId>();
  const from = answerAddress(mail) ?? mail.from;
  return {
    conversationId,
    channel: isFax ? 'document' : 'email',
    sourceId,
    addressKey: from ? sameAddress(from.address) : null,
    address: from?.address ?? null,
    name,
    subject: mail.subject.trim() === '' ? null : mail.subject,
    contactId: null,
    locale,
    startedAt: receivedAt,
    lastAt: receivedAt,
    lastSeq: 0,
    threadToken: isFax ? null : mailToken(conversationId),
    tokenDigest: null,
    page: null,
    visitorSeq: 0,
    agentSeq: 0,
  };
}
