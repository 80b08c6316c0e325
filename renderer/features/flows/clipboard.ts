import * as z from 'zod/mini';
import { flowFormat, flowSchema } from '../../../shared/contracts/ivr/flow.ts';
import { type FlowPiece, nodeAt, type Spot, type Spots } from '../../stores/index.ts';

/**
 * Nodes on the clipboard of the computer: JSON, so that they go from one flow to another, to another desktop, and into an e-mail. What
 * comes from a clipboard may be anything and is taken only if it has the shape of nodes.
 */
const pieceSchema = z.strictObject({
  crosspoint: z.literal('flow-nodes'),
  format: z.literal(flowFormat),
  nodes: flowSchema.shape.nodes,
  layout: flowSchema.shape.layout,
});
const longestText = 2_000_000;

export function writePiece(flow: FlowPiece, spots: Spots, nodeIds: readonly string[]): string {
  const chosen = nodeIds.flatMap((nodeId) => {
    const node = nodeAt(flow, nodeId);
    return node ? [[nodeId, node] as const] : [];
  });
  const layout = Object.fromEntries(chosen.map(([nodeId]) => [nodeId, spots[nodeId] ?? { x: 0, y: 0 }]));
  return JSON.stringify({ crosspoint: 'flow-nodes', format: flowFormat, nodes: Object.fromEntries(chosen), layout });
}

/** Null for everything that is no nodes. */
export function readPiece(text: string): FlowPiece | null {
  if (text.length > longestText) return null;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return null;
  }
  const piece = pieceSchema.safeParse(raw);
  return piece.success ? { nodes: piece.data.nodes, layout: piece.data.layout } : null;
}

/** The same piece with its upper left corner somewhere else. */
export function movedTo(piece: FlowPiece, at: Spot): FlowPiece {
  const spots = Object.values(piece.layout);
  const left = Math.min(...spots.map(({ x }) => x));
  const top = Math.min(...spots.map(({ y }) => y));
  const layout = Object.fromEntries(
    Object.keys(piece.nodes).map((nodeId) => {
      const from = piece.layout[nodeId] ?? { x: left, y: top };
      return [nodeId, { x: from.x - left + at.x, y: from.y - top + at.y }];
    }),
  );
  return { nodes: piece.nodes, layout };
}
