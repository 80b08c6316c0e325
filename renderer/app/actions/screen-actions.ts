import { currentCall, currentWork } from '../../stores/index.ts';
import { type ActionDefinition, always } from './action.ts';

/** Where the keyboard is, how the screen looks, and leaving. */
export const screenActions = {
  'focus.work': { nameKey: 'action.focus.work', shortcut: 'Ctrl+1', isEnabled: always, perform: (_state, { focus }) => focus('work') },
  'focus.centre': {
    nameKey: 'action.focus.centre',
    shortcut: 'Ctrl+2',
    isEnabled: always,
    perform: (_state, { focus }) => focus('centre'),
  },
  'focus.customer': {
    nameKey: 'action.focus.customer',
    shortcut: 'Ctrl+3',
    isEnabled: always,
    perform(_state, { desk, focus }) {
      desk.stores.view.setState({ isCustomerOpen: true });
      focus('customer');
    },
  },
  'focus.notes': {
    nameKey: 'action.focus.notes',
    shortcut: 'Alt+N',
    isListed: true,
    isEnabled: ({ desk, view }) => {
      if (view.place === 'customer') return true;
      const kind = currentWork(desk, view.selectedId)?.kind;
      return view.place === 'work' && (kind === 'talking' || kind === 'joining' || kind === 'wrapping');
    },
    perform: (_state, { focus }) => focus('notes'),
  },

  'app.palette': {
    nameKey: 'action.app.palette',
    shortcut: 'Ctrl+K',
    isEnabled: always,
    perform: ({ view }, { desk }) => desk.stores.view.setState({ open: view.open === 'palette' ? 'none' : 'palette' }),
  },
  'app.keys': {
    nameKey: 'action.app.keys',
    shortcut: 'Ctrl+/',
    isListed: true,
    isEnabled: always,
    perform: (_state, { desk }) => desk.stores.view.setState({ open: 'keys' }),
  },
  'app.theme.light': {
    nameKey: 'action.app.theme.light',
    shortcut: 'Alt+Shift+L',
    isListed: true,
    isEnabled: always,
    perform: (_state, { setTheme }) => setTheme('light'),
  },
  'app.theme.dark': {
    nameKey: 'action.app.theme.dark',
    shortcut: 'Alt+Shift+D',
    isListed: true,
    isEnabled: always,
    perform: (_state, { setTheme }) => setTheme('dark'),
  },
  'app.language.en': {
    nameKey: 'action.app.language.en',
    shortcut: 'Alt+Shift+E',
    isListed: true,
    isEnabled: always,
    perform: (_state, { setLanguage }) => setLanguage('en'),
  },
  'app.language.zh': {
    nameKey: 'action.app.language.zh',
    shortcut: 'Alt+Shift+Z',
    isListed: true,
    isEnabled: always,
    perform: (_state, { setLanguage }) => setLanguage('zh'),
  },
  'app.signOut': {
    nameKey: 'action.app.signOut',
    shortcut: 'Alt+Shift+Q',
    isListed: true,
    // Never by accident in the middle of a conversation.
    isEnabled: ({ desk }) => currentCall(desk) === null,
    perform: (_state, { desk }) => void desk.signOut(),
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
