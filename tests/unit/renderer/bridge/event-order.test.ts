import { describe, expect, it } from 'vitest';
import { eventOrder } from '../../../../renderer/bridge/index.ts';
import type { Push } from '../../../../shared/contracts/bridge-events.ts';
import { emptySnapshot } from '../../../support/ui-stage/scripted-bridge.ts';

const push = (seq: number): Push => ({ seq, name: 'session:replaced', payload: { at: 0 } });
const snapshot = (seq: number) => ({ ...emptySnapshot(0), seq });

describe('the order of events', () => {
  it('hands on what follows the snapshot without gaps', () => {
    const order = eventOrder();
    order.snapshot(snapshot(4));
    expect([order.push(push(5)), order.push(push(6))]).toEqual(['handOn', 'handOn']);
    expect(order.lastSeq).toBe(6);
  });

  it('drops what the snapshot contains', () => {
    const order = eventOrder();
    order.snapshot(snapshot(4));
    expect(order.push(push(4))).toBe('old');
  });

  it('keeps events while a snapshot is on its way and hands on the later ones after it', () => {
    const order = eventOrder();
    expect([order.push(push(3)), order.push(push(4)), order.push(push(5))]).toEqual(['keep', 'keep', 'keep']);
    const { pushes, isComplete } = order.snapshot(snapshot(4));
    expect(pushes.map((each) => each.seq)).toEqual([5]);
    expect(isComplete).toBe(true);
  });

  it('sees a gap, and asks again when what was kept has one', () => {
    const order = eventOrder();
    order.snapshot(snapshot(4));
    expect(order.push(push(6))).toBe('gap');
    expect(order.push(push(8))).toBe('keep');
    expect(order.snapshot(snapshot(6))).toEqual({ pushes: [], isComplete: false });
    expect(order.snapshot(snapshot(8))).toEqual({ pushes: [], isComplete: true });
    expect(order.push(push(9))).toBe('handOn');
  });

  it('begins each connection by waiting for its snapshot', () => {
    const order = eventOrder();
    order.snapshot(snapshot(4));
    order.awaitSnapshot();
    expect(order.push(push(5))).toBe('keep');
    expect(order.snapshot(snapshot(5)).pushes).toEqual([]);
  });
});
