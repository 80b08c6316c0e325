import { type ReactNode, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { QueueRow } from '../../../shared/contracts/board.ts';
import { useText } from '../../i18n/index.ts';
import type { BoardPanel, Stores } from '../../stores/index.ts';
import { AgentPanel } from './AgentPanel.tsx';
import { Alerts } from './Alerts.tsx';
import { ContactPanel } from './ContactPanel.tsx';
import { ContactsPanel, writtenParts } from './ContactsPanel.tsx';
import type { BoardDeeds } from './deeds.ts';
import { PeoplePanel } from './PeoplePanel.tsx';
import { Supervised } from './Supervised.tsx';

export interface SidePaneProps {
  readonly stores: Stores;
  readonly deeds: BoardDeeds;
  readonly queues: readonly QueueRow[];
  help(agentId: string | null): ReactNode;
}

/** The alerts, or what was opened last. Escape goes back. */
export function SidePane({ stores, deeds, queues, help }: SidePaneProps) {
  const { t } = useText();
  const panels = useStore(stores.board, (state) => state.panels);
  const pane = useRef<HTMLElement>(null);
  const opener = useRef<HTMLElement | null>(null);
  const depth = panels.length;
  const top = panels.at(-1);
  const key = top ? `${depth}-${panelKey(top)}` : 'alerts';

  // The keyboard follows what it opened, and returns to where it was when that closes.
  const lastKey = useRef(key);
  useEffect(() => {
    if (lastKey.current === key) return;
    const wasAlerts = lastKey.current === 'alerts';
    lastKey.current = key;
    const active = document.activeElement;
    if (key === 'alerts') {
      if (!active || active === document.body || pane.current?.contains(active)) opener.current?.focus();
      return;
    }
    // From one list of a queue to the next: the keyboard stays where one chooses between them.
    if (active !== pane.current && pane.current?.contains(active)) return;
    if (wasAlerts && active instanceof HTMLElement && !pane.current?.contains(active)) opener.current = active;
    pane.current?.focus();
  }, [key]);

  return (
    <aside
      className="board-side"
      id="place-customer"
      ref={pane}
      tabIndex={-1}
      aria-label={top ? t('board.contact') : t('board.alerts')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || depth === 0 || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        deeds.back();
      }}
    >
      {top?.kind === 'contacts' ? <ContactsPanel key={listKey(top)} stores={stores} deeds={deeds} panel={top} queues={queues} /> : null}
      {top?.kind === 'people' ? <PeoplePanel key={key} stores={stores} deeds={deeds} panel={top} queues={queues} /> : null}
      {top?.kind === 'contact' ? <ContactPanel key={key} stores={stores} deeds={deeds} panel={top} /> : null}
      {top?.kind === 'agent' ? <AgentPanel key={key} stores={stores} deeds={deeds} panel={top} help={help(top.agentId)} /> : null}
      {top ? null : <Alerts stores={stores} deeds={deeds} help={help(null)} />}
      <Supervised stores={stores} deeds={deeds} place="panel" />
    </aside>
  );
}

/** Lists of one queue's written work are one panel, which shows one or the other. */
function listKey({ queueId, figure, formula }: Extract<BoardPanel, { kind: 'contacts' }>): string {
  return writtenParts.some((part) => part === figure) ? `parts-${queueId}` : `${queueId}-${figure}-${formula}`;
}

function panelKey(panel: NonNullable<ReturnType<Stores['board']['getState']>['panels'][number]>): string {
  switch (panel.kind) {
    case 'contacts':
      return `${panel.queueId}-${panel.figure}-${panel.formula}`;
    case 'people':
      return `people-${panel.queueId}`;
    case 'contact':
      return panel.contact.workItemId;
    case 'agent':
      return panel.agentId;
  }
}
