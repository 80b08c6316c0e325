import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useText } from '../i18n/index.ts';
import { unsavedCount } from '../stores/index.ts';
import type { Action } from '../ui/index.ts';
import { type ActionDefinition, type ActionId, type ActionMeans, type ActionState, actions, notReady } from './actions/index.ts';
import { pressKey, shortcutOf } from './keyboard.ts';

export interface BoundActions {
  readonly byId: Readonly<Record<ActionId, Action>>;
  readonly all: readonly Action[];
  /** Not ready, by each reason that is configured. */
  readonly notReady: readonly { readonly id: string; readonly name: string; readonly action: Action }[];
  /** What the palette lists. */
  readonly listed: readonly Action[];
}

/** The actions with their names in the agent's language and what applies now; binds their keys. */
export function useActions(means: ActionMeans): BoundActions {
  const { t, formats } = useText();
  const { stores } = means.desk;
  const desk = useStore(stores.desk);
  const call = useStore(stores.call);
  const connection = useStore(stores.connection);
  const view = useStore(stores.view);
  const hasUnsaved = useStore(stores.configuration, (configuration) => unsavedCount(configuration) > 0);

  const record = useStore(stores.record);
  const account = useStore(stores.account);
  const customers = useStore(stores.customers);
  const imports = useStore(stores.imports);
  const flows = useStore(stores.flows);
  const writes = useStore(stores.inbox, (inbox) => inbox.writes);

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (isTakenBy(event)) return;
      if (pressKey(event, currentState(means), means)) event.preventDefault();
    };
    // First in line, so that a key works wherever the focus is.
    window.addEventListener('keydown', pressed, { capture: true });
    return () => window.removeEventListener('keydown', pressed, { capture: true });
  }, [means]);

  return useMemo(() => {
    const state: ActionState = { desk, call, connection, view, hasUnsaved, record, account, customers, imports, flows, inbox: { writes } };
    const ids = Object.keys(actions) as ActionId[];
    const bound = ids.map((id): readonly [ActionId, Action, ActionDefinition] => {
      const definition: ActionDefinition = actions[id];
      const nameKey = typeof definition.nameKey === 'function' ? definition.nameKey(state) : definition.nameKey;
      return [
        id,
        {
          id,
          label: t(nameKey),
          shortcut: definition.shortcut,
          isEnabled: definition.isEnabled(state),
          // Judged again when it happens: between render and click the world may have moved on.
          perform() {
            const now = currentState(means);
            if (definition.isEnabled(now)) definition.perform(now, means);
          },
        },
        definition,
      ];
    });
    const away = desk.reasons.map(({ id, name }) => {
      const definition = notReady(id);
      const ownName = name[formats.language];
      const action: Action = {
        id: `agent.notReady.${id}`,
        label: t('action.agent.notReady', { reason: ownName }),
        shortcut: null,
        isEnabled: definition.isEnabled(state),
        perform() {
          const now = currentState(means);
          if (definition.isEnabled(now)) definition.perform(now, means);
        },
      };
      return { id, name: ownName, action };
    });
    const awayActions = away.map(({ action }) => action);
    const withAway = (list: readonly Action[]) =>
      list.flatMap((action) => (action.id === 'agent.available' ? [action, ...awayActions] : [action]));
    return {
      byId: Object.fromEntries(bound.map(([id, action]) => [id, action])) as unknown as Readonly<Record<ActionId, Action>>,
      notReady: away,
      all: withAway(bound.map(([, action]) => action)),
      listed: withAway(bound.filter(([, , definition]) => definition.isListed).map(([, action]) => action)),
    };
  }, [t, formats, means, desk, call, connection, view, hasUnsaved, record, account, customers, imports, flows, writes]);
}

/** What has the keyboard has a meaning of its own for that key, as a place to write has for the one that sends. */
function isTakenBy(event: KeyboardEvent): boolean {
  const shortcut = shortcutOf(event);
  const own = event.target instanceof Element ? event.target.closest('[data-own-keys]')?.getAttribute('data-own-keys') : null;
  return shortcut !== null && own?.split(' ').includes(shortcut) === true;
}

function currentState({ desk: { stores } }: ActionMeans): ActionState {
  return {
    desk: stores.desk.getState(),
    call: stores.call.getState(),
    connection: stores.connection.getState(),
    view: stores.view.getState(),
    hasUnsaved: unsavedCount(stores.configuration.getState()) > 0,
    record: stores.record.getState(),
    account: stores.account.getState(),
    customers: stores.customers.getState(),
    imports: stores.imports.getState(),
    flows: stores.flows.getState(),
    inbox: stores.inbox.getState(),
  };
}
