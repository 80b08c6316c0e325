import { describe, expect, it } from 'vitest';
import type { BusinessEvent } from '../../../cti-bridge/interactions/index.ts';
import { type EventHistory, Report, reportedFigures } from '../../../cti-bridge/reporting/index.ts';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { hours, seconds } from '../../../shared/duration.ts';
import { asId, type ContactId, type EventId, type InteractionId } from '../../../shared/ids.ts';
import { billing, DayUnderTest, lena, technical, wei } from '../../unit/reporting/day-under-test.ts';
import { event, inspect, openDemo, openFor, temporaryFolder } from './store-under-test.ts';

async function readAll(history: EventHistory, since: number, limit: number): Promise<readonly BusinessEvent[]> {
  const all: BusinessEvent[] = [];
  for (let from: number | null = null; ; ) {
    const page = await history.readEventsSince(since, from, limit);
    expect(page.events.length).toBeLessThanOrEqual(limit);
    all.push(...page.events);
    if (page.next === null) return all;
    from = page.next;
  }
}

/** Two days on one board: yesterday's end, who waits over midnight, and a morning with everything that can happen. */
function twoDays(): DayUnderTest {
  const day = new DayUnderTest().after(-hours(13));
  day.comes('old').answered('old').ends('old').wrapsUp('old').completed('old');
  day.after(seconds(30)).comes('waits all night').comes('talks over midnight').answered('talks over midnight', wei);
  day.after(hours(12)).ends('talks over midnight').wrapsUp('talks over midnight').completed('talks over midnight', wei);
  day.comes('a').after(seconds(5)).missed('a', 'noAnswer').after(seconds(20)).answered('a', wei).comes('b', technical);
  day.after(seconds(30)).moved('b', technical, billing).ends('a').wrapsUp('a').after(seconds(40)).completed('a', wei);
  return day.comes('c').after(seconds(50)).diverted('c').ends('b').ends('c').comes('d').answered('d').returned('d').comes('e');
}

describe('events read back', () => {
  it.each([1_000, 7, 1])('give the board that was live, in pages of %d', async (limit) => {
    const { journal, reporting } = await openFor(temporaryFolder());
    const day = twoDays();
    await journal.commit(day.events);
    const again = new Report({ timeZone: 'Europe/London' });
    const midnight = again.startOfDay(day.at);
    for (const event of await readAll(reporting, midnight, limit)) again.fold(event);
    for (const queueId of [billing, technical]) {
      expect(again.figuresOf(queueId, day.at)).toEqual(day.figures(queueId));
      for (const figure of reportedFigures)
        expect(again.contactsOf(queueId, figure, day.at), figure).toEqual(day.report.contactsOf(queueId, figure, day.at));
    }
    for (const agentId of [lena, wei]) expect(again.agent(agentId, day.at)).toEqual(day.report.agent(agentId, day.at));
    expect(day.figures()).toMatchObject({ waiting: 3, answered: 2, abandoned: 1, diverted: 1 });
  });

  it('are those of interactions that had one since then, or are open: each from its beginning, no other', async () => {
    const { journal, reporting } = await openFor(temporaryFolder());
    const day = twoDays();
    const agentEvent = { id: asId<EventId>('agent-1'), at: day.at, type: 'agent:connected' as const, agentId: lena };
    await journal.commit([...day.events, agentEvent]);
    const read = await readAll(reporting, day.report.startOfDay(day.at), 10);
    expect(read).toEqual(day.events.filter((event) => 'interactionId' in event && event.interactionId !== 'old'));
    expect(await readAll(reporting, day.at + 1, 10)).toEqual(
      day.events.filter((event) => 'interactionId' in event && ['waits all night', 'd', 'e'].includes(event.interactionId)),
    );
  });

  it('are found by index, in a table of any length', async () => {
    const folder = temporaryFolder();
    const { journal } = await openFor(folder);
    await journal.commit(twoDays().events);
    const plan = inspect<{ detail: string }>(folder, 'explain query plan select interaction_id from interaction_event where at >= 5');
    expect(plan.map((step) => step.detail).join()).toContain('USING COVERING INDEX interaction_event_by_at');
  });

  it('of an empty store are none', async () => {
    const { reporting } = await openFor(temporaryFolder());
    expect(await reporting.readEventsSince(0, null, 10)).toEqual({ events: [], next: null });
  });
});

describe('the names behind interactions', () => {
  it('are the person, else what was presented, else the number, else nothing; unknown interactions are left out', async () => {
    const { interactions, contacts, journal, reporting } = await openDemo();
    const ids = ['known', 'recognised', 'presented', 'number', 'withheld'].map((name) => asId<InteractionId>(name));
    const [known, recognised, presented, number, withheld] = ids as [
      InteractionId,
      InteractionId,
      InteractionId,
      InteractionId,
      InteractionId,
    ];
    const caller = { number: '+4915100000001', key: '+4915100000001', presentedName: null, dialled: '1000', at: Date.now() };
    await interactions.recordCaller(known, caller);
    await contacts.linkInteraction({
      interactionId: known,
      contactId: asId<ContactId>(margaretOkafor.contactId),
      taught: null,
      author: { userId: null, name: 'Lena Hartmann', source: 'screen' },
      at: Date.now(),
    });
    await interactions.recordCaller(recognised, caller);
    const contactId = asId<ContactId>(margaretOkafor.contactId);
    const identified = { match: 'certain', contactId, accountId: null, candidateIds: [], tookMs: 1 } as const;
    await journal.commit([event(recognised, { type: 'interaction:identified', ...identified })]);
    await interactions.recordCaller(presented, { ...caller, presentedName: 'Kemp & Sons' });
    await interactions.recordCaller(number, caller);
    await interactions.recordCaller(withheld, { ...caller, number: null, key: null });
    const names = await reporting.namesOf([...ids, asId<InteractionId>('nobody')]);
    expect(new Map(names.map((name) => [name.interactionId, name]))).toEqual(
      new Map([
        [known, { interactionId: known, contactId: margaretOkafor.contactId, who: 'Margaret Okafor' }],
        [recognised, { interactionId: recognised, contactId: margaretOkafor.contactId, who: 'Margaret Okafor' }],
        [presented, { interactionId: presented, contactId: null, who: 'Kemp & Sons' }],
        [number, { interactionId: number, contactId: null, who: '+4915100000001' }],
        [withheld, { interactionId: withheld, contactId: null, who: null }],
      ]),
    );
    expect(await reporting.namesOf([])).toEqual([]);
  });
});
