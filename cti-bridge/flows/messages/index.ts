import type { InboxView } from '../../../shared/contracts/messages/inbox.ts';
import type { AgentId, ContactId, InteractionId } from '../../../shared/ids.ts';
import {
  type Arrivals,
  type ChatHouse,
  type ConversationRepository,
  type MailReader,
  MessageRules,
  type TextMessages,
} from '../../interactions/index.ts';
import type { ParkedWork } from '../floor.ts';
import type { Asker, Desk, InboxCommands } from '../ports.ts';
import type { GivenWork } from '../supervision.ts';
import { createArrivals } from './arrivals.ts';
import { CallsBegun } from './calls-begun.ts';
import { createChatHouse } from './chat-house.ts';
import { chooseWriter } from './choose-writer.ts';
import type { MessageContext } from './context.ts';
import { giveWork, parkedWorks } from './give-work.ts';
import { agentBack, agentGone, agentLeft, giveBack, takeBack, takeInHand } from './hold-work.ts';
import { InboundMails, type PagesOf } from './inbound-mail.ts';
import { InboundTexts } from './inbound-text.ts';
import { createInbox, inboxOf } from './inbox.ts';
import { LiveWorks, partOf } from './live-work.ts';
import { createMailPages, type MailPages } from './mail-pages.ts';
import { createMessageDownloads, type MessageDownloads } from './message-downloads.ts';
import { type Carriers, Outbox } from './outbox.ts';
import { resumeWorks } from './resume-works.ts';
import { sendAutomaticText } from './send-automatic.ts';
import { Surveys } from './surveys.ts';
import { tellWaiting, tellWork } from './tell.ts';
import { textsOfFlows } from './texts-of-flows.ts';

type Given = Omit<MessageContext, 'works' | 'rules' | 'wakeOutbox' | 'tellWork' | 'takeInHand'>;

/** The stories of written contacts, as compose connects them with channels, desktops and the rest of the house. */
export interface Messages {
  readonly arrivals: Arrivals;
  readonly chat: ChatHouse;
  readonly inbox: InboxCommands;
  /** Hears of contacts that are over, and of answers by link. */
  readonly surveys: Surveys;
  /** Of agents who call whom they write with. Hears how the calls go. */
  readonly callsBegun: CallsBegun;
  readonly downloads: MessageDownloads & MailPages;
  /** For call flows. */
  readonly texts: TextMessages;
  inboxOf(agentId: AgentId): InboxView;
  /** What an agent's desktop asks of offers, drafts and people, also of written work. */
  withWritten(desk: Omit<Desk, 'dialCall'>): Omit<Desk, 'dialCall'>;
  isWith(agentId: AgentId, contactId: string): boolean;
  /** The written work of this interaction is theirs now. */
  isInHand(agentId: AgentId, interactionId: string): boolean;
  mayBeAnybodys(contactId: string): boolean;
  /**
   * A supervisor takes it from whoever has it, also where it waits for the customer or is put off. `waits`: nobody has it, and there it stays;
   * `unknown` also of those they may not take it from.
   */
  release(interactionId: string, mayTakeFrom: (agentId: AgentId) => boolean): Promise<'released' | 'waits' | 'unknown'>;
  /** A supervisor gives it to somebody by name. */
  give(interactionId: string, given: GivenWork): ReturnType<typeof giveWork>;
  /** What is somebody's and not in their hands. */
  parked(): readonly ParkedWork[];
  /** A supervisor gave what waits another priority: kept over a start, and in every list of it at once. Nothing where it is no written work. */
  prioritise(workItemId: string, priority: number): Promise<void>;
  /** At a start, before anything arrives: the interactions that go on. */
  goingOn(): Promise<ReadonlySet<InteractionId>>;
  resume(): Promise<void>;
}

