import { describe, expect, it } from 'vitest';
import { SourceLatch } from '../../../../cti-bridge/media/rtp/source-latch.ts';

function latchOn(address: string, port: number): SourceLatch {
  const latch = new SourceLatch();
  latch.expect(address, port);
  return latch;
}

describe('the lock on a source', () => {
  it('listens to nobody before a description came', () => {
    const latch = new SourceLatch();
    expect(latch.accepts('10.0.0.1', 4000, 0)).toBe(false);
    expect(latch.target).toBeNull();
  });

  it('never listens to another address', () => {
    const latch = latchOn('10.0.0.1', 4000);
    expect(latch.accepts('10.0.0.2', 4000, 0)).toBe(false);
    expect(latch.accepts('10.0.0.2', 4000, 60_000)).toBe(false);
  });

  it('answers to the port packets come from', () => {
    const latch = latchOn('10.0.0.1', 4000);
    expect(latch.target).toEqual({ address: '10.0.0.1', port: 4000 });
    expect(latch.accepts('10.0.0.1', 5555, 0)).toBe(true);
    expect(latch.target).toEqual({ address: '10.0.0.1', port: 5555 });
  });

  it('keeps a second port of the same address out while the first is heard', () => {
    const latch = latchOn('10.0.0.1', 4000);
    latch.accepts('10.0.0.1', 4000, 0);
    expect(latch.accepts('10.0.0.1', 6000, 1000)).toBe(false);
    latch.accepts('10.0.0.1', 4000, 1500);
    expect(latch.accepts('10.0.0.1', 6000, 3000)).toBe(false);
    expect(latch.accepts('10.0.0.1', 6000, 3600)).toBe(true);
  });

  it('gives way to the described port at any time', () => {
    const latch = latchOn('10.0.0.1', 4000);
    latch.accepts('10.0.0.1', 6000, 0);
    expect(latch.accepts('10.0.0.1', 4000, 10)).toBe(true);
    expect(latch.accepts('10.0.0.1', 6000, 20)).toBe(false);
  });

  it('opens again when the description moves, and not when it is repeated', () => {
    const latch = latchOn('10.0.0.1', 4000);
    latch.accepts('10.0.0.1', 6000, 0);
    latch.expect('10.0.0.1', 4000);
    expect(latch.target?.port).toBe(6000);
    latch.expect('10.0.0.9', 4000);
    expect(latch.accepts('10.0.0.1', 6000, 10)).toBe(false);
    expect(latch.target).toEqual({ address: '10.0.0.9', port: 4000 });
  });

  it('sends nowhere while the address is null', () => {
    expect(latchOn('0.0.0.0', 4000).target).toBeNull();
  });
});
