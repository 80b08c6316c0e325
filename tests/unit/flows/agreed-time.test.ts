import { describe, expect, it } from 'vitest';
import { doubtsAbout } from '../../../cti-bridge/flows/agreed-time.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { queue, smallConfiguration } from '../organisation/configurations.ts';

const days = (span: { from: string; to: string }[]) => ({ mon: span, tue: span, wed: span, thu: span, fri: span, sat: [], sun: [] });
const house = (timeZone: string): Configuration => {
  const plain = smallConfiguration();
  return {
    ...plain,
    organisation: { ...plain.organisation, timeZone },
    hours: [{ id: 'office', name: { en: 'Office', zh: '上班' }, timeZone, weekly: days([{ from: '08:00', to: '18:00' }]), holidays: [] }],
    queues: [queue('billing', { hours: 'office' }), queue('always')],
  };
};
const doubts = (timeZone: string, at: string, from: string | null = null, until: string | null = null, queueId = 'billing') =>
  doubtsAbout({ at: Date.parse(at), queueId, prefers: { prefersFrom: from, prefersUntil: until } }, house(timeZone));

describe('a time that is agreed', () => {
  it.each([
    ['open and as they like it', ['Europe/London', '2026-11-24T10:00:00Z', '09:00', '12:00'], []],
    ['after the queue has closed', ['Europe/London', '2026-11-24T18:00:00Z'], ['queueClosed']],
    ['on a Sunday, where the queue never closes', ['Europe/London', '2026-11-22T10:00:00Z', null, null, 'always'], []],
    ['before they want to be called', ['Europe/London', '2026-11-24T08:30:00Z', '09:00', '12:00'], ['notPreferred']],
    ['after it', ['Europe/London', '2026-11-24T12:00:00Z', '09:00', '12:00'], ['notPreferred']],
    ['both', ['Europe/London', '2026-11-24T20:00:00Z', '09:00', null], ['queueClosed']],
    ['at night, where they are up at night', ['Asia/Shanghai', '2026-11-24T17:00:00Z', '20:00', '02:00', 'always'], []],
    ['on the clock of the house, not of Greenwich', ['Asia/Shanghai', '2026-11-24T01:00:00Z', '09:00', '10:00'], []],
    ['in summer, an hour earlier by Greenwich', ['Europe/London', '2026-07-21T07:00:00Z', '08:00', null], []],
    ['in winter, when it is not', ['Europe/London', '2026-11-24T07:00:00Z', '08:00', null], ['queueClosed', 'notPreferred']],
  ] as const satisfies readonly (readonly [string, Readonly<Parameters<typeof doubts>>, readonly string[]])[])(
    '%s',
    (_what, asked, expected) => {
      expect(doubts(...(asked as unknown as Parameters<typeof doubts>))).toEqual(expected);
    },
  );
});
