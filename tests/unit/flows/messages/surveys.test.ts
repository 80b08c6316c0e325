import { describe, expect, it } from 'vitest';
import { readScore } from '../../../../cti-bridge/flows/messages/answer-by-text.ts';
import type { BusinessEvent, StoredConversation, SurveySubject } from '../../../../cti-bridge/interactions/index.ts';
import { demoWrittenContacts } from '../../../../cti-bridge/store/seed/written-contacts.ts';
import type { SurveyConfiguration } from '../../../../shared/contracts/messages/settings.ts';
import { days, minutes } from '../../../../shared/duration.ts';
import { type AgentId, asId, type ConversationId, type EventId, type InteractionId, type QueueId } from '../../../../shared/ids.ts';
import { margaret } from '../fakes.ts';
import { type WrittenHouse, writtenHouse } from './written-house.ts';

const [line] = demoWrittenContacts(false).smsLines;
const number = '+447700900142';

function houseThatAsks(change: Partial<SurveyConfiguration> = {}) {
  const house = writtenHouse({ smsLines: line ? [line] : [] });
  const [survey] = demoWrittenContacts(false).surveys;
  if (!survey || !line) throw new Error('The demo has no survey or no line.');
  const by = { voice: 'sms', email: 'email', sms: 'sms', chat: 'none', document: 'none' } as const;
  const asked = { ...survey, by, smsLine: line.id, address: 'https://care.example', notAgainWithinDays: 14, ...change };
  (house.configuration as { surveys: readonly SurveyConfiguration[] }).surveys = [asked];
  return house;
}

const conversation = (channel: 'email' | 'sms'): StoredConversation => ({
  ...{ conversationId: asId<ConversationId>(`${channel}-1`), channel, sourceId: channel === 'sms' ? (line?.id ?? '') : 'care' },
  ...{ addressKey: channel === 'sms' ? number : 'wang@example.cn', address: channel === 'sms' ? number : 'wang@example.cn' },
  ...{ name: 'Wang', subject: null, contactId: null, locale: 'en', startedAt: 0, lastAt: 0, lastSeq: 1, threadToken: null },
  ...{ tokenDigest: null, page: null, visitorSeq: 0, agentSeq: 0 },
});

const afterText = (change: Partial<SurveySubject> = {}): SurveySubject => ({
  ...{ channel: 'sms', queueId: asId<QueueId>('texts'), agentId: asId<AgentId>('lena'), contactId: null, number: null },
  ...{ conversation: conversation('sms'), internetId: null, isAutomatic: false },
  ...change,
});
const afterMail = () => afterText({ channel: 'email', conversation: conversation('email') });
const afterCall = () => afterText({ channel: 'voice', conversation: null, number });

/** An agent is done with it. */
async function completes(
  house: WrittenHouse,
  name: string,
  subject: SurveySubject,
  fact: { agentId?: AgentId | null; dispositionCode?: string } = {},
) {
  const { surveys: kept, store, messages, clock } = house;
  const interactionId = asId<InteractionId>(name);
  kept.subjects.set(name, subject);
  if (subject.conversation) store.conversations.set(subject.conversation.conversationId, subject.conversation);
  const event = { type: 'interaction:completed', agentId: 'lena', dispositionCode: 'solved', isAutomatic: false, ...fact };
  messages.surveys.listener({ ...event, interactionId, id: name as EventId, at: clock.now() } as BusinessEvent);
  await messages.surveys.settled();
}

async function passes(house: WrittenHouse, ms: number) {
  await house.clock.run(ms);
  await house.messages.surveys.settled();
  await house.clock.run(0);
}

async function writes(house: WrittenHouse, text: string) {
  const { messages, clock } = house;
  await messages.arrivals.keepText({
    ...{ sourceId: line?.id ?? '', onceKey: null, receivedAt: clock.now(), from: number, to: line?.number ?? '', text, part: null },
  });
  await clock.run(0);
}

const answeredEvents = (house: WrittenHouse) => house.events.filter(({ type }) => type === 'survey:answered');

