import { Workflow } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Heat } from '../../../shared/contracts/ivr/trace.ts';
import { useText } from '../../i18n/index.ts';
import type { OpenFlow, Stores } from '../../stores/index.ts';
import { type Action, Button, Chip, EmptyState, Segments } from '../../ui/index.ts';
import type { FlowDeeds } from './deeds.ts';
import { Editor } from './Editor.tsx';
import { FlowList } from './FlowList.tsx';
import type { PromptField } from './form.ts';
import { NewFlowDialog } from './NewFlow.tsx';
import { Numbers } from './Numbers.tsx';
import './flows.css';

export type FlowActions = Readonly<Record<'flows.publish' | 'flows.versions' | 'flows.compare', Action>>;

/** What others put on the drawing board. */
export interface BoardSlots {
  /** How many callers took which exit; the edges show it. */
  readonly heat: Heat | null;
  /** At the right of the head: what switches the heat map. */
  readonly head: ReactNode;
  /** Below the settings, at the lower right: trying the flow. */
  readonly tryIt: ReactNode;
}

export interface FlowsProps {
  readonly stores: Stores;
  readonly deeds: FlowDeeds;
  readonly actions: FlowActions;
  readonly promptField?: PromptField | undefined;
  slotsFor?(open: OpenFlow): BoardSlots;
}

const noSlots: BoardSlots = { heat: null, head: null, tryIt: null };

/** Call flows: all of them with their numbers, or one of them on the drawing board. */
export function Flows({ stores, deeds, actions, promptField, slotsFor }: FlowsProps) {
  const { t } = useText();
  const state = useStore(stores.flows);
  const user = useStore(stores.desk, (desk) => desk.user);
  const isReadOnly = !user?.rights.includes('configuration:write');
  const [isCreating, setIsCreating] = useState(false);
  useEffect(() => void deeds.open(), [deeds]);
  const { asked, open, opening, page } = state;

  if (open)
    return (
      <Editor
        key={open.flowId}
        open={open}
        state={state}
        deeds={deeds}
        actions={actions}
        isReadOnly={isReadOnly}
        promptField={promptField ?? null}
        slots={slotsFor?.(open) ?? noSlots}
      />
    );

  return (
    <main className="pane flows" id="place-centre" tabIndex={-1}>
      <div className="pane-head flows-head">
        <h1>{t('flows.title')}</h1>
        <Segments
          label={t('flows.title')}
          segments={[
            { value: 'flows', label: t('flows.tab.flows') },
            { value: 'numbers', label: t('flows.tab.numbers') },
          ]}
          value={page}
          onChange={(chosen) => stores.flows.setState({ page: chosen })}
        />
        {isReadOnly ? <Chip tone="outlined">{t('flows.readOnly')}</Chip> : null}
        {isReadOnly || page === 'numbers' ? null : (
          <span className="push">
            <Button size="small" kind="primary" disabled={asked.phase !== 'ready'} onClick={() => setIsCreating(true)}>
              {t('flows.new')}
            </Button>
          </span>
        )}
      </div>
      <div className="flows-body">
        {asked.phase === 'failed' ? (
          <EmptyState title={t('flows.failed')} action={<Button onClick={() => void deeds.open()}>{t('flows.retry')}</Button>}>
            {t(`failure.${asked.code}`)}
          </EmptyState>
        ) : asked.phase !== 'ready' || opening !== null ? (
          <p className="text-3 flows-loading" role="status">
            {t('flows.loading')}
          </p>
        ) : page === 'numbers' ? (
          <Numbers state={state} deeds={deeds} isReadOnly={isReadOnly} />
        ) : state.flows.length === 0 ? (
          <EmptyState
            icon={Workflow}
            title={t('flows.none')}
            action={isReadOnly ? null : <Button onClick={() => setIsCreating(true)}>{t('flows.new')}</Button>}
          >
            {t('flows.noneText')}
          </EmptyState>
        ) : (
          <FlowList state={state} deeds={deeds} isReadOnly={isReadOnly} />
        )}
      </div>
      {isCreating ? <NewFlowDialog state={state} deeds={deeds} onClose={() => setIsCreating(false)} /> : null}
    </main>
  );
}
