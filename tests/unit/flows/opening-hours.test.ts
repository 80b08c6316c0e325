import { describe, expect, it } from 'vitest';
import { lineOf } from '../../../cti-bridge/acd/index.ts';
import { OpeningHoursWatch } from '../../../cti-bridge/flows/opening-hours.ts';
import type { OpeningHours } from '../../../shared/contracts/configuration.ts';
import { asId, type QueueId } from '../../../shared/ids.ts';
import { newHouse } from './fakes.ts';

const hour = 3_600_000;
const billingId = asId<QueueId>('billing');
/** The virtual clock begins on a Monday at 09:00 UTC. */
const officeHours = (from: string, to: string): OpeningHours => ({
  id: 'office',
  name: { en: 'Office', zh: '办公' },
  timeZone: 'UTC',
  weekly: { mon: [{ from, to }], tue: [{ from, to }] },
  holidays: [],
});

function watched(hours: OpeningHours | null) {
  const house = newHouse();
  let current = hours;
  const watch = new OpeningHoursWatch({ clock: house.clock, routing: house.routing, hoursOf: () => current });
  watch.check();
  return {
    house,
    watch,
    setHours(next: OpeningHours | null) {
      current = next;
    },
    isOpen: () => lineOf(house.routing.state, billingId)?.isOpen,
  };
}

describe('opening hours', () => {
  it('are told at the start: closed before they begin', () => {
    expect(watched(officeHours('10:00', '18:00')).isOpen()).toBe(false);
    expect(watched(officeHours('08:00', '18:00')).isOpen()).toBe(true);
    expect(watched(null).isOpen()).toBe(true);
  });

  it('open and close a queue to the millisecond', async () => {
    const { house, isOpen } = watched(officeHours('10:00', '18:00'));
    await house.clock.run(hour - 1);
    expect(isOpen()).toBe(false);
    await house.clock.run(1);
    expect(isOpen()).toBe(true);
    await house.clock.run(8 * hour - 1);
    expect(isOpen()).toBe(true);
    await house.clock.run(1);
    expect(isOpen()).toBe(false);
  });

  it('are right within a minute of a clock that jumps, in both directions', async () => {
    const { house, isOpen } = watched(officeHours('08:00', '18:00'));
    house.clock.jump(10 * hour);
    expect(isOpen()).toBe(true);
    await house.clock.run(60_000);
    expect(isOpen()).toBe(false);
    house.clock.jump(-10 * hour);
    await house.clock.run(60_000);
    expect(isOpen()).toBe(true);
    house.clock.jump(-2 * hour);
    await house.clock.run(60_000);
    expect(isOpen()).toBe(false);
    await house.clock.run(hour);
    expect(isOpen()).toBe(true);
  });

  it('hold as set up anew at once', async () => {
    const { house, watch, setHours, isOpen } = watched(officeHours('08:00', '18:00'));
    setHours(officeHours('10:00', '18:00'));
    watch.check();
    expect(isOpen()).toBe(false);
    setHours(null);
    watch.check();
    expect(isOpen()).toBe(true);
    watch.stop();
    await house.clock.run(1_000);
    expect(house.clock.pending).toBe(0);
  });
});
