import { type ReactNode, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { AssignedInteraction } from '../../../shared/contracts/interaction.ts';
import { dispositionPath, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, Button, Kbd, TimerRing, useNow } from '../../ui/index.ts';
import { OutcomeTree } from './OutcomeTree.tsx';
import './wrap-up.css';

export interface WrapUpPaneProps {
  readonly stores: Stores;
  readonly item: AssignedInteraction;
  readonly actions: Readonly<Record<'wrapUp.extend' | 'wrapUp.finish' | 'wrapUp.finishNotReady', Action>>;
  readonly notes: ReactNode;
  /** What follows from the contact. */
  readonly next: ReactNode;
}

export function WrapUpPane({ stores, item, actions, notes, next }: WrapUpPaneProps) {
  const { t, formats } = useText();
  const now = useNow(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const dispositions = useStore(stores.desk, (desk) => desk.dispositions);
  const chosen = useStore(stores.view, (view) => view.outcomes[item.interactionId] ?? null);
  const tree = useRef<HTMLDivElement>(null);
  const { wrapUp, interactionId } = item;

  // The keys 1 to 9 work at once, unless somebody is writing: nothing takes the keyboard while someone types.
  useEffect(() => {
    const focused = document.activeElement;
    if (focused instanceof HTMLTextAreaElement || focused instanceof HTMLInputElement) return;
    tree.current?.focus({ preventScroll: true });
  }, []);

  const isReadyAfter = useStore(stores.desk, (desk) => desk.agent?.presence === 'available');
  const { endsAt = null, startedAt = now, mode = 'timed', canLeave = false, stored = null } = wrapUp ?? {};
  const left = endsAt === null ? null : endsAt - now;
  // To the second: the two moments are stamped milliseconds apart.
  const total = endsAt === null ? 1 : Math.round((endsAt - startedAt) / 1_000) * 1_000;
  const path = dispositionPath(formats.language, dispositions, stored ?? chosen ?? '');
  const deed = mode === 'timedNoEarlyExit' ? 'store' : chosen === null && canLeave ? 'skip' : 'finish';
  const { 'wrapUp.extend': extend, 'wrapUp.finish': finish, 'wrapUp.finishNotReady': finishNotReady } = actions;

  function title(): string {
    if (left === null) return t('wrapUp.titleOpen');
    if (left <= 0) return t('wrapUp.over');
    if (stored !== null) return t(isReadyAfter ? 'wrapUp.stored' : 'wrapUp.storedNotReady', { left: formats.clock(left) });
    return t('wrapUp.title', { left: formats.clock(left), total: formats.clock(total) });
  }

  const head = (
    <header className="wrap-up-head">
      {left === null ? null : <TimerRing part={left / total} />}
      <div className="grow">
        <h2 className="wrap-up-title">{title()}</h2>
        <p className="small text-2">{stored === null ? t(`wrapUp.explain.${mode}`) : path.join(' / ')}</p>
      </div>
      {mode === 'required' || stored !== null ? null : (
        <Button shortcut={extend.shortcut} disabled={!extend.isEnabled} onClick={extend.perform}>
          {t('wrapUp.extend')}
        </Button>
      )}
    </header>
  );

  if (stored !== null) {
    return (
      <article className="wrap-up-pane" aria-label={t('state.wrappingUp')}>
        {head}
      </article>
    );
  }
  return (
    <article className="wrap-up-pane" aria-label={t('state.wrappingUp')}>
      {head}
      <div className="wrap-up-body">
        <section>
          <div className="section-head">
            <h3>{t('wrapUp.outcome')}</h3>
            <span className="cut text-3">{path.length > 0 ? path.join(' / ') : t('wrapUp.outcomeNone')}</span>
            <span className="section-more">
              {t('wrapUp.outcomeHint')} <Kbd keys="1" />–<Kbd keys="9" />
            </span>
          </div>
          <OutcomeTree
            key={interactionId}
            ref={tree}
            all={dispositions}
            chosen={chosen}
            onChoose={(code) => stores.view.setState((view) => ({ outcomes: { ...view.outcomes, [interactionId]: code } }))}
          />
        </section>
        {notes}
        {next}
      </div>
      <footer className="wrap-up-foot">
        <span className="small text-3 cut">{chosen || canLeave ? '' : t('wrapUp.needsOutcome')}</span>
        <span className="push" />
        <Button shortcut={finishNotReady.shortcut} disabled={!finishNotReady.isEnabled} onClick={finishNotReady.perform}>
          {t(`wrapUp.${deed}NotReady`)}
        </Button>
        <Button kind="primary" shortcut={finish.shortcut} disabled={!finish.isEnabled} onClick={finish.perform}>
          {t(`wrapUp.${deed}`)}
        </Button>
      </footer>
    </article>
  );
}
