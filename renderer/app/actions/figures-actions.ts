import { type ActionDefinition, isOnline } from './action.ts';

/** One's own day in numbers, at the foot of the work list. */
export const figuresActions = {
  'figures.open': {
    nameKey: 'action.figures.open',
    shortcut: 'Ctrl+Shift+Y',
    isListed: true,
    isEnabled: (state) => state.desk.agent !== null && isOnline(state),
    perform({ view }, { desk }) {
      desk.goTo('work');
      desk.stores.view.setState({ open: view.open === 'figures' ? 'none' : 'figures' });
    },
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
