import type { WrittenWork } from '../../../shared/contracts/messages/inbox.ts';
import { currentWork, currentWritten, type InboxPanel, nextThatWaits, numberToCall, popOf, writtenOffer } from '../../stores/index.ts';
import { type ActionDefinition, type ActionState, isIdle, isOnline, mayDo } from './action.ts';

/** The written work on the screen. Keys that calls have too act on it only while there is no call for them. */
const atHand = ({ desk, view }: ActionState): WrittenWork | null => (view.place === 'work' ? currentWritten(desk, view.selectedId) : null);
const own = (state: ActionState): WrittenWork | null => {
  const work = atHand(state);
  return work && !work.isGuest ? work : null;
};

/** Opens something over the conversation, or closes it. */
function panel(
  kind: 'snooze' | 'invite' | 'transfer' | 'quickReplies',
  shortcut: string | null,
  nameKey: ActionDefinition['nameKey'],
): ActionDefinition {
  return {
    nameKey,
    shortcut,
    isListed: true,
    isEnabled: (state) => own(state) !== null && isIdle(state, 'inbox'),
    perform(state, { desk }) {
      const work = own(state);
      if (!work) return;
      const next: InboxPanel = { kind, interactionId: work.interactionId };
      desk.inbox.open(desk.stores.inbox.getState().panel?.kind === kind ? null : next);
    },
  };
}

function newMessage(channel: 'email' | 'sms', shortcut: string, nameKey: 'action.inbox.newMail' | 'action.inbox.newSms'): ActionDefinition {
  return {
    nameKey,
    shortcut,
    isListed: true,
    isEnabled: (state) => state.desk.agent !== null && mayDo(state, 'work:handle') && isOnline(state),
    perform: (state, { desk }) => desk.inbox.open({ kind: 'new', channel, ...addressAtHand(state, channel) }),
  };
}

/** Of the person on the screen: where they can be written to. */
function addressAtHand(state: ActionState, channel: 'email' | 'sms'): { readonly to: string; readonly contactId: string | null } {
  const kinds = channel === 'email' ? ['email'] : ['mobile', 'phone'];
  const pick = <Each extends { readonly kind: string; readonly value: string }>(all: readonly Each[]) =>
    kinds.flatMap((kind) => all.filter((each) => each.kind === kind))[0]?.value ?? '';
  if (state.view.place === 'customer' && state.record.page)
    return { to: pick(state.record.page.identifiers), contactId: state.record.contactId };
  const work = state.view.place === 'work' ? personOnScreen(state) : null;
  return work ? { to: pick(work.identifiers), contactId: work.contactId } : { to: '', contactId: null };
}

function personOnScreen({ desk, view }: ActionState) {
  const work = currentWork(desk, view.selectedId);
  const match = work ? popOf(work).match : null;
  return match?.kind === 'certain' ? match.contact : null;
}

