import type { Supervising } from '../../../shared/contracts/call.ts';
import { type ActionDefinition, type ActionState, isIdle } from './action.ts';

const supervised = ({ desk }: ActionState) => desk.supervising;
const canChange = (state: ActionState) => supervised(state) !== null && isIdle(state, 'supervise');

function way(how: Supervising): ActionDefinition {
  return {
    nameKey: `action.supervise.${how}`,
    shortcut: null,
    isListed: true,
    isEnabled: (state) => canChange(state) && supervised(state)?.how !== how,
    perform(state, { desk }) {
      const call = supervised(state);
      if (call) desk.board.supervise(call.interactionId, how);
    },
  };
}

/** What can be done with the call of somebody else that one is in. Its panel has keys of its own while it has the keyboard. */
export const superviseActions = {
  'supervise.panel': {
    nameKey: 'action.supervise.panel',
    shortcut: 'Alt+0',
    isListed: true,
    isEnabled: (state) => supervised(state) !== null,
    perform: (_state, { focus }) => focus('supervised'),
  },
  'supervise.monitor': way('monitor'),
  'supervise.whisper': way('whisper'),
  'supervise.barge': way('barge'),
  'supervise.takeOver': {
    nameKey: 'action.supervise.takeOver',
    shortcut: null,
    isListed: true,
    isEnabled: canChange,
    perform: (_state, { desk }) => desk.board.takeOver(),
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
