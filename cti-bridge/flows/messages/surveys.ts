import type { ContactRecord } from '../../../shared/contracts/contact.ts';
import { highestScore, type SurveyConfiguration } from '../../../shared/contracts/messages/settings.ts';
import { days, hours } from '../../../shared/duration.ts';
import type { InteractionId } from '../../../shared/ids.ts';
import {
  type EventListener,
  maskCardNumbers,
  type StoredSurvey,
  type SurveyHouse,
  type SurveyPage,
  type SurveySubject,
} from '../../interactions/index.ts';
import type { Disposable } from '../../kernel/index.ts';
import type { MessageContext } from './context.ts';
import { fillIn } from './fill-in.ts';
import { sendSurvey } from './send-survey.ts';

/**
 * How was it? Asked once after a contact that an agent has completed: it is on disk that somebody is to be asked before anybody is, and by what
 * is on disk they are asked once, also over a restart. Never somebody who wants no messages, no program, and nobody twice within the days set.
 */

/** A link in a mail answers for so long, a number by text message for so long. */
const linkHolds = days(30);
export const textHolds = hours(48);
const atOnce = 50;
const tryAgain = 60_000;
/** What a stop came between is among the last that happened; who was helped longer ago is not asked any more. */
const madeUpWithin = days(1);
const mostMadeUp = 200;
/** Outcomes that say that nobody was served. */
const unserved: ReadonlySet<string> = new Set(['spam', 'wrongNumber']);

export class Surveys implements SurveyHouse {
  readonly #context: MessageContext;
  readonly #newToken: () => string;
  #due: Disposable | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(context: MessageContext, newToken: () => string) {
    this.#context = context;
    this.#newToken = newToken;
  }

  readonly listener: EventListener = (event) => {
    if (event.type !== 'interaction:completed' || event.agentId === null || unserved.has(event.dispositionCode)) return;
    if (!this.#isAsking) return;
    this.#inTurn('plan', () => this.#plan(event.interactionId, event.at));
  };

  /** At a start: what a stop came between is made up for, then what is due is sent. */
  resume(): void {
    this.#inTurn('make up for', () => this.#makeUp());
    this.wake();
  }

  /** When something is due. */
  wake(): void {
    this.#inTurn('send', () => this.#sendDue());
  }

  /** Resolves when all that came is done with. */
  settled(): Promise<void> {
    return this.#running;
  }

  get #isAsking(): boolean {
    return this.#context.configuration().surveys.some(({ isOn }) => isOn);
  }

  async #makeUp(): Promise<void> {
    const { surveys, recorder, clock } = this.#context;
    const since = clock.now() - madeUpWithin;
    for (const { interactionId, ...answer } of await surveys.readUntold(since, mostMadeUp))
      await recorder.record(interactionId, { type: 'survey:answered', ...answer });
    if (!this.#isAsking) return;
    for (const { interactionId, at, dispositionCode } of (await surveys.readUnasked(since, mostMadeUp)).toReversed())
      if (!unserved.has(dispositionCode)) await this.#plan(interactionId, at);
  }

  #inTurn(what: string, work: () => Promise<void>): void {
    const { log, scope } = this.#context;
    this.#running = this.#running
      .then(() => (scope.isEnded ? undefined : work()))
      .catch((error: unknown) => {
        log.warn('survey:failed', { what, error: String(error) });
        if (!scope.isEnded) this.#wakeIn(tryAgain);
      });
  }

  async #plan(interactionId: InteractionId, at: number): Promise<void> {
    const { surveys, contacts, configuration, clock } = this.#context;
    const subject = await surveys.readSubject(interactionId);
    if (!subject || subject.isAutomatic) return;
    const { channel, queueId, agentId, contactId } = subject;
    const asks = ({ isOn, queues, by }: SurveyConfiguration) =>
      isOn && by[channel] !== 'none' && (queues.length === 0 || (queueId !== null && queues.includes(queueId)));
    const survey = configuration().surveys.find(asks);
    const by = survey?.by[channel];
    if (!survey || by === undefined || by === 'none') return;
    const record = contactId === null ? null : ((await contacts.readPerson(contactId, clock.now()))?.record ?? null);
    const whom = whomToAsk(subject, survey, by, record);
    if (!whom || noReply.test(whom.addressKey)) return;
    if (record && !(by === 'sms' ? record.consent.smsOffers : record.consent.emailOffers)) return;
    const locale = record?.locale ?? subject.conversation?.locale ?? 'zh';
    const planned = await surveys.plan(
      {
        ...{ interactionId, surveyId: survey.id, by, ...whom, contactId, queueId, agentId, locale },
        ...{ dueAt: at + survey.afterMinutes * 60_000, token: this.#newToken(), sentAt: null },
      },
      at - days(survey.notAgainWithinDays),
    );
    if (planned) await this.#wait();
  }

  async #sendDue(): Promise<void> {
    const { surveys, clock } = this.#context;
    for (;;) {
      const due = await surveys.readDue(clock.now(), atOnce);
      for (const each of due) await this.#send(each);
      if (due.length < atOnce) break;
    }
    await this.#wait();
  }

  async #send(due: StoredSurvey): Promise<void> {
    const { surveys, conversations, clock, configuration } = this.#context;
    const { interactionId, by, sourceId, addressKey } = due;
    const settings = configuration().surveys.find(({ id, isOn }) => id === due.surveyId && isOn);
    const isStopped = by === 'sms' && (await conversations.isStopped(sourceId, addressKey));
    const why = !settings ? 'notSet' : isStopped ? 'stopped' : (await sendSurvey(due, settings, this.#context)) ? null : 'noSource';
    await surveys.settle(interactionId, why === null ? { state: 'sent' } : { state: 'dropped', why }, clock.now());
  }

  async #wait(): Promise<void> {
    const next = await this.#context.surveys.nextDueAt();
    if (next !== null) this.#wakeIn(next - this.#context.clock.now());
  }

  #wakeIn(ms: number): void {
    void this.#due?.dispose();
    // A timer counts no further than some 24 days.
    this.#due = this.#context.scope.timer(Math.min(Math.max(0, ms), days(1)), () => this.wake());
  }

  async open(token: string): Promise<SurveyPage | null> {
    const found = await this.#context.surveys.findByToken(token);
    return found && this.#page(found, found.isAnswered);
  }

  async answer(token: string, score: number, text: string): Promise<SurveyPage | null> {
    const { surveys, clock, ids } = this.#context;
    const found = await surveys.findByToken(token);
    if (!found) return null;
    const page = this.#page(found, found.isAnswered);
    if (page.state !== 'open' || !Number.isInteger(score) || score < 1 || score > highestScore) return page;
    const answer = { score, highest: highestScore, text: maskCardNumbers(text), at: clock.now() };
    const isTaken = await surveys.answer(found.interactionId, answer, `page:${ids.next<string>()}`);
    if (isTaken) await noteAnswer(found, score, this.#context);
    return { ...page, state: 'answered' };
  }

  #page(survey: StoredSurvey, isAnswered: boolean): SurveyPage {
    const { configuration, clock } = this.#context;
    const { locale } = survey;
    const settings = configuration().surveys.find(({ id }) => id === survey.surveyId);
    const said = (text: SurveyConfiguration['question'] | undefined) => fillIn(text?.[locale] ?? '', locale, {}, this.#context);
    const isOver = !settings || clock.now() > (survey.sentAt ?? 0) + linkHolds;
    return {
      state: isAnswered ? 'answered' : isOver ? 'expired' : 'open',
      ...{ locale, organisation: configuration().organisation.name[locale], highest: highestScore },
      ...{ question: said(settings?.question), comment: said(settings?.comment), thanks: said(settings?.thanks) },
    };
  }
}