describe('a survey', () => {
  it('asks by text message some minutes after a text, and a number that comes back is the answer and nobody’s work', async () => {
    const house = houseThatAsks();
    await completes(house, 'contact-1', afterText());
    await passes(house, minutes(1));
    expect(house.sent).toEqual([]);
    await passes(house, minutes(1));
    expect(house.sent).toMatchObject([{ to: number, text: expect.stringMatching(/satisfied.*\n.*1 \(poor\) to 5/) }]);
    await writes(house, ' 4 分。');
    expect(house.surveys.answers.get('contact-1')).toMatchObject({ score: 4, highest: 5 });
    expect(answeredEvents(house)).toMatchObject([{ interactionId: 'contact-1', by: 'sms', score: 4, queueId: 'texts', agentId: 'lena' }]);
    expect(house.sent.at(-1)).toMatchObject({ to: number, text: 'Thank you for your answer.\nWhat could we do better?' });
    expect(house.store.works.size).toBe(0);
    await writes(house, '5');
    expect(house.surveys.answers.get('contact-1')).toMatchObject({ score: 4 });
    expect(house.store.works.size).toBe(1);
  });

  it('takes anything but a number alone, and a number that comes too late, as a message like any other', async () => {
    const house = houseThatAsks();
    await completes(house, 'contact-1', afterText());
    await passes(house, minutes(2));
    await writes(house, '4 lines are down');
    expect(house.store.works.size).toBe(1);
    const late = houseThatAsks();
    await completes(late, 'contact-1', afterText());
    await passes(late, minutes(2));
    await passes(late, days(2) + 1);
    await writes(late, '4');
    expect(late.surveys.answers.size).toBe(0);
    expect(late.store.works.size).toBe(1);
  });

  it('takes the text after the number as the word that was asked for, once, and as nobody’s work', async () => {
    const house = houseThatAsks();
    await completes(house, 'contact-1', afterText());
    await passes(house, minutes(2));
    await writes(house, '2');
    await writes(house, 'Nobody called back.');
    expect(house.surveys.answers.get('contact-1')).toMatchObject({ score: 2, text: 'Nobody called back.' });
    expect(house.store.works.size).toBe(0);
    expect(house.sent).toHaveLength(2);
    await writes(house, 'My line is down.');
    expect(house.surveys.answers.get('contact-1')).toMatchObject({ text: 'Nobody called back.' });
    expect(house.store.works.size).toBe(1);
  });

  it('takes no text as a word that was not asked for, that comes too late, or that is for who writes with them', async () => {
    const none = { en: '', zh: '' };
    const unasked = houseThatAsks({ comment: none });
    const late = houseThatAsks();
    const busy = houseThatAsks();
    for (const house of [unasked, late, busy]) {
      await completes(house, 'contact-1', afterText());
      await passes(house, minutes(2));
      await writes(house, '2');
    }
    expect(unasked.sent.at(-1)).toMatchObject({ text: 'Thank you for your answer.' });
    await passes(late, days(2) + 1);
    await writes(busy, '1');
    for (const house of [unasked, late, busy]) {
      await writes(house, 'My line is down.');
      expect(house.surveys.answers.get('contact-1')?.text).toBe('');
      expect(house.store.works.size).toBe(1);
    }
  });

  it('is made up for at a start: who was not asked is, and an answer that is not in the figures comes there', async () => {
    const house = houseThatAsks();
    const { surveys: kept, messages, clock } = house;
    const closed = (name: string, dispositionCode = 'solved') => ({
      interactionId: asId<InteractionId>(name),
      at: clock.now(),
      dispositionCode,
    });
    kept.unasked = [closed('spam', 'spam'), closed('contact-1')];
    kept.subjects.set('spam', afterText()).set('contact-1', afterText());
    const { conversation: theirs } = afterText();
    if (theirs) house.store.conversations.set(theirs.conversationId, theirs);
    const answer = { by: 'email', score: 3, highest: 5, queueId: null, agentId: asId<AgentId>('lena') } as const;
    kept.untold = [{ interactionId: asId('mail-1'), ...answer }];
    messages.surveys.resume();
    await messages.surveys.settled();
    expect([...kept.kept.keys()]).toEqual(['contact-1']);
    expect(answeredEvents(house)).toMatchObject([{ interactionId: 'mail-1', ...answer }]);
    await passes(house, minutes(2));
    expect(house.sent).toMatchObject([{ to: number }]);
  });

  it('asks after a call on the number that called', async () => {
    const house = houseThatAsks();
    await completes(house, 'call-1', afterCall());
    await passes(house, minutes(2));
    expect(house.sent).toMatchObject([{ to: number }]);
  });

  it('asks after a mail by links, which a look at them does not answer', async () => {
    const house = houseThatAsks();
    await completes(house, 'mail-1', afterMail());
    await passes(house, minutes(2));
    expect(house.sent[0]).toMatchObject({
      isAutomatic: true,
      to: [{ address: 'wang@example.cn' }],
      text: expect.stringContaining('https://care.example/s/'),
    });
    const { surveys } = house.messages;
    const token = house.surveys.kept.get('mail-1')?.token ?? '';
    expect(await surveys.open(token)).toMatchObject({ state: 'open', locale: 'en', highest: 5 });
    expect(house.surveys.answers.size).toBe(0);
    expect(await surveys.answer(token, 9, '')).toMatchObject({ state: 'open' });
    expect(await surveys.answer(token, 5, 'Quick.')).toMatchObject({ state: 'answered' });
    expect(await surveys.answer(token, 1, '')).toMatchObject({ state: 'answered' });
    expect(house.surveys.answers.get('mail-1')).toMatchObject({ score: 5, text: 'Quick.' });
    expect(answeredEvents(house)).toHaveLength(1);
    expect(await surveys.open('somebody-guesses')).toBeNull();
  });

  it('lets a link grow too old', async () => {
    const house = houseThatAsks();
    await completes(house, 'mail-1', afterMail());
    await passes(house, minutes(2));
    await passes(house, days(31));
    const token = house.surveys.kept.get('mail-1')?.token ?? '';
    expect(await house.messages.surveys.answer(token, 5, '')).toMatchObject({ state: 'expired' });
    expect(house.surveys.answers.size).toBe(0);
  });

  it('asks the same person once in its days, and once about a contact, also when it is sent again after a stop', async () => {
    const house = houseThatAsks();
    await completes(house, 'contact-1', afterText());
    await completes(house, 'contact-2', afterText());
    await passes(house, minutes(2));
    expect(house.sent).toHaveLength(1);
    const kept = house.surveys.kept.get('contact-1');
    if (kept) house.surveys.kept.set('contact-1', { ...kept, state: 'due', sentAt: null });
    house.messages.surveys.wake();
    await passes(house, 0);
    expect(house.sent).toHaveLength(1);
    await passes(house, days(15));
    await completes(house, 'contact-3', afterText());
    await passes(house, minutes(2));
    expect(house.sent).toHaveLength(2);
  });

  it('asks nobody who does not want it, no program, and nobody whom no agent served', async () => {
    const house = houseThatAsks();
    await completes(house, 'unserved', afterText(), { agentId: null });
    await completes(house, 'spam', afterText(), { dispositionCode: 'spam' });
    await completes(house, 'program', { ...afterMail(), isAutomatic: true });
    const noReply = { ...conversation('email'), addressKey: 'no-reply@shop.example' };
    await completes(house, 'no-reply', { ...afterMail(), conversation: noReply });
    // Her record says that she wants no mails of this kind.
    await completes(house, 'no-consent', { ...afterMail(), contactId: asId(margaret.contactId) });
    expect(house.surveys.kept.size).toBe(0);
    await completes(house, 'stopped', afterText());
    house.store.isStopped = async () => true;
    await passes(house, minutes(2));
    expect(house.sent).toEqual([]);
    expect(house.surveys.kept.get('stopped')?.state).toBe('dropped');
  });
});

describe('a number that was written', () => {
  it.each([
    ['5', 5],
    [' ３ ', 3],
    ['4!', 4],
    ['2分', 2],
    ['5 stars', 5],
    ['6', null],
    ['0', null],
    ['45', null],
    ['4 lines', null],
    ['', null],
  ])('%j is %j', (text, score) => expect(readScore(text)).toBe(score));
});