export function createMessages(
  given: Given,
  parts: {
    readonly reader: MailReader;
    readonly carriers: Carriers;
    readonly newToken: () => string;
    /** How many pages a file of ours has that no browser shows; null where that is not known. */
    readonly pagesOf?: PagesOf;
    readonly isOpen: (queueId: string) => boolean;
    readonly mayRead: (asker: Asker, contactId: ContactId) => Promise<boolean>;
    readonly chooses: (asker: Asker) => Parameters<typeof chooseWriter>[2];
  },
): Messages {
  const works = new LiveWorks();
  let made: { readonly of: unknown; readonly rules: MessageRules } | undefined;
  const context: MessageContext = {
    ...given,
    works,
    rules() {
      const { messageRules } = given.configuration();
      if (made?.of !== messageRules) made = { of: messageRules, rules: new MessageRules(messageRules) };
      return made.rules;
    },
    wakeOutbox: () => outbox.wake(),
    takeInHand: (work, reservation) => takeInHand(work, reservation, context),
    tellWork: (work) => tellWork(work, context),
  };
  const outbox = new Outbox(context, parts.carriers);
  const mails = new InboundMails(context, parts.reader, parts.pagesOf);
  const texts = new InboundTexts(context);
  const surveys = new Surveys(context, parts.newToken);
  const callsBegun = new CallsBegun(context);
  const arrivals = createArrivals(context, {
    raw: () => mails.wake(),
    text: (text) => texts.arrived(text),
    receipt: (messageId) => context.scope.run(() => outbox.receiptCame(messageId)),
  });
  const downloads = createMessageDownloads(context, parts.mayRead);
  const { showPictures, ...mailPages } = createMailPages(context, { html: downloads.html, newToken: parts.newToken });
  let stored: Awaited<ReturnType<ConversationRepository['readWorks']>> = [];

  return {
    arrivals,
    surveys,
    callsBegun,
    chat: createChatHouse(context, parts),
    inbox: createInbox(context, { mayRead: parts.mayRead, wakeMails: () => mails.wake(), showPictures }),
    downloads: { ...downloads, ...mailPages },
    texts: textsOfFlows(context, sendAutomaticText),
    inboxOf: (agentId) => inboxOf(agentId, context),
    isWith: (agentId, contactId) => works.isWith(agentId, contactId),
    isInHand: (agentId, interactionId) => works.findOwn(agentId, interactionId) !== null,
    mayBeAnybodys: (contactId) => works.all().some((work) => work.mayBe(contactId)),
    async release(interactionId, mayTakeFrom) {
      const work = works.find(interactionId);
      if (!work) return 'unknown';
      const { agentId } = work;
      if (agentId === null) return 'waits';
      if (!mayTakeFrom(agentId)) return 'unknown';
      if (work.stored.state === 'open') await giveBack(work, false, context);
      else takeBack(work, context);
      return 'released';
    },
    give: (interactionId, given) => giveWork(interactionId, given, context),
    parked: () => parkedWorks(context),
    async prioritise(workItemId, priority) {
      const work = works.findItem(workItemId);
      if (!work) return;
      work.stored = { ...work.stored, priority };
      tellWaiting(work, context);
      await given.conversations.saveWork(work.stored);
    },
    async goingOn() {
      callsBegun.goOnWith(await given.interactions.readOpen());
      await given.conversations.endClosedWorks();
      stored = await given.conversations.readWorks();
      return new Set(stored.map(({ interactionId }) => interactionId));
    },
    async resume() {
      await resumeWorks(stored, context);
      await outbox.resume();
      await texts.resume();
      mails.wake();
      surveys.resume();
    },
    withWritten: (desk) => ({
      ...desk,
      async snapshot(agentId) {
        const shown = await desk.snapshot(agentId);
        if (agentId === null) return shown;
        const offers = works.offeredTo(agentId).map(({ offer }) => offer);
        return { ...shown, offers: [...shown.offers, ...offers], inbox: inboxOf(agentId, context) };
      },
      desktopConnected(agentId, signedInAt) {
        desk.desktopConnected(agentId, signedInAt);
        for (const work of works.heldBy(agentId)) agentBack(work);
      },
      desktopGone(agentId, why) {
        desk.desktopGone(agentId, why);
        for (const work of works.heldBy(agentId)) {
          if (work.agentId !== agentId) continue;
          if (why === 'loggedOut') partOf(work, 'agent left', () => agentLeft(work, context));
          else agentGone(work, context);
        }
      },
      popDelivered(agentId, request) {
        works.findOffer(agentId, request.reservationId)?.offer.controls.delivered(request.popId);
        return desk.popDelivered(agentId, request);
      },
      popPainted(agentId, request) {
        works.findOffer(agentId, request.reservationId)?.offer.controls.painted(request.popId);
        return desk.popPainted(agentId, request);
      },
      async rejectReservation(agentId, request) {
        const found = works.findOffer(agentId, request.reservationId);
        if (!found) return desk.rejectReservation(agentId, request);
        found.offer.controls.reject();
        return { ok: true, value: {} };
      },
      async saveDraft(agentId, request) {
        const work = works.findOwn(agentId, request.interactionId);
        if (!work) return desk.saveDraft(agentId, request);
        const { interactionId, text, revision } = request;
        const saved = await given.interactions.saveDraft(work.interactionId, agentId, text, revision, given.clock.now()).catch(() => null);
        if (!saved)
          return { ok: false, error: { code: 'storage_unavailable', message: 'The store does not answer at the moment. Try again.' } };
        if (!saved.ok)
          return { ok: false, error: { code: 'conflict', message: `A newer text (revision ${saved.storedRevision}) is stored.` } };
        work.note = { interactionId, text, revision, savedAt: saved.savedAt };
        return { ok: true, value: work.note };
      },
      async chooseContact(asker, request) {
        const { agentId } = asker;
        const offered =
          agentId === null
            ? undefined
            : works
                .all()
                .find(
                  (each) =>
                    each.interactionId === request.interactionId &&
                    [...each.offers.values()].some(({ reservation }) => reservation.agentId === agentId),
                );
        const work = works.findHeld(agentId, request.interactionId) ?? offered;
        if (!work || agentId === null) return desk.chooseContact(asker, request);
        return chooseWriter(work, { contactId: request.contactId, agentId }, parts.chooses(asker), context);
      },
    }),
  };
}
