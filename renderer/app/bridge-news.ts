import type { Push, PushPayload, Snapshot } from '../../shared/contracts/bridge-events.ts';
import type { AssignedInteraction } from '../../shared/contracts/interaction.ts';
import type { Bridge } from '../bridge/index.ts';
import type { Phone } from '../phone/index.ts';
import { applyPush, applySnapshot, type DeskState, type Drafts, notify, type Outbox, readComposed, type Stores } from '../stores/index.ts';
import type { BoardConnection } from './deeds/board-deeds.ts';
import type { FollowUpLife } from './deeds/follow-up-deeds.ts';
import type { GuideLife } from './deeds/guide-deeds.ts';
import type { HelpNews } from './deeds/help-deeds.ts';
import type { ImportNews } from './deeds/import-deeds.ts';
import type { InboxLife } from './deeds/inbox-deeds.ts';
import type { KnowledgeLife } from './deeds/knowledge-deeds.ts';
import type { OwnPhone, PhoneAccount } from './own-phone.ts';
import type { RingingOffers } from './ringing-offers.ts';

export interface BridgeNewsMeans {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'resync'>;
  readonly phone: Pick<Phone, 'reachBy'>;
  readonly drafts: Drafts;
  readonly written: Drafts;
  readonly outbox: Outbox;
  readonly offers: RingingOffers;
  readonly own: OwnPhone;
  readonly board: Pick<BoardConnection, 'received'>;
  readonly imports: Pick<ImportNews, 'received'>;
  readonly inbox: Pick<InboxLife, 'told' | 'received'>;
  readonly knowledge: Pick<KnowledgeLife, 'received'>;
  readonly followUps: Pick<FollowUpLife, 'told'>;
  readonly guides: Pick<GuideLife, 'moved'>;
  readonly help: HelpNews;
  /** By what the customer of that contact goes. */
  nameOf(contact: Pick<AssignedInteraction, 'interactionId' | 'reservationId' | 'pop'>): string;
  /** The bridge's word on the own phone's account, which may be another one than before. */
  phoneTold(account: PhoneAccount): void;
}

export interface BridgeNews {
  snapshot(taken: Snapshot): void;
  push(event: Push): void;
  clear(): void;
}

/** An answered offer that does not become an interaction in this time: something was missed, ask for the whole truth. */
const joiningLimitMs = 3_000;

