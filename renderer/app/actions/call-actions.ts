import type { AssignedInteraction } from '../../../shared/contracts/interaction.ts';
import type { Offer } from '../../../shared/contracts/screen-pop.ts';
import { askedParty, currentCall, otherCall, ringingCall } from '../../stores/index.ts';
import { type ActionDefinition, type ActionState, isIdle, mayDo } from './action.ts';

/** The call that the call bar acts on. */
export function talking({ desk }: ActionState): AssignedInteraction | null {
  const work = currentCall(desk);
  return work?.kind === 'talking' ? work.item : null;
}

const isBusy = ({ desk }: ActionState): boolean => {
  const kind = currentCall(desk)?.kind;
  return kind === 'talking' || kind === 'joining';
};
/** What rings: on the first line, or on the second beside a call. */
const ringing = ({ desk }: ActionState): Offer | null => ringingCall(desk);
/** The own phone is in somebody else's call. */
const listensIn = ({ desk, call }: ActionState) => desk.supervising !== null && call.carried.includes(desk.supervising.reservationId);

const isUp = (item: AssignedInteraction | null): item is AssignedInteraction =>
  item !== null && (item.call.state === 'talking' || item.call.state === 'held');
/** A call of one's own, to be given away or added to; not one that one only advises in. */
const own = (state: ActionState): AssignedInteraction | null => {
  const item = talking(state);
  return isUp(item) && !item.call.advising ? item : null;
};
const asked = (state: ActionState) => {
  const item = own(state);
  const party = item && askedParty(item.call);
  return item && party ? { item, party, isThere: party.state !== 'ringing' } : null;
};
const last = (state: ActionState) => {
  const item = own(state);
  const party = item?.call.parties?.findLast((each) => each.state === 'talking');
  return item && party ? { item, party } : null;
};

/** The call whose swap turns the agent to somebody else: whoever was asked in, or the other line. */
const toSwap = (state: ActionState): string | null => {
  const guest = asked(state);
  if (guest) return guest.isThere ? guest.item.interactionId : null;
  return isUp(talking(state)) ? (otherCall(state.desk)?.interactionId ?? null) : null;
};

/** Does it with whoever was asked in; without anybody, the dialog in which somebody is asked opens, or closes. */
const withWhomIsAsked =
  (deed: 'completeTransfer' | 'conference'): ActionDefinition['perform'] =>
  (state, { desk }) => {
    const guest = asked(state);
    if (guest) desk.calls[deed](guest.item.interactionId);
    else desk.stores.view.setState({ open: state.view.open === 'transfer' ? 'none' : 'transfer' });
  };
const mayAsk = (state: ActionState) => own(state) !== null && (asked(state)?.isThere ?? true) && isIdle(state, 'guest');

