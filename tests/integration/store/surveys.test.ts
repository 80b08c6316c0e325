import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InteractionEvent, StoredSurvey } from '../../../cti-bridge/interactions/index.ts';
import { readTimelineOf } from '../../../cti-bridge/store/repositories/contact/timeline.ts';
import { eventWrites } from '../../../cti-bridge/store/repositories/event-writes.ts';
import { erasePerson } from '../../../cti-bridge/store/repositories/privacy/erase-person.ts';
import { surveyReads, surveyWrites } from '../../../cti-bridge/store/repositories/surveys.ts';
import { asId, type ContactId, type EventId, type InteractionId } from '../../../shared/ids.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';

const at = Date.UTC(2026, 10, 23, 9);
const idOf = (name: string) => asId<InteractionId>(name);

const mei = {
  ...{ contact_id: 'mei', head_id: 'mei', name: '林晓梅', name_key: '林晓梅', locale: 'zh', tier: 'standard' },
  ...{ allows_recording: 1, allows_sms_offers: 1, allows_email_offers: 1 },
};

const survey = (name: string, more: Partial<StoredSurvey> = {}): StoredSurvey => ({
  ...{ interactionId: idOf(name), surveyId: 'satisfaction', by: 'sms', sourceId: 'line', addressKey: `+44${name}`, conversationId: null },
  ...{ contactId: null, queueId: asId('texts'), agentId: asId('lena'), locale: 'en', dueAt: at, token: `token-${name}`, sentAt: null },
  ...more,
});

