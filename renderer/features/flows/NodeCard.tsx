import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import type { FlowNode } from '../../../shared/contracts/ivr/nodes.ts';
import { useText } from '../../i18n/index.ts';
import { classes, HangUp } from '../../ui/index.ts';
import type { NodeOverlay } from './heat/overlay.ts';
import { kindIcons } from './kinds.ts';
import type { Port } from './node-size.ts';

export interface NodeCardData extends Record<string, unknown> {
  readonly node: FlowNode;
  readonly title: string;
  readonly line: string;
  /** Said above the node that the flow begins with. */
  readonly start: string | null;
  readonly errors: number;
  readonly warnings: number;
  readonly ports: readonly (Port & { readonly label: string; readonly isOpen: boolean })[];
  readonly change: 'added' | 'removed' | 'changed' | null;
  /** What callers did here, and whether the run that is tried stands here; null: nobody asked. */
  readonly over: NodeOverlay | null;
  /** It is no part of the way that is shown. */
  readonly isAside: boolean;
}

/** One node on the drawing: sign, name, what it does in a line, its exits at the right, and what is wrong with it. */
export const NodeCard = memo(function NodeCard({ data, selected }: NodeProps<Node<NodeCardData, 'card'>>) {
  const { node, title, line, start, errors, warnings, ports, change, over, isAside } = data;
  const { t, formats } = useText();
  const Icon = kindIcons[node.kind];
  const count = errors > 0 ? errors : warnings;
  return (
    <div
      className={classes(
        'flow-node',
        selected && 'is-selected',
        errors > 0 ? 'has-errors' : warnings > 0 && 'has-warnings',
        change !== null && `is-${change}`,
        over?.isStanding && 'is-standing',
        over !== null && over.turns.length > 0 && 'is-on-path',
        isAside && 'is-aside',
      )}
    >
      {start === null ? null : <span className="flow-node-start micro medium">{start}</span>}
      <Handle type="target" id="in" position={Position.Left} className="flow-port flow-port-in" />
      <span className="flow-node-head">
        <Icon className="icon icon-small" aria-hidden="true" />
        <span className="flow-node-title cut">{title}</span>
      </span>
      <span className="flow-node-line micro text-3 cut">{line}</span>
      {count > 0 ? (
        <span className="flow-node-sign micro strong" aria-hidden="true">
          !
        </span>
      ) : null}
      {change === null ? null : <span className="flow-node-change micro medium">{t(`flows.changed.${change}`)}</span>}
      {over?.hungUp ? (
        <span className="flow-node-left micro figures" title={t('flowRuns.heat.hungUp', { count: over.hungUp })}>
          <HangUp className="icon" aria-hidden="true" />
          <span aria-hidden="true">{formats.number(over.hungUp)}</span>
          <span className="sr-only">{t('flowRuns.heat.hungUp', { count: over.hungUp })}</span>
        </span>
      ) : null}
      {over !== null && over.turns.length > 0 ? (
        <span className="flow-node-turns micro strong figures">
          <span className="sr-only">{over.turns.map((turn) => t('flowRuns.trace.turn', { turn })).join(', ')}</span>
          <span aria-hidden="true">{over.turns.join(' · ')}</span>
        </span>
      ) : null}
      {over?.isStanding ? <span className="sr-only">{t('flowRuns.standing')}</span> : null}
      {ports.map(({ name, y, label, isOpen, isRequired }) => (
        <span key={name} className={classes('flow-exit', isOpen && isRequired && 'is-open')} style={{ top: y }}>
          <Handle type="source" id={name} position={Position.Right} className="flow-port" />
          {label === '' ? null : <span className="flow-exit-label micro cut">{label}</span>}
        </span>
      ))}
    </div>
  );
});
