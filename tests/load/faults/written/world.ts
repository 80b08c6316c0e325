import type {
  DeliveryReceipt,
  MessageCarrier,
  OutgoingMail,
  OutgoingText,
  SendOutcome,
} from '../../../../cti-bridge/interactions/index.ts';
import { unnamedKey } from '../../../../cti-bridge/interactions/index.ts';
import type { VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import type { Composed } from '../../../../shared/contracts/messages/conversation.ts';
import { streamOf } from './lasting.ts';
import { asker, type CarriedMail, type Life, lineId, outcomeCode } from './one-life.ts';

/** Something that is brought again, in the next life too, until it is acknowledged. */
interface Brought {
  acknowledged: boolean;
  /** Said, and not heard yet: a life that ends before takes it along. */
  isSaid: boolean;
  on: Life | null;
  bring(life: Life): Promise<boolean>;
}

interface Visitor {
  token: string | null;
  conversationId: string | null;
  openedIn: Life | null;
}

/** The question of the demo organisation, in either language. */
const isSurvey = /how satisfied|是否满意/;

/**
 * Customers, networks and an agent, who live through every kill. Each brings what was not acknowledged again, as mail servers, networks, widgets
 * and desktops do, and remembers what it brought and what reached it.
 */
export class World {
  readonly brought: Brought[] = [];
  readonly mails: string[] = [];
  readonly texts: string[] = [];
  readonly namedTexts: string[] = [];
  readonly lines: string[] = [];
  readonly fileLines: string[] = [];
  readonly documents: string[] = [];
  /** By `clientId`: whether the agent was told that it is stored. */
  readonly written = new Map<string, Brought>();
  /** How often each message of ours left, and what its carrier said of it. */
  readonly left = new Map<string, number>();
  /** What we texted them asks how it was: some answer by a number. */
  readonly scores = new Map<string, number>();
  readonly receipts = new Set<string>();
  readonly #visitors: Visitor[] = [];
  readonly #random: () => number;
  readonly #clock: VirtualClock;
  #made = 0;
  /** Now and then a carrier has no time, refuses or does not know. */
  isMoody = true;

  constructor(random: () => number, clock: VirtualClock) {
    this.#random = random;
    this.#clock = clock;
  }

  readonly carrier: MessageCarrier<OutgoingMail | OutgoingText> = {
    send: async (message): Promise<SendOutcome> => {
      const mood = this.isMoody ? this.#random() : 1;
      if (mood < 0.1) return { kind: 'notNow', why: 'busy', retryAfterMs: 1_000 };
      if (mood < 0.15) return { kind: 'refused', why: 'no' };
      this.left.set(message.messageId, (this.left.get(message.messageId) ?? 0) + 1);
      if ('lineId' in message && isSurvey.test(message.text)) this.#score(message.to);
      if (mood < 0.2) return { kind: 'unknown', why: 'line broke', providerIds: [] };
      if (!('lineId' in message)) return { kind: 'taken', providerIds: [] };
      const providerId = `P${++this.#made}`;
      const receipt: DeliveryReceipt = { sourceId: lineId, providerId, state: 'delivered', code: null, at: this.#clock.now() };
      this.#add((life) => life.messages.arrivals.keepReceipt(receipt).then(() => !!this.receipts.add(message.messageId)));
      return { kind: 'taken', providerIds: [providerId] };
    },
  };

  #add(bring: (life: Life) => Promise<boolean>): Brought {
    const one: Brought = { acknowledged: false, isSaid: false, on: null, bring };
    this.brought.push(one);
    return one;
  }

  /** Something happens. */
  async act(life: Life): Promise<void> {
    const kinds = [
      this.#mail,
      this.#text,
      this.#longText,
      this.#namedText,
      this.#line,
      this.#document,
      this.#agent,
      this.#agent,
      this.#agent,
      this.#agent,
    ];
    kinds[Math.floor(this.#random() * kinds.length)]?.call(this, life);
  }

  /** Whatever is not acknowledged and not on its way in this life. */
  bringAll(life: Life): void {
    for (const one of this.brought) {
      if (one.on === life && one.isSaid) one.acknowledged = true;
      if (one.acknowledged || one.on === life) continue;
      one.on = life;
      one.isSaid = false;
      void one
        .bring(life)
        .then((isDone) => {
          one.isSaid = isDone && one.on === life;
          if (!isDone && one.on === life) one.on = null;
        })
        .catch(() => {
          if (one.on === life) one.on = null;
        });
    }
  }

  get isQuiet(): boolean {
    return this.brought.every(({ acknowledged }) => acknowledged);
  }

  #word(kind: string): string {
    return `${kind} ${++this.#made}.`;
  }

  #mail(): void {
    const subject = this.#word('mail');
    this.mails.push(subject);
    const from = { address: `c${Math.floor(this.#random() * 6)}@example.cn`, name: null };
    const file = this.#random() < 0.4 ? 'a bill' : null;
    const carried: CarriedMail = { mail: { subject, text: subject, from, internetMessageId: `<${subject}@example.cn>` }, file };
    this.#raw('email', 'care', subject, JSON.stringify(carried));
  }

  #document(): void {
    const name = this.#word('document');
    this.documents.push(name);
    this.#raw('document', 'letters', name, `pages of ${name}`);
  }

  #raw(channel: 'email' | 'document', sourceId: string, name: string, content: string): void {
    const receivedAt = this.#clock.now();
    const envelope = { from: null, to: [], fileName: name };
    this.#add((life) =>
      life.messages.arrivals
        .keep({ channel, sourceId, onceKey: `sha256:${name}`, receivedAt, envelope, content: streamOf(Buffer.from(content)) })
        .then((kept) => kept !== 'tooLarge'),
    );
  }

  #number = () => `+861390000412${Math.floor(this.#random() * 4)}`;

  #text(): void {
    const text = this.#word('text');
    this.texts.push(text);
    this.#deliver(this.#number(), text, null, null);
  }

  #namedText(): void {
    const text = this.#word('named');
    this.namedTexts.push(text);
    this.#deliver(this.#number(), text, null, `id:${text}`);
  }

  #score(from: string): void {
    if (this.#random() < 0.3) return;
    const score = 1 + Math.floor(this.#random() * 5);
    this.scores.set(from, score);
    this.#deliver(from, String(score), null, `id:score ${from}`);
  }

  #longText(): void {
    const text = this.#word('long');
    this.texts.push(`${text}1${text}2${text}3`);
    const reference = this.#made % 256;
    const from = this.#number();
    const parts = [1, 2, 3].map((index) => ({ index, order: this.#random() })).sort((one, other) => one.order - other.order);
    for (const { index } of parts) this.#deliver(from, `${text}${index}`, { reference, total: 3, index }, null);
  }

  #deliver(from: string, text: string, part: { reference: number; total: number; index: number } | null, name: string | null): void {
    this.#add((life) => {
      const onceKey = name ?? unnamedKey(String(this.#random()));
      return life.messages.arrivals
        .keepText({ sourceId: lineId, onceKey, receivedAt: this.#clock.now(), from, to: '10655901', text, part })
        .then(() => true);
    });
  }

  #line(): void {
    const isNew = this.#visitors.length < 3;
    const visitor: Visitor = isNew
      ? { token: null, conversationId: null, openedIn: null }
      : (this.#visitors[Math.floor(this.#random() * 3)] as Visitor);
    if (isNew) this.#visitors.push(visitor);
    const isFile = this.#random() < 0.3;
    const text = this.#word(isFile ? 'file' : 'line');
    (isFile ? this.fileLines : this.lines).push(text);
    this.#add(async (life) => {
      const { chat } = life.messages;
      const form = { name: 'Mei', email: null, phone: null, topic: null };
      if (visitor.openedIn !== life) {
        const opened = await chat.open({
          siteId: 'shop',
          token: visitor.token,
          lastSeq: 0,
          locale: 'en',
          form,
          page: { url: null, title: null },
        });
        if (!opened) return false;
        visitor.token = opened.token ?? visitor.token;
        visitor.conversationId = opened.conversationId;
        visitor.openedIn = life;
      }
      const id = visitor.conversationId as never;
      if (isFile) await chat.sendFile(id, { clientId: text, name: text, content: streamOf(Buffer.from(text)) });
      else await chat.write(id, { clientId: text, text });
      return true;
    });
  }

  #agent(life: Life): void {
    const { inbox } = life.messages;
    const ask = (asked: Promise<unknown>) => void asked.catch(() => {});
    const [offer] = life.offered();
    if (offer && this.#random() < 0.7) return ask(inbox['reservation:accept'](asker as never, { reservationId: offer }));
    const { mine, waiting } = life.messages.inboxOf(asker.agentId);
    const work = mine[Math.floor(this.#random() * mine.length)];
    if (!work) {
      const [next] = waiting;
      return next && ask(inbox['inbox:take'](asker as never, { workItemId: next.workItemId } as never));
    }
    const { interactionId } = work;
    const which = this.#random();
    if (which < 0.45) return this.#write(work);
    if (which < 0.7) return ask(inbox['inbox:close'](asker as never, { interactionId, dispositionCode: outcomeCode, note: 'Done.' }));
    if (which < 0.8) return ask(inbox['inbox:wait'](asker as never, { interactionId }));
    if (which < 0.9)
      return ask(
        inbox['inbox:transfer'](asker as never, { interactionId, to: { kind: 'queue', queueId: 'mail' }, reason: 'x', note: '' } as never),
      );
    return ask(inbox['inbox:resume'](asker as never, { interactionId }));
  }

  #write(work: { readonly interactionId: string; readonly conversation: { readonly channel: string } }): void {
    const clientId = this.#word('answer');
    const to =
      work.conversation.channel === 'sms' || work.conversation.channel === 'chat' ? [] : [{ address: 'c1@example.cn', name: null }];
    const composed: Composed = {
      kind: 'new',
      about: null,
      to,
      cc: [],
      bcc: [],
      subject: clientId,
      text: clientId,
      html: null,
      fileIds: [],
    };
    let isRefused = false;
    const one = this.#add(async (life) => {
      const said = await life.messages.inbox['message:send'](
        asker as never,
        { interactionId: work.interactionId, clientId, composed } as never,
      );
      // Not theirs any more, or over: the desktop says so, and it was not told as stored.
      if (!said.ok) isRefused = true;
      if (isRefused && !said.ok) this.written.delete(clientId);
      return true;
    });
    this.written.set(clientId, one);
  }
}