/** What the bridge says, put into the stores, and what follows from it on this screen and in its phone. */
export function bridgeNews(means: BridgeNewsMeans): BridgeNews {
  const { stores, bridge, phone, drafts, written, outbox, offers, own, board, imports, inbox, followUps, help, nameOf, phoneTold } = means;
  let joiningTimer: ReturnType<typeof setTimeout> | undefined;

  /** What was written while the bridge could not be reached, for work that ended meanwhile, is shown to its writer, each text once. */
  function tellLeftDrafts(): void {
    const {
      interactions,
      offers: offered,
      joining,
      inbox: { mine },
    } = stores.desk.getState();
    const open = new Set([...interactions, ...offered, ...mine, ...(joining ? [joining] : [])].map((each) => each.interactionId));
    const words = (text: string) => readComposed(text).text;
    const left = [
      ...drafts.left(open),
      ...written.left(open).map(({ interactionId, text }) => ({ interactionId, text: words(text) })),
      ...outbox.store
        .getState()
        .filter(({ interactionId, state }) => state === 'refused' && !open.has(interactionId))
        .map(({ clientId, composed }) => ({ interactionId: clientId, text: composed.text })),
    ];
    for (const { interactionId, text } of left) {
      if (text.trim() === '') continue;
      const isTold = stores.notices
        .getState()
        .some((notice) => notice.kind === 'draftLeft' && notice.interactionId === interactionId && notice.text === text);
      if (!isTold) notify(stores, { kind: 'draftLeft', interactionId, text });
    }
  }

  /** Somebody else has it now, or it is done: what was chosen for it goes, what is written and stored nowhere is shown. */
  function gone(before: DeskState, { interactionId, why }: PushPayload<'inbox:gone'>): void {
    const work = before.inbox.mine.find((each) => each.interactionId === interactionId);
    if (work && (why === 'released' || why === 'given')) notify(stores, { kind: 'workGone', name: nameOf(work), why });
    const { [interactionId]: noteText = '', ...noteTexts } = stores.inbox.getState().noteTexts;
    stores.inbox.setState({ noteTexts });
    if (noteText.trim() !== '') notify(stores, { kind: 'draftLeft', interactionId, text: noteText });
    for (const each of [drafts, written]) if (!each.isUnsaved(interactionId)) each.forget(interactionId);
    tellLeftDrafts();
    stores.view.setState((view) => {
      const { [interactionId]: _done, ...outcomes } = view.outcomes;
      return { outcomes, selectedId: view.selectedId === interactionId ? null : view.selectedId };
    });
  }

  function offerEnded(before: DeskState, { reservationId, cause }: PushPayload<'reservation:ended'>): void {
    offers.gone(reservationId, cause === 'answered');
    clearTimeout(joiningTimer);
    if (cause === 'answered' && stores.desk.getState().joining) {
      joiningTimer = setTimeout(() => stores.desk.getState().joining && bridge.resync(), joiningLimitMs);
      return;
    }
    const offer = before.offers.find((each) => each.reservationId === reservationId) ?? before.joining;
    if (cause !== 'answered' && cause !== 'rejected' && offer)
      notify(stores, { kind: 'offerEnded', cause, name: nameOf(offer), isWritten: offer.channel !== 'voice' });
  }

  function callChanged(before: DeskState, { interactionId, state }: PushPayload<'call:changed'>): void {
    const bars = before.qualities[interactionId]?.bars;
    if (state === 'ended') {
      stores.view.setState((view) => (view.open === 'keypad' ? { open: 'none' } : view));
      if (bars !== undefined) stores.call.setState({ lastBars: bars });
    }
    own.rejoinIfNeeded();
  }

  function completed(before: DeskState, done: PushPayload<'interaction:completed'>): void {
    const { interactionId, automatic, dispositionCode } = done;
    const item = before.interactions.find((each) => each.interactionId === interactionId);
    // Whoever hung up while it rang knows that nobody was reached.
    const isGivenUp = item?.call.dialled && item.call.answeredAt === null && item.call.end?.by === 'agent';
    if (automatic && item && !isGivenUp) {
      const name = nameOf(item);
      const isReached = item.call.end?.reason !== 'notReached';
      if (isReached) notify(stores, { kind: 'completedAutomatically', name, dispositionCode });
      else if (item.call.dialled) notify(stores, { kind: 'unreached', name, why: item.call.dialled.unreached ?? 'ownPhone' });
      else notify(stores, { kind: 'notReached', name });
    }
    // Ended by the clock with words still on their way: they came too late, but they are not thrown away.
    if (automatic && drafts.isUnsaved(interactionId)) tellLeftDrafts();
    else drafts.forget(interactionId);
    stores.view.setState((view) => {
      const { [interactionId]: _done, ...outcomes } = view.outcomes;
      return { outcomes, selectedId: view.selectedId === interactionId ? null : view.selectedId };
    });
  }

  return {
    snapshot(taken) {
      const before = stores.desk.getState();
      stores.desk.setState(applySnapshot(before, taken), true);
      stores.connection.setState({ clockOffsetMs: taken.serverTime - Date.now() });
      stores.session.setState({ phase: 'signedIn' }, true);
      own.began(taken.interactions);
      offers.keepOnly(taken.offers, new Set([...taken.interactions, ...taken.inbox.mine].map((item) => item.reservationId)));
      phone.reachBy(taken.soundPath);
      if (taken.phone) phoneTold(taken.phone);
      for (const offer of taken.offers) offers.offered(offer);
      for (const item of taken.interactions) drafts.adopt(item.interactionId, item.draft);
      inbox.told(taken.inbox.mine);
      followUps.told();
      tellLeftDrafts();
      drafts.flush();
      written.flush();
      own.rejoinIfNeeded();
      own.turn();
    },
    push(event) {
      const before = stores.desk.getState();
      stores.desk.setState(applyPush(before, event), true);
      own.turn();
      switch (event.name) {
        case 'reservation:offered':
          return offers.offered(event.payload);
        case 'reservation:ended':
          return offerEnded(before, event.payload);
        case 'interaction:assigned':
          clearTimeout(joiningTimer);
          offers.gone(event.payload.reservationId, true);
          stores.view.setState({ selectedId: event.payload.interactionId });
          drafts.adopt(event.payload.interactionId, event.payload.draft);
          return own.rejoinIfNeeded();
        case 'call:changed':
          return callChanged(before, event.payload);
        case 'supervising:changed':
          return own.supervised(before, event.payload);
        case 'soundPath:renewed':
          return phone.reachBy(event.payload);
        case 'work:changed':
          return followUps.told();
        case 'import:changed':
          return imports.received(event.payload);
        case 'help:changed':
          return help.received(before);
        case 'knowledge:changed':
          return means.knowledge.received(event.payload);
        case 'guide:moved':
          return means.guides.moved(event.payload);
        case 'board:changed':
          return board.received(event.payload);
        case 'inbox:changed':
          if (before.offers.some(({ reservationId }) => reservationId === event.payload.reservationId))
            offers.gone(event.payload.reservationId, true);
          return inbox.received(event, !before.inbox.mine.some(({ interactionId }) => interactionId === event.payload.interactionId));
        case 'inbox:gone':
          inbox.received(event, false);
          return gone(before, event.payload);
        case 'message:changed':
        case 'conversation:typing-seen':
          return inbox.received(event, false);
        case 'interaction:completed':
          return completed(before, event.payload);
        default:
          return;
      }
    },
    clear: () => clearTimeout(joiningTimer),
  };
}
