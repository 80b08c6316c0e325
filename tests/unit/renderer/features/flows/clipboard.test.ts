import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movedTo, readPiece, writePiece } from '../../../../../renderer/features/flows/clipboard.ts';
import { flowOf, hangUp, menu } from './stage-flow.ts';

const flow = flowOf({ ask: menu({ '1': 'bye' }), bye: hangUp, other: hangUp });
const spots = { ask: { x: 32, y: 64 }, bye: { x: 320, y: 96 }, other: { x: 0, y: 0 } };

describe('nodes on the clipboard', () => {
  it('come back as they were, only those that were chosen', () => {
    const piece = readPiece(writePiece(flow, spots, ['ask', 'bye', 'gone']));
    expect(piece).toEqual({ nodes: { ask: flow.nodes.ask, bye: flow.nodes.bye }, layout: { ask: spots.ask, bye: spots.bye } });
  });

  it('are put down with their upper left corner where it is wished', () => {
    const piece = movedTo({ nodes: { ask: menu(), bye: hangUp }, layout: { ask: spots.ask, bye: spots.bye } }, { x: 100, y: 200 });
    expect(piece.layout).toEqual({ ask: { x: 100, y: 200 }, bye: { x: 388, y: 232 } });
  });

  it('are taken from nothing else: other text, other JSON, nodes of an unknown kind, a poisoned prototype', () => {
    const good = JSON.parse(writePiece(flow, spots, ['ask'])) as Record<string, unknown>;
    const others = [
      'hello',
      '{}',
      'null',
      '[]',
      JSON.stringify({ ...good, crosspoint: 'other' }),
      JSON.stringify({ ...good, format: 2 }),
      JSON.stringify({ ...good, nodes: { ask: { kind: 'explode', exits: {} } } }),
      `{"crosspoint":"flow-nodes","format":1,"layout":{},"nodes":{"__proto__":{"kind":"answer","exits":{}},"a b":{"kind":"answer","exits":{}}}}`,
      'x'.repeat(2_000_001),
    ];
    for (const text of others) expect(readPiece(text), text.slice(0, 60)).toBeNull();
    expect(({} as { kind?: unknown }).kind).toBeUndefined();
  });

  it('never throws at any text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => readPiece(text) === null));
  });
});
