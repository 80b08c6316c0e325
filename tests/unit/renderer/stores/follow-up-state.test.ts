import { describe, expect, it } from 'vitest';
import { canStore, newFollowUp, owedToday, subjectOf, usualTimes } from '../../../../renderer/stores/index.ts';
import { ownWork } from '../../../support/ui-stage/follow-up-scenes.ts';
import { pop } from '../../../support/ui-stage/people.ts';

const at = (hours: number, minutes = 0) => new Date(2026, 10, 23, hours, minutes).getTime();
const subject = { contactId: 'ann', name: 'Ann', numbers: ['+447700900142'], interactionId: null };

describe('what is owed today', () => {
  it('is what is late, then what is due until midnight, each by its time; a callback is late only after its hours', () => {
    const now = at(10);
    const owed = owedToday(ownWork(now, 'en'), now);
    expect(owed.map(({ id }) => id)).toEqual(['p-1', 'c-2', 'p-2', 'c-1', 't-1']);
    const later = owedToday(ownWork(now, 'en'), at(12, 30)).map(({ id }) => id);
    expect(later.slice(0, 3)).toEqual(['p-1', 'c-2', 'p-2']);
    expect(owedToday(null, now)).toEqual([]);
  });
});

describe('a follow-up', () => {
  it('is offered for a full quarter of an hour, for tomorrow at nine by the calendar, and not for a time today that is gone', () => {
    expect(new Date(newFollowUp(subject, 'callback', at(10, 7)).at ?? 0)).toEqual(new Date(at(11, 15)));
    expect(new Date(newFollowUp(subject, 'task', at(23, 50)).at ?? 0)).toEqual(new Date(2026, 10, 24, 9));
    expect(usualTimes(at(10)).map(({ name }) => name)).toEqual(['inAnHour', 'laterToday', 'tomorrow', 'nextWeek']);
    expect(usualTimes(at(15)).map(({ name }) => name)).toEqual(['inAnHour', 'tomorrow', 'nextWeek']);
    expect(new Date(usualTimes(at(10))[3]?.at ?? 0)).toEqual(new Date(2026, 10, 30, 9));
  });

  it('lacks nothing that the bridge would ask for', () => {
    const form = { ...newFollowUp(subject, 'callback', at(10)), text: 'Renewal' };
    expect(canStore(form)).toBe(true);
    expect(canStore({ ...form, text: '  ' })).toBe(false);
    expect(canStore({ ...form, number: '' })).toBe(false);
    expect(canStore({ ...form, number: '', interactionId: 'i-1' })).toBe(true);
    expect(canStore({ ...form, at: null })).toBe(false);
    expect(canStore({ ...form, kind: 'task', at: null })).toBe(true);
    expect(canStore({ ...form, kind: 'promise', contactId: null })).toBe(false);
  });

  it('is for whoever a contact is with, at the number they came from first, and at no address of theirs', () => {
    const certain = pop('certain', at(10), 10_000, 'en');
    const { numbers, contactId } = subjectOf(certain, 'Margaret', 'i-1');
    expect(numbers[0]).toBe(certain.caller.number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.some((value) => value.includes('@'))).toBe(false);
    expect(contactId).toBe(certain.match.kind === 'certain' ? certain.match.contact.contactId : null);
    const written = { channel: 'email' as const, conversationId: 'v', subject: null, preview: '' };
    const address = { ...pop('unknown', at(10), 10_000, 'en'), written };
    expect(subjectOf(address, 'x', 'i-1').numbers).toEqual([]);
  });
});
