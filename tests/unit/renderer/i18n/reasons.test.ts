import { describe, expect, it } from 'vitest';
import { en as enTexts } from '../../../../renderer/i18n/en.ts';
import { formatsOf, type Language, needsText, type Text, whyParts, whySentence, whyText } from '../../../../renderer/i18n/index.ts';
import { zh as zhTexts } from '../../../../renderer/i18n/zh.ts';
import { decisionReasonCodes, idleReasonCodes, type Reason, type ReasonCode, waitReasonCodes } from '../../../../shared/contracts/queue.ts';
import { createI18n } from '../../../support/both-languages.ts';

/** The words of a language, failing where a text asks for a fact that it is not given: that would be a hole in the sentence. */
const words = (language: Language): Text => {
  const i18n = createI18n(language);
  const texts: Readonly<Record<string, string | undefined>> = language === 'zh' ? zhTexts : enTexts;
  return {
    t(key, facts = {}) {
      for (const written of [texts[key], texts[`${key}_one`], texts[`${key}_other`]])
        for (const [, fact = ''] of written?.matchAll(/\{\{(\w+)\}\}/g) ?? [])
          if (!(fact in facts)) throw new Error(`${key} is not given ${fact}`);
      return i18n.t(key, facts);
    },
    formats: formatsOf(language),
  };
};
const en = words('en');
const zh = words('zh');
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

const queue = { queueId: 'repairs', nameEn: 'Repairs, fibre', nameZh: '宽带报障' };
const agent = { agentId: 'ag-7', agent: 'Elif Kaya' };
/** Every fact that the router can give for each code. */
const facts: Readonly<Record<ReasonCode, Reason['facts']>> = {
  queueChosen: queue,
  skillMatched: { skill: 'billing', level: 4 },
  priority: { priority: 60 },
  aged: { priority: 40, points: 12, waitedMs: 192_000 },
  bypass: { tier: 'diamond' },
  returned: {},
  waitedLongest: { waitedMs: 192_000, ofItems: 4 },
  ringWidened: { ring: 2, afterMs: 210_000, needs: 'technical >= 2' },
  lastAgent: { waitedMs: 12_000 },
  accountManager: { waitedMs: 12_000 },
  agreed: { waitedMs: 12_000 },
  onlyAgentFree: {},
  longestIdle: { idleMs: 252_000, ofAgents: 3 },
  roundRobin: { ofAgents: 5 },
  leastBusy: { load: 25, ofAgents: 4 },
  bestSkill: { score: 9, ofAgents: 4 },
  ringAll: { ofAgents: 3 },
  weighted: { weight: 2, ofAgents: 4 },
  returnedAfterNoAnswer: { times: 2 },
  movedFrom: queue,
  queueClosed: queue,
  queueFull: { ...queue, waiting: 20, most: 20 },
  waitedTooLong: { ...queue, waitedMs: 601_000, limitMs: 600_000 },
  overflowed: { ...queue, afterMs: 120_000 },
  supervisorMoved: {},
  supervisorGave: {},
  askedFor: { agentId: 'lena', agent: 'Lena' },
  itemRings: { ...agent, sinceMs: 4_000, leftMs: 16_000 },
  itemSnoozed: { ...agent, leftMs: 3_600_000 },
  itemForCustomer: agent,
  itemAssigned: agent,
  itemUnknown: {},
  positionInQueue: { ...queue, position: 2, ofItems: 4, waitedMs: 192_000 },
  outranked: { count: 2, priority: 60, ownPriority: 40, ownPoints: 12 },
  queueIsClosed: queue,
  needsSkills: { needs: 'technical >= 3 and german', agents: 4 },
  nobodyQualifies: { needs: 'technical >= 9' },
  nobodySignedIn: { agents: 3 },
  qualifiedBusy: { engaged: 3, wrappingUp: 0, ringing: 0, notReady: 1, notReachable: 0, signedOut: 0, full: 0 },
  likelyNext: { ...agent, busyMs: 400_000, usualMs: 430_000 },
  widensAt: { inMs: 18_000, needs: 'technical >= 2', more: 3, free: 1 },
  waitsForPreferred: { ...agent, kind: 'accountManager', leftMs: 20_000 },
  restsAfterMiss: { agents: 2, inMs: 15_000 },
  overflowsAt: { ...queue, inMs: 30_000 },
  givesUpAt: { inMs: 30_000 },
  expectedWait: { waitMs: 95_000, position: 2, averageMs: 430_000, agents: 9 },
  agentUnknown: {},
  agentSignedOut: { sinceMs: 60_000 },
  agentNotReady: { reason: 'meal', sinceMs: 1_100_000 },
  agentNotReachable: { sinceMs: 41_000 },
  agentSupervising: { sinceMs: 41_000 },
  agentRinging: { sinceMs: 4_000 },
  agentEngaged: { works: 2, sinceMs: 402_000 },
  agentWrappingUp: { sinceMs: 31_000 },
  agentFull: { load: 100 },
  agentHasNoQueues: {},
  agentTakenOutOf: queue,
  queueHasNothing: { queues: 3 },
  queueNeedsMore: { ...queue, waiting: 4, needs: 'technical >= 3', inMs: -1 },
  queueHeldForOthers: { ...queue, count: 2 },
  queueOthersFirst: { ...queue, before: 2 },
  agentLastOffered: { sinceMs: 780_000 },
};
const codes: readonly ReasonCode[] = [...decisionReasonCodes, ...waitReasonCodes, ...idleReasonCodes];
const voices = [{}, { about: 'Sam Ito' }, { about: null }] as const;
/** A sentence that ends, with no hole, no key and no separator left in it. */
const whole = /^(?!.*(undefined|null|NaN|[{}]|\||(?:why|they)\.\w)).+[.。]$/u;

