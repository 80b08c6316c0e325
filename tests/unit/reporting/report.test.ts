import { describe, expect, it } from 'vitest';
import { hours, minutes, seconds } from '../../../shared/duration.ts';
import { asId, type ReservationId } from '../../../shared/ids.ts';
import { billing, DayUnderTest, itemOf, lena, noon, technical, wei } from './day-under-test.ts';

const byUs = { by: 'system', reason: 'fault', fault: 'ours' } as const;

describe('the figures of the day', () => {
  it('count who was answered, in time or late, and the mean wait', () => {
    const day = new DayUnderTest().comes('a').after(seconds(10)).answered('a').comes('b').after(seconds(30)).answered('b', wei);
    expect(day.figures()).toMatchObject({
      queued: 2,
      answered: 2,
      answeredInTime: 1,
      waiting: 0,
      handling: 2,
      averageAnswerMs: 20_000,
      serviceLevelToday: { percent: 50, inTime: 1, of: 2 },
    });
    expect(day.names('answered')).toEqual(['a', 'b']);
    expect(day.names('answeredInTime')).toEqual(['a']);
    expect(day.names('handling')).toEqual(['a', 'b']);
  });

  it('count how it was for those who said so, on one scale, in the queue and with who had them; told again the last one counts', () => {
    const day = new DayUnderTest().comes('a').answered('a').ends('a').comes('b').answered('b', wei).ends('b').completed('b', wei);
    expect(day.figures()).toMatchObject({ satisfaction: { average: null, count: 0 } });
    day.tell('a', { type: 'ivr:surveyAnswered', flowId: 'f', nodeId: 'n', attribute: 'kind', score: 9, highest: 9 });
    const told = { type: 'survey:answered', by: 'sms', highest: 5, queueId: billing, agentId: wei } as const;
    day.tell('b', { ...told, score: 1 }).tell('b', { ...told, score: 2 });
    expect(day.figures()).toMatchObject({ satisfaction: { average: 3.5, count: 2 } });
    expect(day.figures(technical)).toMatchObject({ satisfaction: { count: 0 } });
    expect(day.report.agent(wei, day.at).satisfaction).toEqual({ average: 2, count: 1 });
    expect(day.report.agent(lena, day.at).satisfaction).toEqual({ average: 5, count: 1 });
  });

  it('count who gave up; before the threshold it counts neither way in the service level', () => {
    const day = new DayUnderTest().comes('soon').after(seconds(20)).ends('soon').comes('late').after(seconds(21)).ends('late');
    expect(day.figures()).toMatchObject({ abandoned: 2, waiting: 0, serviceLevelToday: { percent: 0, inTime: 0, of: 1 } });
  });

  it('do not call it abandoned when we ended it', () => {
    const day = new DayUnderTest().comes('a').after(seconds(30)).ends('a', byUs);
    expect(day.figures()).toMatchObject({ abandoned: 0, cutOff: 1, serviceLevelToday: { of: 0 } });
  });

  it('do not call it abandoned when somebody hangs up on an announcement they were sent to', () => {
    const day = new DayUnderTest().comes('a').after(seconds(30)).diverted('a').after(seconds(5)).ends('a');
    expect(day.figures()).toMatchObject({ diverted: 1, abandoned: 0, waiting: 0 });
    expect(day.report.contact(itemOf('a'))).toMatchObject({ waitedMs: 30_000, endedAt: day.at });
  });

  it('count a contact in the queue where its waiting ended, with all of its wait', () => {
    const day = new DayUnderTest().comes('a').after(seconds(30)).moved('a', billing, technical).after(seconds(5)).answered('a');
    expect(day.figures(billing)).toMatchObject({ queued: 1, answered: 0, waiting: 0 });
    expect(day.figures(technical)).toMatchObject({ queued: 1, answered: 1, answeredInTime: 0, averageAnswerMs: 35_000 });
    expect(day.names('answered', null)).toEqual(['a']);
  });

  it('count a contact once, though its agent vanished and another answers', () => {
    const day = new DayUnderTest().comes('a').after(seconds(5)).answered('a').after(seconds(60)).returned('a');
    expect(day.figures()).toMatchObject({ answered: 1, waiting: 1, handling: 0, queued: 1 });
    day.after(seconds(30)).answered('a', wei).after(seconds(60)).ends('a').wrapsUp('a').after(seconds(10)).completed('a', wei);
    expect(day.figures()).toMatchObject({ answered: 1, abandoned: 0, waiting: 0, handling: 0, averageHandlingMs: 70_000 });
    expect(day.report.agent(wei, day.at).handled).toBe(1);
    expect(day.report.agent(lena, day.at).handled).toBe(0);
  });

  it('list what an agent completed, with how long each took where that is known', () => {
    const day = new DayUnderTest().comes('a').answered('a').after(seconds(60)).ends('a').wrapsUp('a').after(seconds(10)).completed('a');
    // A call out comes by no queue; written work says itself how long it was worked on; nobody knows how long one was talked to whom we lost.
    day
      .tell('out', { type: 'interaction:answered', reservationId: asId<ReservationId>('own'), agentId: lena })
      .after(seconds(30))
      .completed('out');
    day.comes('mail').answered('mail').after(hours(2));
    day.tell('mail', { type: 'interaction:completed', agentId: lena, dispositionCode: 'solved', isAutomatic: false, handlingMs: 20_000 });
    day
      .comes('cut')
      .answered('cut')
      .ends('cut', { ...byUs, reason: 'shutdown' })
      .after(seconds(5))
      .completed('cut');
    expect(day.report.handledBy(lena, day.at).map(({ queueId, handlingMs }) => [queueId, handlingMs])).toEqual([
      [billing, 70_000],
      [null, 30_000],
      [billing, 20_000],
      [billing, null],
    ]);
    expect(day.report.agent(lena, day.at)).toMatchObject({ handled: 4, averageHandlingMs: 40_000 });
    expect(day.figures()).toMatchObject({ averageHandlingMs: 45_000 });
    expect(day.report.handledBy(wei, day.at)).toEqual([]);
  });

  it('let somebody wait on who was promised a call back, and tell of the call that follows as of the same contact', () => {
    const day = new DayUnderTest()
      .comes('a')
      .after(seconds(60))
      .promised('a')
      .ends('a', { by: 'caller', reason: 'callbackPromised', fault: 'caller' });
    expect(day.figures()).toMatchObject({ waiting: 1, abandoned: 0 });
    day.calledBack('try', 'a').promised('try', 'a').ends('try', { by: 'system', reason: 'notReached', fault: 'caller' });
    expect(day.figures()).toMatchObject({ waiting: 1, abandoned: 0, cutOff: 0 });
    const calledBack = { reservationId: asId<ReservationId>('offer-back'), agentId: wei } as const;
    day.tell('back', { type: 'reservation:offered', ...calledBack, workItemId: itemOf('a'), fencing: 2, leaseMs: 20_000, reasons: [] });
    day
      .calledBack('back', 'a')
      .after(seconds(30))
      .tell('back', { type: 'interaction:answered', ...calledBack });
    expect(day.figures()).toMatchObject({ waiting: 0, answered: 1, handling: 1, averageAnswerMs: 90_000 });
    day.ends('back', { by: 'agent', reason: 'hungUp', fault: 'agent' }).wrapsUp('back', 90_000, wei).completed('back', wei);
    expect(day.figures()).toMatchObject({ handling: 0, answered: 1, abandoned: 0, queued: 1 });
  });

  it('count a promised call that was not made as diverted, and not at all when they rang us themselves', () => {
    const day = new DayUnderTest().comes('a').promised('a').ends('a').comes('b').promised('b').ends('b');
    day.tell('a', { type: 'workItem:canceled', workItemId: itemOf('a'), queueId: billing, why: 'notReached' });
    day.tell('b', { type: 'workItem:canceled', workItemId: itemOf('b'), queueId: billing, why: 'calledAgain' });
    expect(day.figures()).toMatchObject({ waiting: 0, diverted: 1, abandoned: 0 });
    expect(day.names('diverted')).toEqual(['a']);
    expect(day.report.contact(itemOf('b'))).toBeNull();
  });

  it('take talk and wrap-up as handling, and not the night in which the bridge was off', () => {
    const day = new DayUnderTest().comes('a').answered('a').after(seconds(60)).ends('a').wrapsUp('a', 90_000);
    day.after(hours(5)).completed('a');
    expect(day.figures().averageHandlingMs).toBe(150_000);
    day.comes('b').answered('b').after(seconds(30)).ends('b', { by: 'system', reason: 'shutdown', fault: 'ours' }).completed('b');
    expect(day.figures().averageHandlingMs).toBe(150_000);
  });

  it('tell the last offer an agent missed until they answer one; a caller who left is no miss', () => {
    const day = new DayUnderTest().comes('a').missed('a', 'noAnswer').comes('b').missed('b', 'callerLeft');
    expect(day.report.agent(lena, day.at).lastMissed).toEqual({ at: noon, cause: 'noAnswer' });
    day.answered('a');
    expect(day.report.agent(lena, day.at).lastMissed).toBeNull();
  });

  it('have the last half hour apart from the day, and sixteen quarters', () => {
    const day = new DayUnderTest().comes('a').after(seconds(30)).answered('a').after(minutes(31)).comes('b').answered('b');
    expect(day.figures().serviceLevelNow).toEqual({ percent: 100, inTime: 1, of: 1 });
    expect(day.figures().serviceLevelToday).toEqual({ percent: 50, inTime: 1, of: 2 });
    expect(day.figures().trend).toEqual([...Array(13).fill(null), 0, null, 100]);
    day.after(minutes(31));
    expect(day.figures().serviceLevelNow).toEqual({ percent: null, inTime: 0, of: 0 });
  });

  it('are counted anew when the threshold is changed', () => {
    const day = new DayUnderTest().comes('a').after(seconds(30)).answered('a').comes('b').after(seconds(25)).ends('b');
    expect(day.figures()).toMatchObject({ answeredInTime: 0, serviceLevelNow: { inTime: 0, of: 2 } });
    day.report.setThreshold(billing, seconds(30));
    expect(day.figures()).toMatchObject({
      answeredInTime: 1,
      serviceLevelNow: { inTime: 1, of: 1 },
      serviceLevelToday: { inTime: 1, of: 1 },
    });
    expect(day.names('answeredInTime')).toEqual(['a']);
  });

  it('start at nothing at midnight of the organisation, but for those who wait or talk', () => {
    const day = new DayUnderTest('Asia/Shanghai').after(hours(4) - seconds(10));
    day.comes('a').answered('a').comes('b').comes('talks').answered('talks', wei);
    expect(day.figures()).toMatchObject({ answered: 2, waiting: 1 });
    day.after(seconds(20));
    expect(day.figures()).toMatchObject({ answered: 0, waiting: 1, handling: 2, serviceLevelToday: { of: 0 }, serviceLevelNow: { of: 2 } });
    day.answered('b').ends('talks').completed('talks', wei);
    expect(day.figures()).toMatchObject({ queued: 0, answered: 1, waiting: 0, averageAnswerMs: 20_000 });
    expect(day.report.agent(wei, day.at).handled).toBe(1);
  });

  it('keep both days when a clock runs ahead over midnight and is set back', () => {
    const day = new DayUnderTest().after(hours(11.5)).comes('a').answered('a');
    day.after(hours(1)).comes('b').answered('b').after(-hours(1)).comes('c').answered('c');
    expect(day.names('answered')).toEqual(['a', 'c']);
    expect(day.figures().answered).toBe(2);
  });

  it('are never negative, and a measured wait goes before the clock on the wall', () => {
    const day = new DayUnderTest().comes('a').after(-hours(1)).answered('a').ends('a').completed('a');
    expect(day.figures()).toMatchObject({ averageAnswerMs: 0, averageHandlingMs: 0, answeredInTime: 1 });
    day.comes('b').after(hours(1)).offered('b', wei);
    const [offer] = day.events.slice(-1);
    if (offer?.type !== 'reservation:offered') throw new Error('offered');
    day.tell('b', { type: 'interaction:answered', reservationId: offer.reservationId, agentId: wei, waitedMs: 4_000 });
    expect(day.report.contact(itemOf('b'))?.waitedMs).toBe(4_000);
  });

  it('forget contacts of the day before yesterday', () => {
    const day = new DayUnderTest().comes('a').answered('a').ends('a').completed('a');
    day.after(hours(24)).comes('b').ends('b').after(hours(24)).comes('c').ends('c');
    expect(day.report.contact(itemOf('a'))).toBeNull();
    expect(day.report.contact(itemOf('b'))).not.toBeNull();
    expect(day.names('abandoned')).toEqual(['c']);
  });
});
