import type {
  ConversationRepository,
  KeptArrival,
  OutboxEntry,
  StoredConversation,
  StoredFile,
  StoredMessage,
  StoredWork,
} from '../../../../cti-bridge/interactions/index.ts';
import type { OutgoingState } from '../../../../shared/contracts/messages/conversation.ts';
import type { ConversationId } from '../../../../shared/ids.ts';

type Repository = ConversationRepository;
type Arrived = KeptArrival & { state: string };

/** Written contacts in memory, as the store keeps them, for the stories that read and write mails and texts. */
export class FakeConversations
  implements
    Pick<
      Repository,
      | 'keepArrival'
      | 'isKnownArrival'
      | 'readNewArrivals'
      | 'settleArrival'
      | 'store'
      | 'readConversation'
      | 'findByThreadToken'
      | 'findByReferences'
      | 'findByAddress'
      | 'readMessage'
      | 'readMessages'
      | 'findByInternetId'
      | 'saveWork'
      | 'claimOutbox'
      | 'nextOutboxAt'
      | 'readOutbox'
      | 'settleOutbox'
      | 'outboxLeftBehind'
      | 'changeState'
      | 'mayAutoReply'
      | 'isStopped'
      | 'readNewTexts'
      | 'withoutReceipt'
      | 'endWork'
    >
{
  readonly arrivals: Arrived[] = [];
  readonly conversations = new Map<string, StoredConversation>();
  readonly messages: StoredMessage[] = [];
  readonly outbox = new Map<string, OutboxEntry & { state: string }>();
  readonly works = new Map<string, StoredWork>();
  readonly references: { readonly internetId: string; readonly digest: string; readonly conversationId: string }[] = [];
  /** Lines that contacts began with on records. */
  readonly timelines: NonNullable<Parameters<Repository['store']>[0]['timeline']>[] = [];
  onFiles: (files: readonly StoredFile[]) => void = () => {};
  readonly #answered = new Map<string, number>();

  async keepArrival(arrival: KeptArrival) {
    if (await this.isKnownArrival(arrival.channel, arrival.sourceId, arrival.onceKey)) return 'known' as const;
    this.arrivals.push({ ...arrival, state: 'new' });
    return 'kept' as const;
  }
  async isKnownArrival(...[channel, sourceId, onceKey]: Parameters<Repository['isKnownArrival']>) {
    return this.arrivals.some((each) => each.channel === channel && each.sourceId === sourceId && each.onceKey === onceKey);
  }
  async readNewArrivals(limit: number) {
    return this.arrivals.filter(({ state }) => state === 'new').slice(0, limit);
  }
  async settleArrival(arrivalId: string, as: Parameters<Repository['settleArrival']>[1]) {
    for (const each of this.arrivals) if (each.arrivalId === arrivalId) each.state = as.state;
  }

  async store(...[intake]: Parameters<Repository['store']>): ReturnType<Repository['store']> {
    const { conversation, message, arrivalId, outbox, work } = intake;
    this.onFiles(intake.files);
    const { conversationId } = conversation;
    const before = this.messages.find((each) => each.conversationId === conversationId && each.clientId === message.clientId);
    if (before && message.clientId !== null) return { message: before, isNew: false };
    const seq = (this.conversations.get(conversationId)?.lastSeq ?? 0) + 1;
    this.conversations.set(conversationId, { ...conversation, lastSeq: seq });
    const { hasRemoteContent, ...rest } = message;
    const stored = { ...rest, seq, conversationId, html: message.htmlText === null ? null : { hasRemoteContent } };
    this.messages.push(stored);
    for (const reference of intake.references) this.references.push({ ...reference, conversationId });
    for (const each of this.arrivals) if (each.arrivalId === arrivalId) each.state = 'taken';
    if (intake.timeline) this.timelines.push(intake.timeline);
    if (outbox) this.outbox.set(outbox.messageId, { ...outbox, state: 'queued' });
    if (work) await this.saveWork(work);
    return { message: stored, isNew: true };
  }

  async readConversation(conversationId: ConversationId) {
    return this.conversations.get(conversationId) ?? null;
  }
  async findByThreadToken(token: string) {
    return [...this.conversations.values()].find(({ threadToken }) => threadToken === token) ?? null;
  }
  async findByReferences(ids: readonly string[]) {
    return this.references
      .filter(({ internetId }) => ids.includes(internetId))
      .flatMap(({ conversationId, ...reference }) => {
        const found = this.conversations.get(conversationId);
        return found ? [{ ...found, ...reference }] : [];
      });
  }
  async findByAddress(...[channel, sourceId, key]: Parameters<Repository['findByAddress']>) {
    const fits = (each: StoredConversation) => each.channel === channel && each.sourceId === sourceId && each.addressKey === key;
    return [...this.conversations.values()].findLast(fits) ?? null;
  }
  async readMessage(messageId: string) {
    return this.messages.find((each) => each.messageId === messageId) ?? null;
  }
  async readMessages(conversationId: string) {
    return this.messages.filter((each) => each.conversationId === conversationId).reverse();
  }
  async findByInternetId(internetId: string) {
    return this.messages.find((each) => each.internetId === internetId) ?? null;
  }

  async saveWork(work: StoredWork) {
    this.works.set(work.interactionId, work);
  }
  async endWork(interactionId: string) {
    this.works.delete(interactionId);
  }

  async claimOutbox(now: number, limit: number) {
    const due = [...this.outbox.values()].filter(({ state, nextAt }) => state === 'queued' && nextAt <= now).slice(0, limit);
    return due.map((entry) => {
      const claimed = { ...entry, attempts: entry.attempts + 1, state: 'sending' };
      this.outbox.set(entry.messageId, claimed);
      this.#change(entry.messageId, null, { state: 'sending', why: null }, now);
      return claimed;
    });
  }
  async nextOutboxAt() {
    const waiting = [...this.outbox.values()].filter(({ state }) => state === 'queued');
    return waiting.length === 0 ? null : Math.min(...waiting.map(({ nextAt }) => nextAt));
  }
  async readOutbox(messageId: string) {
    return this.outbox.get(messageId) ?? null;
  }
  async settleOutbox(...[messageId, as, at]: Parameters<Repository['settleOutbox']>) {
    const entry = this.outbox.get(messageId);
    if (as.state === 'queued' && entry) this.outbox.set(messageId, { ...entry, state: 'queued', nextAt: as.nextAt });
    else if (as.state === 'mayHaveBeenSent' && entry) this.outbox.set(messageId, { ...entry, state: 'unsure' });
    else this.outbox.delete(messageId);
    return this.#change(messageId, ['sending', 'queued'], as, at);
  }
  async outboxLeftBehind(at: number) {
    const left = [...this.outbox.values()].filter(({ state }) => state === 'sending');
    return left.flatMap((entry) => {
      const { messageId } = entry;
      this.outbox.set(messageId, { ...entry, state: 'unsure' });
      return this.#change(messageId, ['sending'], { state: 'mayHaveBeenSent', why: 'The bridge stopped.' }, at) ?? [];
    });
  }
  async changeState(...[messageId, from, to, at]: Parameters<Repository['changeState']>) {
    return this.#change(messageId, from, to, at);
  }
  async keepText() {
    return 'kept' as const;
  }
  async readNewTexts() {
    return [];
  }
  async readTakenTexts() {
    return [];
  }
  async withoutReceipt() {
    return [];
  }

  async mayAutoReply(...[sourceId, key, since, at]: Parameters<Repository['mayAutoReply']>) {
    const last = this.#answered.get(`${sourceId} ${key}`);
    if (last !== undefined && last > since) return false;
    this.#answered.set(`${sourceId} ${key}`, at);
    return true;
  }
  async isStopped() {
    return false;
  }

  #change(
    messageId: string,
    from: readonly OutgoingState[] | null,
    to: { readonly state: OutgoingState; readonly why: string | null },
    at: number,
  ): StoredMessage | null {
    const index = this.messages.findIndex((each) => each.messageId === messageId);
    const message = this.messages[index];
    if (!message?.state || (from !== null && !from.includes(message.state.name))) return null;
    const changed = { ...message, state: { name: to.state, why: to.why, at } };
    this.messages[index] = changed;
    return changed;
  }
}