/** In the figures, once it is on disk. */
export async function noteAnswer(survey: StoredSurvey, score: number, { recorder }: Pick<MessageContext, 'recorder'>): Promise<void> {
  const { interactionId, by, queueId, agentId } = survey;
  await recorder.record(interactionId, { type: 'survey:answered', by, score, highest: highestScore, queueId, agentId });
}

/** Nobody reads what is sent there. */
const noReply = /^(no-?_?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?)([+@.-]|$)/i;

type Whom = Pick<StoredSurvey, 'sourceId' | 'addressKey' | 'conversationId'>;

/** Where they wrote from, or called; else what their record says. Null: there is no way to them. */
function whomToAsk(
  { conversation, number }: SurveySubject,
  { mailbox, smsLine }: SurveyConfiguration,
  by: 'email' | 'sms',
  record: ContactRecord | null,
): Whom | null {
  if (conversation?.channel === by && conversation.addressKey !== null)
    return { sourceId: conversation.sourceId, addressKey: conversation.addressKey, conversationId: conversation.conversationId };
  const sourceId = by === 'email' ? mailbox : smsLine;
  if (sourceId === null) return null;
  const fits = by === 'email' ? (value: string) => value.includes('@') : (value: string) => value.startsWith('+');
  const known = record?.identifiers.find(
    ({ kind, value, shared }) => !shared && fits(value) && (by === 'email' ? kind === 'email' : kind === 'mobile' || kind === 'phone'),
  );
  const addressKey = [number, conversation?.address ?? null, known?.value ?? null].find((value) => value !== null && fits(value));
  return addressKey ? { sourceId, addressKey: by === 'email' ? addressKey.toLowerCase() : addressKey, conversationId: null } : null;
}
