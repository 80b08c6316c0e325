import type { NodeKindName } from '../../../shared/contracts/ivr/nodes.ts';
import { kindIcons } from './kinds.ts';

/** A kind of node on its way from the palette to the drawing. */
const type = 'application/x-crosspoint-node-kind';

export function dragKind(transfer: DataTransfer, kind: NodeKindName): void {
  transfer.setData(type, kind);
  transfer.effectAllowed = 'copy';
}

/** Null for anything else that is dropped: files, text, other pages. */
export function draggedKind(transfer: DataTransfer): NodeKindName | null {
  const kind = transfer.getData(type);
  return Object.hasOwn(kindIcons, kind) ? (kind as NodeKindName) : null;
}
