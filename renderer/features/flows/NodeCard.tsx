import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { PhoneOff } from 'lucide-react';
import { memo } from 'react';
import type { FlowNode } from '../../../shared/contracts/ivr/nodes.ts';
import { useText } from '../../i18n/index.ts';
import { classes } from '../../ui/index.ts';
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
  /** Callers who hung up here; 0 where nobody did or nobody asked. */
  readonly left: number;
}

/** One node on the drawing: sign, name, what it does in a line, its exits at the right, and what is wrong with it. */
export const NodeCard = memo(function NodeCard({ data, selected }: NodeProps<Node<NodeCardData, 'card'>>) {
  const { node, title, line, start, errors, warnings, ports, change, left } = data;
  const { t } = useText();
  const Icon = kindIcons[node.kind];
  const count = errors > 0 ? errors : warnings;
  return (
    <div
      className={classes(
        'flow-node',
        selected && 'is-selected',
        errors > 0 ? 'has-errors' : warnings > 0 && 'has-warnings',
        change !== null && `is-${change}`,
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
      {left > 0 ? (
        <span className="flow-node-left micro figures">
          <PhoneOff className="icon" aria-hidden="true" />
          {left}
        </span>
      ) : null}
      {ports.map(({ name, y, label, isOpen, isRequired }) => (
        <span key={name} className={classes('flow-exit', isOpen && isRequired && 'is-open')} style={{ top: y }}>
          <Handle type="source" id={name} position={Position.Right} className="flow-port" />
          {label === '' ? null : <span className="flow-exit-label micro cut">{label}</span>}
        </span>
      ))}
    </div>
  );
});
