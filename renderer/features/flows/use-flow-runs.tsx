import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { Flow, FlowTest } from '../../../shared/contracts/ivr/flow.ts';
import type { TraceStep } from '../../../shared/contracts/ivr/trace.ts';
import { HeatControls } from './heat/HeatControls.tsx';
import { exitShares, type HeatRange, noOverlay, overlayOfHeat, overlayOfPath, standingAt } from './heat/heat.ts';
import type { FlowOverlay } from './heat/overlay.ts';
import { useHeat } from './heat/use-heat.ts';
import { RunsPane, type RunsView } from './RunsPane.tsx';
import type { FlowRunDeeds } from './run-deeds.ts';
import type { FlowNames } from './words.ts';

/** On lower screens the settings of a node need the room; trying is one click away. */
const roomForBoth = 820;

export interface FlowRunsProps {
  /** As it is drawn now. */
  readonly flow: Flow;
  readonly names: FlowNames;
  readonly isReadOnly: boolean;
  readonly deeds: FlowRunDeeds;
  readonly homeCountry: string;
  /** Calls of customers are for those who may watch the queues. */
  readonly mayWatch: boolean;
  /** Brings a node into sight. */
  onShow(nodeId: string): void;
  onTests(tests: readonly FlowTest[]): void;
}

export interface FlowRuns {
  /** For the graph. */
  readonly overlay: FlowOverlay;
  /** For the list of a node's exits: which part of the callers took each, in per cent; null while the heat map is off. */
  sharesOf(nodeId: string): ReadonlyMap<string, number> | null;
  /** For the head of the screen. */
  readonly controls: ReactNode;
  /** For the side of the screen. */
  readonly pane: ReactNode;
}

/** What is seen of runs on the screen of one flow: those that are tried, those of callers, and how many went where. */
export function useFlowRuns(props: FlowRunsProps): FlowRuns {
  const { flow, deeds } = props;
  const [view, setView] = useState<RunsView | null>(() => (window.innerHeight < roomForBoth ? null : 'try'));
  const [isHeatOn, setIsHeatOn] = useState(false);
  const [range, setRange] = useState<HeatRange>('today');
  const [path, setPath] = useState<readonly TraceStep[] | null>(null);
  const [standsAt, setStandsAt] = useState<string | null>(null);
  const seen = useHeat(deeds.readHeat, isHeatOn ? flow.flowId : null, range);
  const { heat } = seen;

  const { nodes, flowId } = flow;
  const overlay = useMemo(() => {
    const below = path !== null ? overlayOfPath(path, flowId) : heat !== null ? overlayOfHeat(heat, { nodes }) : noOverlay;
    return standingAt(below, standsAt);
  }, [path, heat, nodes, flowId, standsAt]);
  const sharesOf = useCallback((nodeId: string) => (heat === null ? null : exitShares(heat, nodeId)), [heat]);

  return {
    overlay,
    sharesOf,
    controls: <HeatControls isOn={isHeatOn} range={range} seen={seen} onSwitch={setIsHeatOn} onRange={setRange} />,
    pane: (
      <RunsPane
        {...props}
        key={flowId}
        promptText={props.names.promptText}
        view={view}
        onView={setView}
        onPath={setPath}
        onStands={setStandsAt}
      />
    ),
  };
}
