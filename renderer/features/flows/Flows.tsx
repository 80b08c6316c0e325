import { Workflow } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, Button, Chip, EmptyState, Segments } from '../../ui/index.ts';
import type { FlowDeeds } from './deeds.ts';
import { Editor } from './Editor.tsx';
import { FlowList } from './FlowList.tsx';
import type { PromptField } from './form.ts';
import { NewFlowDialog } from './NewFlow.tsx';
import { Numbers } from './Numbers.tsx';
import type { FlowRunDeeds } from './run-deeds.ts';
import './flows.css';

export type FlowActions = Readonly<Record<'flows.publish' | 'flows.versions' | 'flows.compare', Action>>;

export interface FlowsProps {
  readonly stores: Stores;
  readonly deeds: FlowDeeds;
  readonly actions: FlowActions;
  readonly promptField?: PromptField | undefined;
  readonly runs: FlowRunDeeds;
}

/** Call flows: all of them with their numbers, or one of them on the drawing board. */
export function Flows({ stores, deeds, actions, promptField, runs }: FlowsProps) {
  const { t } = useText();
  const state = useStore(stores.flows);
  const user = useStore(stores.desk, (desk) => desk.user);
  const homeCountry = useStore(stores.desk, (desk) => desk.organisation?.homeCountry ?? '');
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
        runs={{ deeds: runs, homeCountry, mayWatch: user?.rights.includes('queue:watch') === true }}
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
