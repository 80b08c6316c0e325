import { type ActionDefinition, always } from './action.ts';

/** What the agent depends on, and how each of it stands. */
export const lightActions = {
  'app.connection': {
    nameKey: 'action.app.connection',
    shortcut: 'Ctrl+Shift+L',
    isListed: true,
    isEnabled: always,
    perform: ({ view }, { desk }) => desk.stores.view.setState({ open: view.open === 'connection' ? 'none' : 'connection' }),
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
