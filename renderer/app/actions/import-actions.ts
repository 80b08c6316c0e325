import { type ActionDefinition, type ActionState, isOnline, mayDo, place } from './action.ts';

const canMapImport = ({ imports: { open } }: ActionState) => open?.view.state === 'uploaded' && open.mapping !== null && open.busy === null;

/** Customers from a file: chosen, checked, taken over. */
export const importActions = {
  'place.import': place('import', 'record:import', 'action.place.import', 'Alt+I'),
  'import.chooseFile': {
    nameKey: 'action.import.chooseFile',
    shortcut: 'Ctrl+O',
    isListed: true,
    isEnabled: (state) =>
      state.view.place === 'import' && state.imports.upload === null && mayDo(state, 'record:import') && isOnline(state),
    perform: (_state, { chooseImportFile }) => chooseImportFile(),
  },
  'import.check': {
    nameKey: 'action.import.check',
    shortcut: 'Alt+T',
    isListed: true,
    isEnabled: (state) => state.view.place === 'import' && canMapImport(state) && isOnline(state),
    perform: (_state, { desk }) => void desk.imports.check(),
  },
  'import.start': {
    nameKey: 'action.import.start',
    shortcut: 'Alt+S',
    isListed: true,
    isEnabled: (state) => state.view.place === 'import' && canMapImport(state) && state.imports.open?.checked != null && isOnline(state),
    perform: (_state, { desk }) => void desk.imports.start(),
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