/** What can be done with one's calls. The same key hands over whom one has asked, and asks where nobody is. */
export const callActions = {
  /** The palette is where a number is typed, and shows what would be called. */
  'call.dial': {
    nameKey: 'action.call.dial',
    shortcut: 'Ctrl+D',
    isListed: true,
    isEnabled: (state) => mayDo(state, 'call:dial-out') && state.desk.agent !== null && !isBusy(state) && isIdle(state, 'dial'),
    perform: (_state, { desk }) => desk.stores.view.setState({ open: 'palette' }),
  },
  'message.callBack': {
    nameKey: 'action.message.callBack',
    shortcut: 'Ctrl+B',
    isListed: true,
    isEnabled: (state) => talking(state)?.call.message?.canCallBack === true && isIdle(state, 'callBack'),
    perform(state, { desk }) {
      const item = talking(state);
      if (item) desk.callBack(item.interactionId);
    },
  },
  'call.answer': {
    nameKey(state) {
      if (ringing(state)) return isBusy(state) ? 'action.call.line2' : 'action.call.answer';
      return toSwap(state) === null ? 'action.call.answer' : 'action.call.swap';
    },
    shortcut: 'F2',
    isListed: true,
    isEnabled(state) {
      const offer = ringing(state);
      // A telephone on the desk is lifted, not clicked.
      if (offer) return state.call.answering !== offer.reservationId && state.connection.phone !== 'desk';
      return toSwap(state) !== null && isIdle(state, 'swap');
    },
    perform(state, { desk }) {
      const offer = ringing(state);
      const other = toSwap(state);
      if (offer) desk.answer(offer.reservationId);
      else if (other !== null) desk.calls.swap(other);
    },
  },
  'call.mute': {
    nameKey: ({ call }) => (call.isMuted ? 'action.call.unmute' : 'action.call.mute'),
    shortcut: 'F3',
    isListed: true,
    isEnabled: (state) => {
      const item = talking(state);
      return item !== null ? state.call.carried.includes(item.reservationId) : listensIn(state);
    },
    perform: ({ call }, { desk }) => desk.setMuted(!call.isMuted),
  },
  'call.hold': {
    nameKey: (state) => (talking(state)?.call.state === 'held' ? 'action.call.resume' : 'action.call.hold'),
    shortcut: 'F4',
    isListed: true,
    isEnabled: (state) => {
      const item = talking(state);
      return isUp(item) && !item.call.advising && isIdle(state, 'hold');
    },
    perform(state, { desk }) {
      const item = talking(state);
      if (item?.call.state === 'held') desk.resume(item.interactionId);
      else if (item) desk.hold(item.interactionId);
    },
  },
  'call.keypad': {
    nameKey: 'action.call.keypad',
    shortcut: 'F8',
    isListed: true,
    isEnabled: (state) => own(state)?.call.state === 'talking',
    perform: ({ view }, { desk }) => desk.stores.view.setState({ open: view.open === 'keypad' ? 'none' : 'keypad' }),
  },
  'call.transfer': {
    nameKey: (state) => (asked(state)?.isThere ? 'action.call.completeTransfer' : 'action.call.transfer'),
    shortcut: 'F6',
    isListed: true,
    isEnabled: mayAsk,
    perform: withWhomIsAsked('completeTransfer'),
  },
  'call.conference': {
    nameKey: (state) => (asked(state)?.isThere ? 'action.call.join' : 'action.call.conference'),
    shortcut: 'F7',
    isListed: true,
    isEnabled: mayAsk,
    perform: withWhomIsAsked('conference'),
  },
  'call.cancelConsult': {
    nameKey: 'action.call.cancelConsult',
    shortcut: 'Ctrl+F6',
    isListed: true,
    isEnabled: (state) => asked(state) !== null && isIdle(state, 'guest'),
    perform(state, { desk }) {
      const guest = asked(state);
      if (guest) desk.calls.cancelConsult(guest.item.interactionId);
    },
  },
  'call.dropParty': {
    nameKey: 'action.call.dropParty',
    shortcut: 'Ctrl+F7',
    isListed: true,
    isEnabled: (state) => last(state) !== null && isIdle(state, 'guest'),
    perform(state, { desk }) {
      const guest = last(state);
      if (guest) desk.calls.dropParty(guest.item.interactionId, guest.party.partyId);
    },
  },
  'call.park': {
    nameKey: 'action.call.park',
    shortcut: 'Ctrl+F8',
    isListed: true,
    isEnabled: (state) => own(state) !== null && (own(state)?.call.parties?.length ?? 0) === 0 && isIdle(state, 'park'),
    perform(state, { desk }) {
      const item = own(state);
      if (item) desk.calls.park(item.interactionId);
    },
  },
  'call.pauseRecording': {
    nameKey: (state) => (talking(state)?.call.recording?.state === 'paused' ? 'action.call.resumeRecording' : 'action.call.pauseRecording'),
    shortcut: 'F9',
    isListed: true,
    isEnabled(state) {
      const recording = talking(state)?.call.recording?.state;
      return (recording === 'running' || recording === 'paused') && isIdle(state, 'recording');
    },
    perform(state, { desk }) {
      const item = talking(state);
      if (item?.call.recording?.state === 'paused') desk.calls.resumeRecording(item.interactionId);
      else if (item) desk.calls.pauseRecording(item.interactionId);
    },
  },
  'call.end': {
    nameKey(state) {
      if (talking(state)?.call.message) return 'action.call.done';
      if (isBusy(state)) return 'action.call.end';
      return ringing(state) ? 'action.call.decline' : state.desk.supervising ? 'supervise.stop' : 'action.call.end';
    },
    shortcut: 'F12',
    isListed: true,
    isEnabled(state) {
      if (talking(state) !== null) return !state.view.pending.includes('end');
      if (isBusy(state)) return false;
      return ringing(state) !== null ? isIdle(state, 'end') : state.desk.supervising !== null && isIdle(state, 'supervise');
    },
    perform(state, { desk }) {
      const offer = ringing(state);
      const item = talking(state);
      if (item) desk.end(item.interactionId);
      else if (offer) desk.decline(offer.reservationId);
      else desk.board.stopSupervising();
    },
  },
  'call.declineOther': {
    nameKey: 'action.call.declineOther',
    shortcut: 'Ctrl+F12',
    isListed: true,
    isEnabled: (state) => isBusy(state) && ringing(state) !== null && isIdle(state, 'end'),
    perform(state, { desk }) {
      const offer = ringing(state);
      if (offer) desk.decline(offer.reservationId);
    },
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
