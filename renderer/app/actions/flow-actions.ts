import { type ActionDefinition, type ActionState, isOnline, mayDo, place } from './action.ts';

const board = ({ view, flows }: ActionState) => (view.place === 'flows' ? flows.open : null);
/** Drawn and not yet live. */
const hasDraft = (state: ActionState) => {
  const open = board(state);
  return open !== null && (open.revision !== null || open.saving.phase !== 'saved');
};

/** What the last check found; the bridge looks again before anything goes live. */
const hasErrors = (state: ActionState) => board(state)?.problems?.some(({ severity }) => severity === 'error') === true;

/** Call flows, and what can be done with the one on the drawing board. */
export const flowActions = {
  'place.flows': place('flows', 'configuration:read', 'action.place.flows', 'Ctrl+G'),
  'flows.numbers': {
    nameKey: 'action.flows.numbers',
    shortcut: 'Alt+Shift+J',
    isListed: true,
    isEnabled: (state) => mayDo(state, 'configuration:read') && isOnline(state),
    perform(_state, { desk }) {
      desk.stores.flows.setState({ page: 'numbers' });
      if (desk.stores.flows.getState().open) void desk.flows.show(null);
      desk.goTo('flows');
    },
  },
  'flows.publish': {
    nameKey: 'action.flows.publish',
    shortcut: 'Alt+Shift+P',
    isListed: true,
    isEnabled: (state) => hasDraft(state) && !hasErrors(state) && isOnline(state) && mayDo(state, 'configuration:write'),
    perform: (_state, { desk }) => desk.flows.ask('publish'),
  },
  'flows.versions': {
    nameKey: 'action.flows.versions',
    shortcut: 'Alt+Shift+V',
    isListed: true,
    isEnabled: (state) => board(state) !== null && isOnline(state),
    perform: (_state, { desk }) => desk.flows.ask('versions'),
  },
  'flows.compare': {
    nameKey: 'action.flows.compare',
    shortcut: 'Alt+Shift+C',
    isListed: true,
    isEnabled: (state) => board(state)?.live != null && isOnline(state),
    perform: (_state, { desk }) => desk.flows.ask('compare'),
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