describe('reasons as sentences', () => {
  it.each(codes)('are whole with every fact, with none and with each one missing: %s', (code) => {
    const all = facts[code];
    const given: readonly Reason['facts'][] = [
      all,
      {},
      ...Object.keys(all).map((missing) => Object.fromEntries(Object.entries(all).filter(([name]) => name !== missing))),
    ];
    for (const language of [en, zh])
      for (const voice of voices)
        for (const each of given) expect(whySentence(language, { code, facts: each }, voice), JSON.stringify(each)).toMatch(whole);
  });

  it.each(codes)('use what they are told: %s', (code) => {
    if (Object.keys(facts[code]).length === 0 || ['lastAgent', 'accountManager', 'agreed'].includes(code)) return;
    for (const language of [en, zh])
      expect(whySentence(language, { code, facts: facts[code] })).not.toBe(whySentence(language, { code, facts: {} }));
  });

  it.each(codes)('are their own words for each code: %s', (code) => {
    for (const language of [en, zh]) expect(whySentence(language, { code, facts: {} })).not.toBe(whyText(language, []));
  });

  it('speak to the agent, and of the agent to the supervisor', () => {
    const reason: Reason = { code: 'longestIdle', facts: facts.longestIdle };
    expect(plain(whySentence(en, reason))).toBe('You were free for 4 min 12 s, the longest of 3.');
    expect(plain(whySentence(en, reason, { about: 'Sam Ito' }))).toBe('Sam Ito was free for 4 min 12 s, the longest of 3.');
    expect(plain(whySentence(zh, reason, { about: '吴凯' }))).toBe('在 3 位符合条件的坐席中，吴凯空闲时间最长（4 分 12 秒）。');
  });

  it('tell of no menu where somebody wrote', () => {
    const chosen: Reason = { code: 'queueChosen', facts: { queueId: 'mail', nameEn: 'Mails', nameZh: '客户邮件', channel: 'email' } };
    expect([whySentence(en, chosen), whySentence(zh, chosen)]).toEqual(['It came in for Mails.', '该服务进入了客户邮件。']);
  });

  it('say of written work that it is offered, as it does not ring', () => {
    const mail = { channel: 'email' };
    const said = (reason: Reason, words = en) => plain(whySentence(words, reason, { about: 'Sam Ito' }));
    expect(said({ code: 'itemRings', facts: { ...facts.itemRings, ...mail } })).toBe(
      'It is offered to Elif Kaya now, with 16 s left to take it.',
    );
    expect(said({ code: 'agentRinging', facts: { ...facts.agentRinging, ...mail } })).toMatch(/^Sam Ito is offered a contact\./);
    expect(said({ code: 'qualifiedBusy', facts: { ringing: 2, ...mail } })).toContain('2 offered one');
    for (const code of ['itemRings', 'agentRinging', 'qualifiedBusy'] as const)
      expect(said({ code, facts: { ...facts[code], ringing: 1, ...mail } }, zh)).not.toContain('振铃');
  });

  it('tell in two halves why somebody still waits', () => {
    const parts = (code: ReasonCode, words = en) => {
      const { lead, more } = whyParts(
        words,
        { code, facts: facts[code] },
        {
          skills: new Map([
            ['technical', 'Fibre'],
            ['german', 'German'],
          ]),
        },
      );
      return [plain(lead), more === null ? null : plain(more)];
    };
    expect(parts('needsSkills')).toEqual(['It needs Fibre 3 and German.', '4 people have that.']);
    expect(parts('qualifiedBusy')).toEqual(['Those who could take it are not free:', '3 in a conversation, 1 not ready.']);
    expect(parts('likelyNext')).toEqual(['Elif Kaya is the likeliest next,', 'at 6 min 40 s of a usual 7 min 10 s.']);
    expect(parts('widensAt')).toEqual(['In 18 s the search widens to Fibre 2.', '3 more people then qualify; free now: 1.']);
    expect(parts('outranked')).toEqual(['2 go before it,', 'the first with priority 60 against its 40 + 12 for waiting.']);
    expect(parts('outranked', zh)).toEqual(['前面有 2 位优先，', '首位优先级 60，该客户为 40 + 等待加成 12。']);
  });

  it('write a skill expression as people say it', () => {
    const skills = new Map([['french', 'French']]);
    expect(needsText(en, '(french >= 4 or german > 2) and billing = 5', skills)).toBe('(French 4 or german above 2) and Billing exactly 5');
    expect(needsText(zh, 'billing >= 5 and technical')).toBe('账务 5 级 且 技术');
    expect(needsText(en, '')).toBeNull();
    expect(needsText(en, 'billing >=')).toBe('billing >=');
  });

  it('say that everybody is asked for when nothing in particular is needed', () => {
    expect(plain(whySentence(en, { code: 'widensAt', facts: { inMs: 5_000, needs: '', more: 2, free: 0 } }))).toBe(
      'In 5 s the search widens to everybody. 2 more people then qualify; free now: 0.',
    );
    expect(whySentence(en, { code: 'needsSkills', facts: { needs: '', agents: 1 } })).toBe(
      'It asks for no skill. One person could take it.',
    );
  });
});
