import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, placesOf, readingOrder } from '../../../../../renderer/features/flows/auto-layout.ts';
import { grid, heightOf, nodeWidth, portsOf } from '../../../../../renderer/features/flows/node-size.ts';
import type { FlowNode } from '../../../../../shared/contracts/ivr/nodes.ts';
import { flowOf, hangUp, menu, play, queue } from './stage-flow.ts';

const flow = flowOf({
  hello: play({ next: 'ask' }),
  ask: menu({ '1': 'billing', '2': 'again', noInput: 'bye' }),
  again: play({ next: 'ask' }),
  billing: queue(),
  bye: hangUp,
  lost: play({ next: 'bye' }),
});

describe('nodes that nobody has placed', () => {
  it('stand in columns, each to the right of what leads to it', () => {
    const spots = arrange(flow);
    const x = (nodeId: string) => spots[nodeId]?.x ?? Number.NaN;
    expect(x('hello')).toBe(0);
    expect(x('ask')).toBeGreaterThan(x('hello'));
    expect(x('billing')).toBeGreaterThan(x('ask'));
    expect(x('again')).toBe(x('billing'));
  });

  it('stand in the order of the exits that lead there', () => {
    const { billing, again, bye } = arrange(flow);
    expect([billing?.y, again?.y, bye?.y]).toEqual([billing?.y, again?.y, bye?.y].toSorted((a, b) => Number(a) - Number(b)));
  });

  it('stand below all others where nobody comes', () => {
    const spots = arrange(flow);
    const others = Object.entries(spots).filter(([nodeId]) => nodeId !== 'lost');
    expect(Math.max(...others.map(([, { y }]) => y))).toBeLessThan(spots.lost?.y ?? 0);
  });

  it('leave those alone that somebody has placed', () => {
    const placed = { ...flow, layout: { hello: { x: 500, y: 500 }, ask: { x: 800, y: 500 } } };
    const spots = placesOf(placed);
    expect(spots.hello).toEqual({ x: 500, y: 500 });
    expect(spots.bye?.y).toBeGreaterThan(500 + heightOf(placed.nodes.ask as FlowNode));
  });

  it('never lie upon each other, and always on the grid', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const exits = fc.dictionary(fc.constantFrom('1', '2', '3', 'noInput', 'error'), fc.constantFrom(...names));
    fc.assert(
      fc.property(fc.array(exits, { minLength: 1, maxLength: 8 }), (each) => {
        const nodes = Object.fromEntries(each.map((ways, index) => [names[index] ?? 'x', menu(ways, ['1', '2', '3'])]));
        const drawn = flowOf(nodes);
        const spots = arrange(drawn);
        expect(Object.keys(spots).toSorted()).toEqual(Object.keys(nodes).toSorted());
        const boxes = Object.entries(spots).map(([nodeId, at]) => ({ ...at, height: heightOf(nodes[nodeId] as FlowNode) }));
        for (const [index, one] of boxes.entries()) {
          expect([one.x % grid, one.y % grid].map(Math.abs)).toEqual([0, 0]);
          for (const other of boxes.slice(index + 1))
            expect(Math.abs(one.x - other.x) >= nodeWidth || one.y + one.height <= other.y || other.y + other.height <= one.y).toBe(true);
        }
      }),
    );
  });

  it('are read in the order in which a caller comes to them', () => {
    expect(readingOrder(flow)).toEqual(['hello', 'ask', 'billing', 'again', 'bye', 'lost']);
  });

  it('have room for every exit on their edge', () => {
    const many = menu({}, ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0']);
    const ports = portsOf(many);
    expect(ports.map(({ name }) => name)).toContain('noInput');
    expect(ports.every(({ y }) => y > 0 && y < heightOf(many))).toBe(true);
    expect(portsOf(play({ error: 'x' })).map(({ name }) => name)).toEqual(['next', 'error']);
  });
});
