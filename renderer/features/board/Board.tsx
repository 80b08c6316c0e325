import { Activity } from 'lucide-react';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import { agentsInScope, queuesInScope, type Stores, scopesOf } from '../../stores/index.ts';
import { type Action, Button, classes, EmptyState, Segments, tipOf } from '../../ui/index.ts';
import type { BoardDeeds } from './deeds.ts';
import { People } from './People.tsx';
import { QueueTable } from './QueueTable.tsx';
import { SidePane } from './SidePane.tsx';
import { TotalsStrip } from './TotalsStrip.tsx';
import './board.css';

export interface BoardProps {
  readonly stores: Stores;
  readonly deeds: BoardDeeds;
  readonly wallboard: Action;
  /** Who asks for help: of this person, or (null) of all one supervises. */
  help(agentId: string | null): ReactNode;
}

/** Watched while it is on the screen. */
export function Board({ stores, deeds, wallboard, help }: BoardProps) {
  const { t, formats } = useText();
  const state = useStore(stores.board);
  const ownAgentId = useStore(stores.desk, (desk) => desk.agent?.agentId ?? null);
  const isLost = useStore(stores.connection, (connection) => connection.bridge === 'lost');
  useEffect(() => {
    deeds.open();
    return () => deeds.close();
  }, [deeds]);

  const { board, scope, names } = state;
  const agents = useMemo(() => (board ? agentsInScope(board, scope, ownAgentId, names) : []), [board, scope, ownAgentId, names]);
  const queues = useMemo(() => (board ? queuesInScope(board, scope, agents) : []), [board, scope, agents]);
  const scopes = useMemo(() => (board ? scopesOf(board, ownAgentId) : []), [board, ownAgentId]);

  return (
    <div className="board">
      <main className="board-stage" id="place-centre" tabIndex={-1}>
        <div className="pane-head">
          <h2>{t('board.title')}</h2>
          {scopes.length > 1 ? (
            <Segments
              label={t('board.scope')}
              value={scope}
              onChange={(chosen) => deeds.choose({ scope: chosen })}
              segments={scopes.map((value) => ({ value, label: t(`board.scope.${value}`) }))}
            />
          ) : null}
          {board ? (
            <span className={classes('push small figures cut', isLost ? 'tone-broken' : 'text-3')} role={isLost ? 'alert' : undefined}>
              {t(isLost ? 'board.asOfLost' : 'board.asOf', { time: formats.timeOfDay(board.at) })}
            </span>
          ) : (
            <span className="push" />
          )}
          <Button size="small" {...tipOf(t('board.wallboard'), wallboard.shortcut)} onClick={wallboard.perform}>
            {t('board.wallboard')}
          </Button>
        </div>
        {board ? (
          <div className="board-scroll">
            <TotalsStrip stores={stores} deeds={deeds} queues={queues} agents={agents} />
            <QueueTable stores={stores} deeds={deeds} queues={queues} />
            <People stores={stores} deeds={deeds} board={board} agents={agents} queues={queues} />
          </div>
        ) : state.failure ? (
          <EmptyState
            icon={Activity}
            title={t('board.failed')}
            action={
              <Button
                onClick={() => {
                  deeds.close();
                  deeds.open();
                }}
              >
                {t('board.retry')}
              </Button>
            }
          >
            {t(`failure.${state.failure}`)}
          </EmptyState>
        ) : (
          <p className="board-loading text-3">{t('board.loading')}</p>
        )}
      </main>
      <SidePane stores={stores} deeds={deeds} queues={queues} help={help} />
    </div>
  );
}
