import { type ActionDefinition, always } from './action.ts';

/** What the agent speaks into and hears from. */
export const deviceActions = {
  'devices.open': {
    nameKey: 'action.devices.open',
    shortcut: 'Ctrl+Shift+D',
    isListed: true,
    isEnabled: always,
    perform: ({ view }, { desk }) => desk.stores.view.setState({ open: view.open === 'devices' ? 'none' : 'devices' }),
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
