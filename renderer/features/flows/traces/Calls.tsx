import { ArrowLeft } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { commonExits, exitsOf } from '../../../../shared/contracts/ivr/exits.ts';
import type { Flow } from '../../../../shared/contracts/ivr/flow.ts';
import type { TracedCall, TraceStep } from '../../../../shared/contracts/ivr/trace.ts';
import { formatNumber } from '../../../../shared/phone-number.ts';
import { useText } from '../../../i18n/index.ts';
import { type LoginFailure, nodeAt } from '../../../stores/index.ts';
import { Button, EmptyState, Field, IconButton, NearEnd, Select, useTyped } from '../../../ui/index.ts';
import { readingOrder } from '../auto-layout.ts';
import { type HeatRange, heatRanges, momentsOf } from '../heat/heat.ts';
import type { FlowRunDeeds } from '../run-deeds.ts';
import { exitName, type FlowNames, flowName, titleOf } from '../words.ts';
import { PathOfCall } from './PathOfCall.tsx';
import './traces.css';

export interface CallsProps {
  readonly flow: Flow;
  readonly names: FlowNames;
  readonly homeCountry: string;
  readonly deeds: Pick<FlowRunDeeds, 'findCalls' | 'readTrace'>;
  /** The way to be drawn on the graph; null: none. */
  onPath(steps: readonly TraceStep[] | null): void;
  onShow(nodeId: string): void;
}

interface Wanted {
  readonly nodeId: string | null;
  readonly exit: string | null;
  readonly typed: string;
  readonly range: HeatRange;
}
interface Seen {
  readonly calls: readonly TracedCall[];
  readonly phase: 'reading' | 'ready' | 'failed';
  readonly failure: LoginFailure | null;
  readonly hasMore: boolean;
}

const pageSize = 100;
const typingRestMs = 250;
const none: Seen = { calls: [], phase: 'reading', failure: null, hasMore: false };

/** Calls that went through the flow, found by where they came by and what was typed; the way of one of them node by node. */
export function Calls({ flow, names, homeCountry, deeds, onPath, onShow }: CallsProps) {
  const text = useText();
  const { t, formats } = text;
  const [wanted, setWanted] = useState<Wanted>({ nodeId: null, exit: null, typed: '', range: 'today' });
  const typed = useTyped(wanted.typed);
  const settled = typed.settled.trim();
  const [seen, setSeen] = useState<Seen>(none);
  const [chosen, setChosen] = useState<TracedCall | null>(null);
  const { flowId } = flow;

  const ask = useCallback(
    (before: number | null) =>
      deeds.findCalls({
        ...{ flowId, nodeId: wanted.nodeId, exit: wanted.exit, typed: wanted.typed === '' ? null : wanted.typed },
        ...{ ...momentsOf(wanted.range, Date.now()), before },
      }),
    [deeds, flowId, wanted],
  );
  useEffect(() => {
    if (settled === wanted.typed) return;
    const timer = setTimeout(() => setWanted((before) => ({ ...before, typed: settled })), typingRestMs);
    return () => clearTimeout(timer);
  }, [settled, wanted.typed]);
  useEffect(() => {
    let isCurrent = true;
    setSeen((before) => ({ ...before, phase: 'reading' }));
    void ask(null).then((outcome) => {
      if (!isCurrent) return;
      if (outcome.ok) setSeen({ calls: outcome.value, phase: 'ready', failure: null, hasMore: outcome.value.length === pageSize });
      else setSeen({ ...none, phase: 'failed', failure: outcome.code });
    });
    return () => {
      isCurrent = false;
    };
  }, [ask]);

  const more = async () => {
    const last = seen.calls.at(-1);
    if (!last || seen.phase !== 'ready') return;
    setSeen({ ...seen, phase: 'reading' });
    const outcome = await ask(last.at);
    setSeen((before) => {
      if (before.calls !== seen.calls) return before;
      if (!outcome.ok) return { ...before, phase: 'failed', failure: outcome.code };
      const known = new Set(before.calls.map(({ interactionId }) => interactionId));
      const fresh = outcome.value.filter(({ interactionId }) => !known.has(interactionId));
      return { calls: [...before.calls, ...fresh], phase: 'ready', failure: null, hasMore: outcome.value.length === pageSize };
    });
  };

  if (chosen) {
    return (
      <OneCall
        key={chosen.interactionId}
        call={chosen}
        who={whoOf(chosen)}
        flow={flow}
        nameOfFlow={(id) => flowName(text, names, id)}
        readTrace={deeds.readTrace}
        onPath={onPath}
        onShow={onShow}
        onBack={() => setChosen(null)}
      />
    );
  }

  const node = wanted.nodeId === null ? undefined : nodeAt(flow, wanted.nodeId);
  const exits = node ? [...exitsOf(node), ...commonExits] : [];
  return (
    <div className="flow-calls">
      <div className="flow-calls-search">
        <Select
          label={t('flowRuns.calls.node')}
          value={wanted.nodeId ?? ''}
          choices={[
            { value: '', label: t('flowRuns.calls.anyNode') },
            ...readingOrder(flow).flatMap((nodeId) => {
              const each = nodeAt(flow, nodeId);
              return each ? [{ value: nodeId, label: titleOf(text, each) }] : [];
            }),
          ]}
          onChange={(nodeId) => setWanted({ ...wanted, nodeId: nodeId === '' ? null : nodeId, exit: null })}
        />
        <Select
          label={t('flowRuns.calls.exit')}
          value={wanted.exit ?? ''}
          disabled={exits.length === 0}
          choices={[
            { value: '', label: t('flowRuns.calls.anyExit') },
            ...exits.map(({ name }) => ({ value: name, label: exitName(text, node, name) })),
          ]}
          onChange={(exit) => setWanted({ ...wanted, exit: exit === '' ? null : exit })}
        />
        <Field type="search" label={t('flowRuns.calls.typed')} maxLength={40} inputMode="tel" {...typed.field} />
        <Select
          label={t('flowRuns.heat.days')}
          value={wanted.range}
          choices={heatRanges.map((value) => ({ value, label: t(`flowRuns.heat.${value}`) }))}
          onChange={(range) => setWanted({ ...wanted, range })}
        />
      </div>
      {seen.phase === 'failed' && seen.failure !== null ? (
        <p className="row small">
          <span className="tone-broken grow" role="alert">
            {t(`failure.${seen.failure}`)}
          </span>
          <Button size="small" onClick={() => setWanted({ ...wanted })}>
            {t('flows.retry')}
          </Button>
        </p>
      ) : null}
      {seen.phase === 'ready' && seen.calls.length === 0 ? (
        <EmptyState title={t('flowRuns.calls.none')}>{t('flowRuns.calls.noneText')}</EmptyState>
      ) : null}
      <ul className="flow-calls-list" aria-label={t('flowRuns.calls')} aria-busy={seen.phase === 'reading'}>
        {seen.calls.map((call) => (
          <li key={`${call.interactionId} ${call.at}`}>
            <button type="button" className="flow-call" onClick={() => setChosen(call)}>
              <span className="small text-3 nowrap">{formats.dateOrTime(call.at, Date.now())}</span>
              <span className="grow">
                <span className="whole medium">{whoOf(call)}</span>
                <span className="small text-3 flow-call-end">{endOf(call)}</span>
              </span>
            </button>
          </li>
        ))}
        {seen.hasMore && seen.phase === 'ready' ? (
          <li>
            <NearEnd key={seen.calls.length} onNear={() => void more()} />
            <Button size="small" onClick={() => void more()}>
              {t('timeline.more')}
            </Button>
          </li>
        ) : null}
      </ul>
    </div>
  );

  function whoOf({ contactName, number }: TracedCall): string {
    return contactName ?? (number === null ? t('flowRuns.calls.withheld') : formatNumber(number, homeCountry));
  }
  /** Where in this flow it was last, and how it left it. */
  function endOf({ path, end }: TracedCall): string {
    const last = path.at(-1);
    const at = last === undefined ? undefined : nodeAt(flow, last);
    const title = at ? titleOf(text, at) : (last ?? '');
    // Where a node ended the way, its kind is told: its name says it already.
    const isSaid = end === 'next' || end === at?.kind || end === 'unknown';
    const exit = isSaid ? '' : end === 'callerLeft' ? t('flowRuns.trace.hungUp') : exitName(text, at, end);
    return [title, exit].filter((part) => part !== '').join(' · ');
  }
}

