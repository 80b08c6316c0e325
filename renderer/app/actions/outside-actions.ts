import type { ActionDefinition } from './action.ts';

/** What is set for this computer, where there is a program around the page that it is set for. */
export const outsideActions = {
  'app.computer': {
    nameKey: 'action.app.computer',
    shortcut: 'Ctrl+,',
    isListed: true,
    isEnabled: ({ hasProgram }) => hasProgram,
    perform: ({ view }, { desk }) => desk.stores.view.setState({ open: view.open === 'computer' ? 'none' : 'computer' }),
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
