import { describe, expect, it } from 'vitest';
import { PortPool } from '../../../../cti-bridge/media/rtp/port-pool.ts';

describe('a pool of ports', () => {
  it('hands out even ports whose neighbour is in range, until none is left', () => {
    const pool = new PortPool([40_001, 40_007]);
    expect([pool.take(), pool.take(), pool.take(), pool.take()]).toEqual([40_002, 40_004, 40_006, null]);
  });

  it('lets a returned port rest while others are free', () => {
    const pool = new PortPool([40_000, 40_005]);
    const first = pool.take() ?? 0;
    pool.give(first);
    expect(pool.take()).not.toBe(first);
    expect(pool.inUse).toBe(1);
  });

  it('leaves the choice to the system for an empty range', () => {
    expect(new PortPool([0, 0]).isEphemeral).toBe(true);
    expect(new PortPool([40_000, 40_001]).isEphemeral).toBe(false);
  });
});