describe.each(databases)('surveys on $name', ({ open }) => {
  let under: DatabaseUnderTest;
  beforeAll(async () => {
    under = await open();
  });
  afterAll(() => under.close());
  const send = async (name: string, more: Partial<StoredSurvey> = {}) => {
    await surveyWrites.planSurvey(under.db, survey(name, more), 0);
    await surveyWrites.settleSurvey(under.db, idOf(name), { state: 'sent' }, at);
  };
  const answer = (score: number, text = '') => ({ score, highest: 5, text, at });

  it('ask a contact once, and an address or a person once since then', async () => {
    const contactId = asId<ContactId>('margaret');
    expect(await surveyWrites.planSurvey(under.db, survey('once', { contactId }), at)).toBe(true);
    expect(await surveyWrites.planSurvey(under.db, survey('once', { addressKey: '+1' }), at)).toBe(false);
    expect(await surveyWrites.planSurvey(under.db, survey('twice', { addressKey: '+44once' }), at - 1)).toBe(false);
    expect(await surveyWrites.planSurvey(under.db, survey('thrice', { contactId }), at - 1)).toBe(false);
    expect(await surveyWrites.planSurvey(under.db, survey('later', { contactId, dueAt: at + 9 }), at)).toBe(true);
  });

  it('are due until they are sent or dropped', async () => {
    await surveyWrites.planSurvey(under.db, survey('due-1', { dueAt: 5 }), at);
    await surveyWrites.planSurvey(under.db, survey('due-2', { dueAt: 6 }), at);
    expect(await surveyReads.nextSurveyAt(under.reads)).toBe(5);
    expect(await surveyReads.readDueSurveys(under.reads, 5, 9)).toEqual([survey('due-1', { dueAt: 5 })]);
    expect(await surveyReads.findSurveyByToken(under.reads, 'token-due-1')).toBeNull();
    await surveyWrites.settleSurvey(under.db, idOf('due-1'), { state: 'sent' }, at);
    await surveyWrites.settleSurvey(under.db, idOf('due-2'), { state: 'dropped', why: 'stopped' }, at);
    expect(await surveyReads.readDueSurveys(under.reads, 6, 9)).toEqual([]);
    expect(await surveyReads.findSurveyByToken(under.reads, 'token-due-1')).toMatchObject({ isAnswered: false, sentAt: at });
    expect(await surveyReads.findSurveyByToken(under.reads, 'token-due-2')).toBeNull();
  });

  it('are answered once; told again by the same message it is the same answer', async () => {
    await send('answered');
    expect(await surveyReads.findAskedSurvey(under.reads, 'line', '+44answered', at + 1, 'part-1')).toBeNull();
    expect(await surveyReads.findAskedSurvey(under.reads, 'line', '+44answered', at, 'part-1')).toMatchObject({
      interactionId: 'answered',
    });
    expect(await surveyWrites.answerSurvey(under.db, idOf('answered'), answer(4), 'part-1')).toBe(true);
    expect(await surveyWrites.answerSurvey(under.db, idOf('answered'), answer(4), 'part-1')).toBe(true);
    expect(await surveyWrites.answerSurvey(under.db, idOf('answered'), answer(1), 'part-2')).toBe(false);
    expect(await surveyReads.findAskedSurvey(under.reads, 'line', '+44answered', at, 'part-2')).toBeNull();
    const kept = await under.db.selectFrom('survey_answer').selectAll().where('interaction_id', '=', 'answered').execute();
    expect(kept).toMatchObject([{ score: 4, given_by: 'sms' }]);
  });

  it('that a stop came between are found: contacts nobody is asked about, and answers that no event says', async () => {
    const since = at + 1_000;
    const completed = (name: string, agentId: string | null): InteractionEvent => ({
      ...{ type: 'interaction:completed', id: asId<EventId>(`completed-${name}`), at: since, interactionId: idOf(name) },
      ...{ agentId: agentId === null ? null : asId(agentId), dispositionCode: 'solved', isAutomatic: false },
    });
    await send('planned');
    await eventWrites.appendEvents(under.db, [completed('planned', 'lena'), completed('missed', 'lena'), completed('unserved', null)]);
    expect(await surveyReads.readUnaskedContacts(under.reads, since, 9)).toEqual([
      { interactionId: 'missed', at: since, dispositionCode: 'solved' },
    ]);
    expect(await surveyReads.readUnaskedContacts(under.reads, since + 1, 9)).toEqual([]);

    await surveyWrites.answerSurvey(under.db, idOf('planned'), { ...answer(4), at: since }, 'part-9');
    const untold = [{ interactionId: 'planned', by: 'sms', score: 4, highest: 5 }];
    expect(await surveyReads.readUntoldAnswers(under.reads, since, 9)).toMatchObject(untold);
    const told = { by: 'sms', highest: 5, queueId: null, agentId: null } as const;
    const answered = (score: number): InteractionEvent => ({
      ...{ type: 'survey:answered', id: asId<EventId>(`told-${score}`), at: since, interactionId: idOf('planned'), score, ...told },
    });
    await eventWrites.appendEvents(under.db, [answered(3)]);
    expect(await surveyReads.readUntoldAnswers(under.reads, since, 9)).toMatchObject(untold);
    await eventWrites.appendEvents(under.db, [answered(4)]);
    expect(await surveyReads.readUntoldAnswers(under.reads, since, 9)).toEqual([]);
  });

  it('have one word more, on the line and within the time', async () => {
    await send('worded');
    await surveyWrites.answerSurvey(under.db, idOf('worded'), answer(2), 'part-1');
    expect(await surveyReads.findWordlessSurvey(under.reads, 'line', '+44worded', at + 1, 'Slow.')).toBeNull();
    expect(await surveyReads.findWordlessSurvey(under.reads, 'line', '+44worded', at, 'Slow.')).toMatchObject({ interactionId: 'worded' });
    expect(await surveyWrites.commentSurvey(under.db, idOf('worded'), 'Slow.')).toBe(true);
    expect(await surveyWrites.commentSurvey(under.db, idOf('worded'), 'Slow.')).toBe(true);
    expect(await surveyWrites.commentSurvey(under.db, idOf('worded'), 'Rude.')).toBe(false);
    expect(await surveyReads.findWordlessSurvey(under.reads, 'line', '+44worded', at, 'Rude.')).toBeNull();
  });

  it('have keys that were pressed among their answers, shown at the contact and gone with the person', async () => {
    await under.db.insertInto('person').values(mei).execute();
    const known = { contact_id: 'mei', number: '+8613', number_received: '+8613', presented_name: null };
    await under.db
      .insertInto('interaction')
      .values({ interaction_id: 'call', ...known, dialled: '1000', received_at: at })
      .execute();
    const entry = { entry_id: 'call', contact_id: 'mei', at, kind: 'call', title: 'Billing', interaction_id: 'call' };
    await under.db.insertInto('timeline_entry').values(entry).execute();
    const pressed = {
      type: 'ivr:surveyAnswered',
      flowId: 'survey',
      nodeId: 'ask',
      attribute: 'satisfaction',
      score: 3,
      highest: 5,
    } as const;
    const event: InteractionEvent = { ...pressed, id: asId<EventId>('pressed'), at, interactionId: idOf('call') };
    await eventWrites.appendEvents(under.db, [event]);
    const { items } = await readTimelineOf(under.reads, ['mei'], null, 9, 'all');
    expect(items).toMatchObject([{ rating: { score: 3, highest: 5, text: '' } }]);
    await send('theirs', { contactId: asId<ContactId>('mei') });
    await erasePerson(under.db, ['mei'], at);
    for (const table of ['survey', 'survey_answer'] as const) {
      const left = await under.db.selectFrom(table).selectAll().where('interaction_id', 'in', ['call', 'theirs']).execute();
      expect(left).toEqual([]);
    }
  });
});
