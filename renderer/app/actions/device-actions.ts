import { currentCall } from '../../stores/index.ts';
import { type ActionDefinition, always, isOnline } from './action.ts';

/** What the agent speaks into and hears from. */
export const deviceActions = {
  'devices.open': {
    nameKey: 'action.devices.open',
    shortcut: 'Ctrl+Shift+D',
    isListed: true,
    isEnabled: always,
    perform: ({ view }, { desk }) => desk.stores.view.setState({ open: view.open === 'devices' ? 'none' : 'devices' }),
  },
  'check.start': {
    nameKey: 'action.check.start',
    shortcut: 'Ctrl+Shift+H',
    isListed: true,
    isEnabled: (state) => isOnline(state) && state.desk.agent !== null && currentCall(state.desk) === null,
    perform: (_state, { desk }) => desk.check.start(),
  },
  'check.finish': {
    nameKey: 'action.check.finish',
    shortcut: 'Ctrl+Enter',
    isEnabled: ({ view }) => view.open === 'check',
    perform: (_state, { desk }) => desk.check.finish(),
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
