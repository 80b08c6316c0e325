import { currentWork, interactionIdOf, othersHands, ownHand } from '../../stores/index.ts';
import { type ActionDefinition, type ActionState, isIdle, mayDo } from './action.ts';

/** What a hand may be raised for: a call that is talked, or written work that is open. */
const atHand = ({ desk, view }: ActionState): string | null => {
  const work = view.place === 'work' ? currentWork(desk, view.selectedId) : null;
  const isLive = (work?.kind === 'talking' && work.item.call.state !== 'ended') || (work?.kind === 'written' && !work.item.isGuest);
  return work && isLive ? interactionIdOf(work) : null;
};
const waiting = ({ desk }: ActionState) => othersHands(desk).find(({ taken }) => taken === null);

/** To ask for help with the contact at hand, and to come to whoever asks. */
export const helpActions = {
  'help.ask': {
    nameKey(state) {
      const interactionId = atHand(state);
      return interactionId !== null && ownHand(state.desk, interactionId) ? 'action.help.asked' : 'action.help.ask';
    },
    shortcut: 'Ctrl+Shift+S',
    isListed: true,
    isEnabled: (state) => atHand(state) !== null && isIdle(state, 'help'),
    perform: ({ view }, { desk }) => desk.stores.view.setState({ open: view.open === 'help' ? 'none' : 'help' }),
  },
  'help.take': {
    nameKey: 'action.help.take',
    shortcut: 'Ctrl+Shift+G',
    isListed: true,
    isEnabled: (state) => mayDo(state, 'agent:supervise') && waiting(state) !== undefined && isIdle(state, 'help'),
    perform(state, { desk }) {
      const call = waiting(state);
      if (call) desk.help.take(call);
    },
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
