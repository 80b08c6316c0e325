import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MessageFacts, MessageRules, tryMessageRules, writtenLanguage } from '../../../cti-bridge/interactions/index.ts';
import { type MessageRule, writtenChannels } from '../../../shared/contracts/messages/settings.ts';

type When = MessageRule['when'];
type Then = MessageRule['then'];
const always: When = { channels: [], sources: [], from: [], words: [], languages: [], tiers: [] };
const nothing: Then = { queue: null, needs: '', priority: null, answerWithinMinutes: null };
const rule = (id: string, when: Partial<When>, then: Partial<Then> = {}, isOn = true): MessageRule => ({
  ...{ id, name: { en: id, zh: id }, isOn },
  when: { ...always, ...when },
  then: { ...nothing, ...then },
});
const mail = (more: Partial<MessageFacts> = {}): MessageFacts => ({
  ...{ channel: 'email', sourceId: 'care', queueId: 'mail', from: ['ada@example.com'], subject: 'Question', tier: null },
  text: 'When will you be open?',
  ...more,
});
const decidedBy = (rules: readonly MessageRule[], message: MessageFacts) => new MessageRules(rules).classify(message).ruleId;

describe('where a message goes', () => {
  it('is the queue of its source where no rule holds', () => {
    expect(new MessageRules([rule('a', { channels: ['sms'] })]).classify(mail())).toEqual({
      ...{ queueId: 'mail', needs: '', priority: null, answerWithinMs: null, language: 'en', ruleId: null, why: [] },
    });
  });

  it('is said by the first rule that holds, with what of it held', () => {
    const rules = [
      rule('off', {}, { queue: 'nowhere' }, false),
      rule('chats', { channels: ['chat'] }),
      rule(
        'angry',
        { words: ['refund', '投诉', 'complaint'], sources: ['care'] },
        { needs: 'general >= 4', priority: 9, answerWithinMinutes: 30 },
      ),
      rule('all', {}, { queue: 'other' }),
    ];
    const judge = new MessageRules(rules);
    expect(judge.classify(mail({ subject: 'A COMPLAINT' }))).toEqual({
      ...{ queueId: 'mail', needs: 'general >= 4', priority: 9, answerWithinMs: 1_800_000, language: 'en', ruleId: 'angry' },
      why: [
        { condition: 'sources', found: 'care' },
        { condition: 'words', found: 'complaint' },
      ],
    });
    expect(judge.classify(mail())).toMatchObject({ queueId: 'other', ruleId: 'all', why: [] });
  });

  it('asks for all conditions of a rule', () => {
    const rules = [rule('vip', { tiers: ['gold', 'diamond'], languages: ['zh'], from: ['@example.com'] })];
    const text = '请帮我查一下账单';
    expect(decidedBy(rules, mail({ text, tier: 'gold' }))).toBe('vip');
    expect(decidedBy(rules, mail({ text, tier: 'silver' }))).toBe(null);
    expect(decidedBy(rules, mail({ text, tier: null }))).toBe(null);
    expect(decidedBy(rules, mail({ tier: 'gold' }))).toBe(null);
    expect(decidedBy(rules, mail({ text, tier: 'gold', from: ['ada@example.org'] }))).toBe(null);
  });

  it('knows senders by address, domain and the beginning of a number', () => {
    const holds = (listed: string, ...from: string[]) => decidedBy([rule('it', { from: [listed] })], mail({ from })) === 'it';
    expect(holds('Ada@Example.com', 'ada@example.com')).toBe(true);
    expect(holds('@example.com', 'Ada@EXAMPLE.COM')).toBe(true);
    expect(holds('@example.com', 'ada@notexample.com')).toBe(false);
    expect(holds('@example.com', 'ada@mail.example.com')).toBe(false);
    expect(holds('da@example.com', 'ada@example.com')).toBe(false);
    expect(holds('+86 138', '+8613800001111')).toBe(true);
    expect(holds('138', '+8613800001111', '13800001111')).toBe(true);
    expect(holds('139', '+8613800001111', '13800001111')).toBe(false);
    expect(holds('1', 'ada1@example.com')).toBe(false);
    expect(holds('-', '+8613800001111')).toBe(false);
    expect(holds('@example.com')).toBe(false);
  });

  it('takes no word from the end of the subject and the beginning of the text', () => {
    const rules = [rule('it', { words: ['投诉', 'cancel contract'] })];
    expect(decidedBy(rules, mail({ subject: '投', text: '诉' }))).toBe(null);
    expect(decidedBy(rules, mail({ subject: 'cancel', text: 'contract' }))).toBe(null);
  });

  it('is the same whatever rules that are off or hold for nothing stand between', () => {
    const when = fc.record({
      channels: fc.subarray([...writtenChannels]),
      sources: fc.subarray(['care', 'shop']),
      from: fc.subarray(['@example.com', '+86', 'ada@example.com']),
      words: fc.subarray(['bill', '账单', 'open', 'b']),
      languages: fc.subarray(['en', 'zh'] as const),
      tiers: fc.subarray(['gold', 'standard'] as const),
    });
    const message = fc.record({
      channel: fc.constantFrom(...writtenChannels),
      sourceId: fc.constantFrom('care', 'shop', 'letters'),
      queueId: fc.constant('mail'),
      from: fc.subarray(['ada@example.com', '+8613800001111', 'eve@example.org']),
      subject: fc.constantFrom('', 'bill', '账单', 'Re: OPEN'),
      text: fc.string({ unit: fc.constantFrom('bill', ' ', '账', '单', 'b', '\n') }),
      tier: fc.constantFrom(null, 'gold', 'silver'),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(when, fc.boolean()), { maxLength: 6 }), message, (made, facts) => {
        const rules = made.map(([conditions, isOn], n) => rule(String(n), conditions, { queue: `q${n}` }, isOn));
        const { ruleId, queueId } = new MessageRules(rules).classify(facts);
        const alone = rules.find((one) => decidedBy([one], facts) !== null);
        expect(ruleId).toBe(alone?.id ?? null);
        expect(queueId).toBe(alone?.then.queue ?? 'mail');
      }),
      { numRuns: 300 },
    );
  });
});