/** What can be done with written work. */
export const inboxActions = {
  'inbox.accept': {
    nameKey: 'action.inbox.accept',
    shortcut: 'F2',
    isListed: true,
    isEnabled: (state) => writtenOffer(state.desk) !== null && isIdle(state, 'accept'),
    perform(state, { desk }) {
      const offer = writtenOffer(state.desk);
      if (offer) desk.inbox.accept(offer.reservationId);
    },
  },
  'inbox.decline': {
    nameKey: 'action.inbox.decline',
    shortcut: 'F12',
    isListed: true,
    isEnabled: (state) => writtenOffer(state.desk) !== null && isIdle(state, 'end'),
    perform(state, { desk }) {
      const offer = writtenOffer(state.desk);
      if (offer) desk.decline(offer.reservationId);
    },
  },
  'inbox.next': {
    nameKey: 'action.inbox.next',
    shortcut: 'Ctrl+J',
    isListed: true,
    isEnabled: ({ desk, view }) => nextThatWaits(desk.inbox.mine, view.place === 'work' ? view.selectedId : null) !== null,
    perform({ desk: facts, view }, { desk, focus }) {
      desk.stores.view.setState({ place: 'work', selectedId: nextThatWaits(facts.inbox.mine, view.selectedId) });
      focus('composer');
    },
  },
  'inbox.finish': {
    nameKey: 'action.inbox.finish',
    shortcut: 'Ctrl+Enter',
    isListed: true,
    isEnabled: (state) => own(state) !== null && isIdle(state, 'finish'),
    perform(state, { desk }) {
      const work = own(state);
      if (!work) return;
      const { interactionId } = work;
      if (desk.stores.inbox.getState().panel?.kind === 'finish') desk.inbox.close(interactionId);
      else desk.inbox.open({ kind: 'finish', interactionId });
    },
  },
  'inbox.transfer': panel('transfer', 'F6', 'action.inbox.transfer'),
  'inbox.invite': panel('invite', 'F7', 'action.inbox.invite'),
  'inbox.snooze': panel('snooze', 'F9', 'action.inbox.snooze'),
  'inbox.quickReplies': panel('quickReplies', 'Ctrl+Q', 'action.inbox.quickReplies'),
  'inbox.wait': {
    nameKey: (state) => (atHand(state)?.state === 'open' ? 'action.inbox.wait' : 'action.inbox.resume'),
    shortcut: 'F4',
    isListed: true,
    isEnabled: (state) => own(state) !== null && isIdle(state, 'inbox'),
    perform(state, { desk }) {
      const work = own(state);
      if (work?.state === 'open') desk.inbox.wait(work.interactionId);
      else if (work) desk.inbox.resume(work.interactionId);
    },
  },
  'inbox.note': {
    nameKey: (state) => (state.inbox.writes[atHand(state)?.interactionId ?? ''] === 'note' ? 'action.inbox.message' : 'action.inbox.note'),
    shortcut: 'Alt+N',
    isListed: true,
    isEnabled: (state) => atHand(state) !== null,
    perform(state, { desk, focus }) {
      const work = atHand(state);
      if (!work) return;
      const isNote = desk.stores.inbox.getState().writes[work.interactionId] === 'note';
      desk.inbox.write(work.interactionId, isNote && !work.isGuest ? 'message' : 'note');
      focus('composer');
    },
  },
  'inbox.callInstead': {
    nameKey: 'action.inbox.callInstead',
    shortcut: 'Ctrl+B',
    isListed: true,
    isEnabled(state) {
      const work = own(state);
      return work !== null && numberToCall(work) !== null && mayDo(state, 'call:dial-out') && isIdle(state, 'dial');
    },
    perform(state, { desk }) {
      const work = own(state);
      if (work) desk.inbox.callInstead(work.interactionId);
    },
  },
  'inbox.leave': {
    nameKey: 'action.inbox.leave',
    shortcut: 'Alt+Shift+M',
    isListed: true,
    isEnabled: (state) => atHand(state)?.isGuest === true && isIdle(state, 'inbox'),
    perform(state, { desk }) {
      const work = atHand(state);
      if (work && state.desk.agent) desk.inbox.leave(work.interactionId, state.desk.agent.agentId);
    },
  },
  'inbox.newMail': newMessage('email', 'Ctrl+E', 'action.inbox.newMail'),
  'inbox.newSms': newMessage('sms', 'Ctrl+M', 'action.inbox.newSms'),
  'inbox.bringIn': {
    nameKey: 'action.inbox.bringIn',
    shortcut: 'Ctrl+U',
    isListed: true,
    isEnabled: (state) => mayDo(state, 'work:handle') && isOnline(state),
    perform: (_state, { desk }) => desk.inbox.open({ kind: 'bringIn' }),
  },
  'inbox.quarantine': {
    nameKey: 'action.inbox.quarantine',
    shortcut: 'Alt+Shift+Y',
    isListed: true,
    isEnabled: (state) => (mayDo(state, 'queue:watch') || mayDo(state, 'work:handle')) && isOnline(state),
    perform(_state, { desk }) {
      desk.inbox.open({ kind: 'quarantine' });
      desk.inbox.loadQuarantine();
    },
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
