import { ChevronDown } from 'lucide-react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, classes, Dot, Halo, Menu, MenuGroup, MenuItem, tipOf, useNow } from '../../ui/index.ts';
import { agentState } from './agent-state.ts';

export type StateActions = Readonly<Record<'agent.available' | 'agent.states', Action>>;

/** A configured reason not to be ready, by its name in the agent's language. */
export interface NotReadyChoice {
  readonly id: string;
  readonly name: string;
  readonly action: Action;
}

export interface StateSwitchProps {
  readonly stores: Stores;
  readonly actions: StateActions;
  readonly notReady: readonly NotReadyChoice[];
}

/** What the agent chose and what the system knows, in one place; opens the menu to change the first. */
export function StateSwitch({ stores, actions, notReady }: StateSwitchProps) {
  const text = useText();
  const { t } = text;
  const desk = useStore(stores.desk);
  const connection = useStore(stores.connection);
  const now = useNow(connection.clockOffsetMs);
  const { agent } = desk;
  const state = agentState(text, desk, connection, now);
  const available = actions['agent.available'];
  const isBusy = agent?.workState === 'engaged' || agent?.workState === 'reserved' || agent?.workState === 'wrappingUp';

  return (
    <Menu
      trigger={
        <button
          type="button"
          id="place-states"
          className={classes('state-switch', `state-switch-${state.tone}`)}
          {...tipOf(actions['agent.states'].label, actions['agent.states'].shortcut)}
          disabled={!agent}
        >
          <Halo tone={state.tone} />
          <span className="sr-only">{t('state.label')}</span>{' '}
          <span className="grow">
            <span className={classes('cut state-switch-name', `tone-${state.tone}`)}>{state.name}</span>{' '}
            <span className="cut small text-3 figures state-switch-detail">{state.detail}</span>
          </span>
          <ChevronDown className="icon icon-small text-3" aria-hidden="true" />
        </button>
      }
    >
      <MenuGroup label={isBusy ? t('state.afterCall') : t('state.menu.take')}>
        <MenuItem
          label={t('state.available')}
          before={<Dot tone="ready" />}
          isChosen={agent?.presence === 'available'}
          shortcut={available.shortcut}
          isOff={!available.isEnabled}
          onChoose={available.perform}
        />
      </MenuGroup>
      <MenuGroup label={t('state.menu.rest')}>
        {notReady.map(({ id, name, action }, at) => (
          <MenuItem
            key={id}
            label={
              <>
                <span className="sr-only">{t('state.notReady')}:</span> {name}
              </>
            }
            before={<Dot tone="away" />}
            isChosen={agent?.presence === 'notReady' && agent.notReadyReason === id}
            shortcut={action.shortcut ?? (at < 9 ? String(at + 1) : null)}
            isOff={!action.isEnabled}
            onChoose={action.perform}
          />
        ))}
      </MenuGroup>
    </Menu>
  );
}