describe('the language of a message', () => {
  it.each([
    ['When will you be open?', 'en'],
    ['你好', 'zh'],
    ['请问 iPhone 15 Pro Max 什么时候有货', 'zh'],
    ['Dear 王小姐, thank you for your mail of yesterday', 'en'],
    ['OK 谢谢', 'zh'],
    ['收到 https://shop.example/a/very/long/address?with=words ada@example.com', 'zh'],
    ['13800001111', null],
    ['', null],
    ['こんにちは、注文について', null],
    ['Здравствуйте', null],
  ])('of “%s” is %s', (text, language) => expect(writtenLanguage(text)).toBe(language));

  it('is that of the subject where the text has none', () => {
    const { language } = new MessageRules([]).classify(mail({ subject: '账单', text: '\n' }));
    expect(language).toBe('zh');
  });
});

describe('rules tried on messages of before', () => {
  const rules = [
    rule('bills', { words: ['bill'] }, { queue: 'billing' }),
    rule('english', { languages: ['en'] }),
    rule('off', {}, {}, false),
  ];

  it('tell which messages they decide, which they leave to earlier rules, and what would go elsewhere', () => {
    const trial = tryMessageRules(rules, [
      { ...mail({ subject: 'My bill' }), id: 'one', wentTo: 'mail' },
      { ...mail(), id: 'two', wentTo: 'mail' },
      { ...mail({ text: '你好', subject: '' }), id: 'three', wentTo: null },
    ]);
    expect(trial).toEqual({
      messages: 3,
      rules: [
        { ruleId: 'bills', count: 1, ids: ['one'], leftToEarlier: 0 },
        { ruleId: 'english', count: 1, ids: ['two'], leftToEarlier: 1 },
        { ruleId: 'off', count: 0, ids: [], leftToEarlier: 0 },
      ],
      without: { count: 1, ids: ['three'] },
      queues: [
        { queueId: 'mail', now: 2, then: 2 },
        { queueId: 'billing', now: 0, then: 1 },
      ],
      moved: { count: 1, moves: [{ id: 'one', from: 'mail', to: 'billing' }] },
    });
  });

  it('count all messages, and name the first of them', () => {
    const many = Array.from({ length: 120 }, (_each, n) => ({ ...mail({ subject: 'bill' }), id: String(n), wentTo: 'mail' }));
    const { messages, rules: tried, moved } = tryMessageRules(rules, many);
    expect([messages, tried[0]?.count, tried[0]?.ids.length, moved.count, moved.moves.length]).toEqual([120, 120, 50, 120, 50]);
  });
});
