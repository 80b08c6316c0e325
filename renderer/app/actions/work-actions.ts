import type { TextKey } from '../../i18n/index.ts';
import { currentWork, interactionIdOf, workOf } from '../../stores/index.ts';
import { type ActionDefinition, type ActionState, isIdle, isOnline } from './action.ts';

const wrapping = ({ desk, view }: ActionState) => {
  const work = currentWork(desk, view.selectedId);
  return work?.kind === 'wrapping' ? work.item : null;
};
const canFinish = (state: ActionState) => {
  const item = wrapping(state);
  if (item === null || item.wrapUp?.stored != null || !isIdle(state, 'finish')) return false;
  return state.view.outcomes[item.interactionId] !== undefined || item.wrapUp?.canLeave === true;
};
const step = ({ desk, view }: ActionState, by: 1 | -1): string | null => {
  const ids = workOf(desk).map(interactionIdOf);
  const current = currentWork(desk, view.selectedId);
  return ids[(current ? ids.indexOf(interactionIdOf(current)) : 0) + by] ?? null;
};

function finish(then: 'available' | 'notReady', shortcut: string | null, nameKey: TextKey): ActionDefinition {
  return {
    nameKey,
    shortcut,
    isListed: true,
    isEnabled: canFinish,
    perform(state, { desk }) {
      const item = wrapping(state);
      if (item) desk.complete(item.interactionId, then);
    },
  };
}

/** One of these for every reason that is configured; the others stand in the table below. */
export function notReady(reason: string): Pick<ActionDefinition, 'isEnabled' | 'perform'> {
  return {
    isEnabled: (state) =>
      state.desk.agent !== null &&
      isIdle(state, 'presence') &&
      !(state.desk.agent.presence === 'notReady' && state.desk.agent.notReadyReason === reason),
    perform: (_state, { desk }) => desk.setPresence({ presence: 'notReady', reason }),
  };
}

/** What an agent says of themselves, the work after a contact, and moving in the list of work. */
export const workActions = {
  'agent.available': {
    nameKey: 'action.agent.available',
    shortcut: 'Alt+Shift+R',
    isListed: true,
    isEnabled: (state) => state.desk.agent !== null && state.desk.agent.presence !== 'available' && isIdle(state, 'presence'),
    perform: (_state, { desk }) => desk.check.becomeAvailable(),
  },

  'agent.states': {
    nameKey: 'action.agent.states',
    shortcut: 'Alt+Shift+X',
    isListed: true,
    isEnabled: (state) => state.desk.agent !== null,
    perform: (_state, { focus }) => focus('states'),
  },

  'agent.why': {
    nameKey: 'action.agent.why',
    shortcut: 'Alt+Y',
    isListed: true,
    isEnabled: (state) => state.desk.agent !== null && isOnline(state),
    perform: (_state, { desk }) => desk.stores.view.setState({ open: 'why' }),
  },

  'wrapUp.extend': {
    nameKey: 'action.wrapUp.extend',
    shortcut: 'Alt++',
    isListed: true,
    isEnabled: (state) => wrapping(state)?.wrapUp?.canExtend === true && isIdle(state, 'extend'),
    perform(state, { desk }) {
      const item = wrapping(state);
      if (item) desk.extendWrapUp(item.interactionId);
    },
  },
  'wrapUp.finish': finish('available', 'Ctrl+Enter', 'action.wrapUp.finish'),
  'wrapUp.finishNotReady': finish('notReady', 'Alt+Shift+N', 'action.wrapUp.finishNotReady'),

  'work.previous': {
    nameKey: 'action.work.previous',
    shortcut: 'Alt+ArrowUp',
    isEnabled: (state) => step(state, -1) !== null,
    perform: (state, { desk }) => desk.stores.view.setState({ selectedId: step(state, -1) }),
  },
  'work.next': {
    nameKey: 'action.work.next',
    shortcut: 'Alt+ArrowDown',
    isEnabled: (state) => step(state, 1) !== null,
    perform: (state, { desk }) => desk.stores.view.setState({ selectedId: step(state, 1) }),
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
