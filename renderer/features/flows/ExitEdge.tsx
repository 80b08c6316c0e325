import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react';
import { useText } from '../../i18n/index.ts';
import { classes } from '../../ui/index.ts';
import { backPath, type Lane, lanePath, leadsBack } from './edge-route.ts';
import type { EdgeOverlay } from './heat/overlay.ts';

export interface ExitEdgeData extends Record<string, unknown> {
  /** Who took it; null: nobody asked, or nobody did. */
  readonly over: EdgeOverlay | null;
  /** It is no part of the way that is shown. */
  readonly isAside: boolean;
  /** Around the nodes that lie between; null: there are none. */
  readonly lane: Lane | null;
  /** Of one that leads back. */
  readonly backAt: number | null;
}

/** Where a count stands: past the names of the exits, and before edges that lead to the same node run together. */
const countAt = 0.72;

function beforeTarget({ sourceX, sourceY, targetX, targetY }: Pick<EdgeProps, 'sourceX' | 'sourceY' | 'targetX' | 'targetY'>) {
  // Of the curve that is drawn: its handles lie half the way from either end.
  const along = 3 * (1 - countAt) * countAt * 0.5 + countAt ** 3;
  const across = 3 * (1 - countAt) * countAt ** 2 + countAt ** 3;
  return [sourceX + (targetX - sourceX) * along, sourceY + (targetY - sourceY) * across] as const;
}

type Ends = EdgeProps<Edge<ExitEdgeData, 'exit'>>;

/** What is drawn, and where a count stands. While a node is dragged its lanes are those of where it stood. */
function wayOf({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data }: Ends): readonly [string, number, number] {
  const from = { x: sourceX, y: sourceY };
  const to = { x: targetX, y: targetY };
  if (leadsBack(from, to)) {
    const backAt = data?.backAt ?? Math.max(sourceY, targetY) + 48;
    return [backPath(from, to, backAt), (sourceX + targetX) / 2, backAt];
  }
  const lane = data?.lane;
  if (lane && targetX - lane.arrives > sourceX + lane.leaves) return [lanePath(from, to, lane), targetX - lane.arrives - 16, lane.y];
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition };
  return [getBezierPath({ ...ends, curvature: 0.35 })[0], ...beforeTarget(ends)];
}

/** From an exit to where it leads; what leads back goes around. Width and hue tell how many callers took it. */
export function ExitEdge(props: Ends) {
  const { selected, data } = props;
  const { formats } = useText();
  const [path, x, y] = wayOf(props);
  const over = data?.over ?? null;
  return (
    <>
      <BaseEdge
        path={path}
        className={classes('flow-edge', selected && 'is-selected', over !== null && `heat-${over.step}`, data?.isAside && 'is-aside')}
        interactionWidth={16}
        {...(over === null ? {} : { style: { strokeWidth: over.width } })}
      />
      {over?.callers ? (
        <EdgeLabelRenderer>
          <span className="flow-edge-count micro medium figures" style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>
            {formats.number(over.callers)}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
}
