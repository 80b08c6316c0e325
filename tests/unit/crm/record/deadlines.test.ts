import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlinesOf, type ServicePromise } from '../../../../cti-bridge/crm/index.ts';
import { hours } from '../../../../shared/duration.ts';

const at = Date.UTC(2026, 10, 23, 9);
const contract = (
  contractId: string,
  responseHours: number | null,
  resolutionHours: number | null,
  more: Partial<ServicePromise> = {},
) => ({
  ...{ contractId, responseHours, resolutionHours, startsAt: 0, endsAt: at + 1 },
  ...more,
});

describe('deadlines of a case', () => {
  it('are none without a contract that promises something', () => {
    const none = { contractId: null, responseDueAt: null, dueAt: null };
    expect(deadlinesOf(at, [])).toEqual(none);
    expect(deadlinesOf(at, [contract('a', null, null)])).toEqual(none);
    expect(deadlinesOf(at, [contract('a', 1, 1, { endsAt: at }), contract('b', 1, 1, { startsAt: at + 1 })])).toEqual(none);
  });

  it('count from when it was opened, by the clock', () => {
    expect(deadlinesOf(at, [contract('a', 4, 24)])).toEqual({ contractId: 'a', responseDueAt: at + hours(4), dueAt: at + hours(24) });
    expect(deadlinesOf(at, [contract('a', 4, null)])).toEqual({ contractId: 'a', responseDueAt: at + hours(4), dueAt: null });
  });

  it.each([
    ['the soonest solution', [contract('slow', 1, 48), contract('fast', 8, 24)], 'fast'],
    ['then the soonest answer', [contract('slow', 8, 24), contract('fast', 2, 24)], 'fast'],
    ['a promise before none', [contract('none', 1, null), contract('some', null, 72)], 'some'],
    ['then the lesser id', [contract('b', 2, 24), contract('a', 2, 24)], 'a'],
  ] as const)('go by %s', (_name, contracts, expected) => {
    expect(deadlinesOf(at, contracts).contractId).toBe(expected);
  });

  it('do not depend on the order of the contracts', () => {
    const anyHours = fc.option(fc.integer({ min: 0, max: 3 }), { nil: null });
    const anyContracts = fc.uniqueArray(fc.record({ id: fc.nat(9), response: anyHours, resolution: anyHours }), {
      selector: ({ id }) => id,
    });
    fc.assert(
      fc.property(anyContracts, (made) => {
        const contracts = made.map(({ id, response, resolution }) => contract(String(id), response, resolution));
        expect(deadlinesOf(at, contracts.toReversed())).toEqual(deadlinesOf(at, contracts));
      }),
    );
  });
});
