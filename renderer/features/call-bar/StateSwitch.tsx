import { ChevronDown } from 'lucide-react';
import { useStore } from 'zustand';
import { choosableNotReadyReasons } from '../../../shared/contracts/agent.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, classes, Dot, Halo, Menu, MenuGroup, MenuItem, useNow } from '../../ui/index.ts';
import { agentState } from './agent-state.ts';

export type StateActions = Readonly<Record<'agent.available' | `agent.notReady.${(typeof choosableNotReadyReasons)[number]}`, Action>>;

/** What the agent chose and what the system knows, in one place; opens the menu to change the first. */
export function StateSwitch({ stores, actions }: { readonly stores: Stores; readonly actions: StateActions }) {
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
        <button type="button" className={classes('state-switch', `state-switch-${state.tone}`)} disabled={!agent}>
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
          isOff={!available.isEnabled}
          onChoose={available.perform}
        />
      </MenuGroup>
      <MenuGroup label={t('state.menu.rest')}>
        {choosableNotReadyReasons.map((reason) => {
          const action = actions[`agent.notReady.${reason}`];
          return (
            <MenuItem
              key={reason}
              label={
                <>
                  <span className="sr-only">{t('state.notReady')}:</span> {t(`reason.${reason}`)}
                </>
              }
              before={<Dot tone="away" />}
              isChosen={agent?.presence === 'notReady' && agent.notReadyReason === reason}
              isOff={!action.isEnabled}
              onChoose={action.perform}
            />
          );
        })}
      </MenuGroup>
    </Menu>
  );
}
