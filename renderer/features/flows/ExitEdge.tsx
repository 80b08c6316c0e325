import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getBezierPath, getSmoothStepPath } from '@xyflow/react';
import { useText } from '../../i18n/index.ts';
import { classes } from '../../ui/index.ts';

export interface ExitEdgeData extends Record<string, unknown> {
  /** Callers who took it; null: nobody asked. */
  readonly count: number | null;
  /** Of the exit that most callers took, 0 to 1. */
  readonly share: number | null;
}

/** From an exit to where it leads; what leads back goes around. Width and hue tell how many callers took it. */
export function ExitEdge(props: EdgeProps<Edge<ExitEdgeData, 'exit'>>) {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected, data } = props;
  const { formats } = useText();
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition };
  const isBack = targetX < sourceX + 24;
  const [path, x, y] = isBack ? getSmoothStepPath({ ...ends, borderRadius: 16, offset: 24 }) : getBezierPath({ ...ends, curvature: 0.35 });
  const share = data?.share ?? null;
  const step = share === null ? null : share === 0 ? 0 : Math.min(4, 1 + Math.floor(share * 4));
  return (
    <>
      <BaseEdge
        path={path}
        className={classes('flow-edge', selected && 'is-selected', step !== null && `heat-${step}`)}
        interactionWidth={16}
      />
      {data?.count ? (
        <EdgeLabelRenderer>
          <span className="flow-edge-count micro medium figures" style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>
            {formats.number(data.count)}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
}