interface OneCallProps extends Pick<CallsProps, 'flow' | 'onPath' | 'onShow'> {
  readonly call: TracedCall;
  readonly who: string;
  nameOfFlow(flowId: string): string;
  readonly readTrace: FlowRunDeeds['readTrace'];
  onBack(): void;
}

function OneCall({ call, who, flow, nameOfFlow, readTrace, onPath, onShow, onBack }: OneCallProps) {
  const { t, formats } = useText();
  const [steps, setSteps] = useState<readonly TraceStep[] | null>(null);
  const [failure, setFailure] = useState<LoginFailure | null>(null);
  const { interactionId } = call;
  useEffect(() => {
    let isCurrent = true;
    void readTrace(interactionId).then((outcome) => {
      if (!isCurrent) return;
      if (outcome.ok) {
        setSteps(outcome.value);
        onPath(outcome.value);
      } else setFailure(outcome.code);
    });
    return () => {
      isCurrent = false;
      onPath(null);
    };
  }, [readTrace, interactionId, onPath]);
  return (
    <div className="flow-calls">
      <div className="row">
        <IconButton icon={ArrowLeft} label={t('flowRuns.calls.back')} onClick={onBack} autoFocus />
        <span className="grow">
          <span className="whole strong">{who}</span>
          <span className="small text-3 flow-call-end">
            {formats.date(call.at)} {formats.timeOfDay(call.at)} · {t('flows.version', { version: call.version })}
          </span>
        </span>
      </div>
      {failure !== null ? (
        <p className="small tone-broken" role="alert">
          {t(`failure.${failure}`)}
        </p>
      ) : steps === null ? (
        <p className="small text-3" role="status">
          {t('flowRuns.trace.reading')}
        </p>
      ) : steps.length === 0 ? (
        <p className="small text-2">{t('flowRuns.trace.none')}</p>
      ) : (
        <PathOfCall steps={steps} flow={flow} nameOfFlow={nameOfFlow} onShow={onShow} />
      )}
    </div>
  );
}
