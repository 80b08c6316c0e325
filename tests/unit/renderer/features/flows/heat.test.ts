import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exitShares,
  momentsOf,
  noOverlay,
  overlayOfHeat,
  overlayOfPath,
  standingAt,
  stepOf,
} from '../../../../../renderer/features/flows/heat/heat.ts';
import type { Heat } from '../../../../../shared/contracts/ivr/trace.ts';
import { flowOf, menu, play, queue } from './stage-flow.ts';

const flow = flowOf({
  welcome: play({ next: 'menu', hangUp: 'front' }),
  menu: menu({ 1: 'front', 2: 'second', noInput: 'front' }),
  front: queue(),
  second: queue('second'),
});
const heat: Heat = {
  callers: 1_000,
  nodes: [
    { nodeId: 'welcome', entered: 1_000, hungUp: 40, exits: { next: 960 } },
    { nodeId: 'menu', entered: 960, hungUp: 96, exits: { 1: 600, 2: 20, noInput: 244 } },
    { nodeId: 'gone', entered: 12, hungUp: 1, exits: { next: 11 } },
  ],
};

describe('the heat map', () => {
  it('draws an edge the wider and deeper the more callers took it', () => {
    const { exits } = overlayOfHeat(heat, flow);
    expect(exits.get('welcome/next')).toEqual({ callers: 960, step: 4, width: 6, isOnPath: false });
    expect(exits.get('menu/noInput')).toMatchObject({ callers: 244, step: 3, width: 4 });
    expect(exits.get('menu/2')).toMatchObject({ callers: 20, step: 1, width: 1.5 });
  });

  it('counts who hung up on the edge that a hang-up has, and on the node', () => {
    const { exits, nodes } = overlayOfHeat(heat, flow);
    expect(exits.get('welcome/hangUp')?.callers).toBe(40);
    expect(nodes.get('menu')?.hungUp).toBe(96);
  });

  it('shows an exit that nobody took with a zero, and leaves out nodes of other versions', () => {
    const quiet = overlayOfHeat({ callers: 0, nodes: [] }, flow);
    expect(quiet.exits.get('menu/1')).toMatchObject({ callers: 0, step: 0 });
    expect([...overlayOfHeat(heat, flow).nodes.keys()]).toEqual(['welcome', 'menu', 'front', 'second']);
  });

  it('never draws fewer callers stronger than more, and one caller never as nobody', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(5_000), fc.integer({ min: 1, max: 5_000 }), (one, other, all) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        expect(stepOf(less, all)).toBeLessThanOrEqual(stepOf(more, all));
        expect(stepOf(less, all) === 0).toBe(less === 0);
      }),
    );
  });

  it('tells for each exit the part of those who left the node by it, hanging up among them', () => {
    expect([...exitShares(heat, 'menu')]).toEqual([
      ['1', 63],
      ['2', 2],
      ['noInput', 25],
      ['hangUp', 10],
    ]);
    expect(exitShares(heat, 'second').size).toBe(0);
  });

  it('asks for whole days, today among them', () => {
    const noon = new Date(2026, 10, 22, 12, 30).getTime();
    expect(momentsOf('today', noon)).toEqual({ from: new Date(2026, 10, 22).getTime(), to: new Date(2026, 10, 23).getTime() });
    expect(momentsOf('week', noon).from).toBe(new Date(2026, 10, 16).getTime());
    expect(momentsOf('month', noon).from).toBe(new Date(2026, 9, 24).getTime());
  });
});

describe('the way of one caller', () => {
  const step = (nodeId: string, exit: string | null, flowId = 'day') => ({ flowId, nodeId, exit });

  it('numbers the nodes in order, each time they were passed, and marks the edges between', () => {
    const { exits, nodes } = overlayOfPath(
      [step('welcome', 'next'), step('menu', 'noInput'), step('menu', '1'), step('front', null)],
      'day',
    );
    expect(nodes.get('menu')?.turns).toEqual([2, 3]);
    expect(nodes.get('front')?.turns).toEqual([4]);
    expect([...exits.keys()]).toEqual(['welcome/next', 'menu/noInput', 'menu/1']);
    expect(exits.get('menu/1')?.isOnPath).toBe(true);
  });

  it('keeps the numbers of the whole way where a part of it led through another flow', () => {
    const { nodes } = overlayOfPath([step('welcome', 'next'), step('ask', 'next', 'other'), step('front', null)], 'day');
    expect(nodes.has('ask')).toBe(false);
    expect(nodes.get('front')?.turns).toEqual([3]);
  });
});

describe('a run that is tried', () => {
  it('stands on its node, whatever else is drawn there', () => {
    const drawn = standingAt(overlayOfHeat(heat, flow), 'menu');
    expect(drawn.nodes.get('menu')).toMatchObject({ isStanding: true, hungUp: 96 });
    expect(standingAt(noOverlay, null)).toBe(noOverlay);
  });
});
