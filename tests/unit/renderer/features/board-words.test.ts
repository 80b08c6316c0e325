import { describe, expect, it } from 'vitest';
import { alertWords, causeText, formulaText } from '../../../../renderer/features/board/words.ts';
import { formatsOf, type Language, type Text } from '../../../../renderer/i18n/index.ts';
import { type BoardAlert, boardFormulas } from '../../../../shared/contracts/board.ts';
import { reservationCauseSchema } from '../../../../shared/contracts/interaction.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { stageBoard } from '../../../support/ui-stage/floor.ts';

const words = (language: Language): Text => {
  const i18n = createI18n(language);
  return { t: (key, facts) => i18n.t(key, facts ?? {}), formats: formatsOf(language) };
};
const en = words('en');
const zh = words('zh');
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const board = stageBoard(1_700_000_000_000);
const whole = /^(?!.*(undefined|null|NaN|\{\{|board\.)).+[.。]$/u;

describe('how numbers are made', () => {
  it.each(boardFormulas)('is told in both languages: %s', (formula) => {
    for (const text of [en, zh])
      for (const rows of [board.queues, board.queues.slice(0, 1), []]) expect(formulaText(text, formula, rows)).toMatch(whole);
  });

  it('says the service level as it is counted, with the threshold of the queue', () => {
    const rows = board.queues.slice(0, 1);
    expect(plain(formulaText(en, 'serviceLevel', rows))).toMatch(
      /^Answered within 20 s ÷ \(answered \+ abandoned after 20 s\)\. Who abandoned earlier counts neither way\./,
    );
    expect(plain(formulaText(zh, 'serviceLevel', rows))).toMatch(/^20 秒内接听 ÷（接听 \+ 20 秒后放弃）。在此之前放弃的不计入。/);
  });

  it('names no threshold where the queues have different ones, and says how shares are summed', () => {
    const rows = board.queues.map((row, index) => ({ ...row, target: { ...row.target, thresholdMs: 1_000 * (index + 1) } }));
    expect(formulaText(en, 'serviceLevel', rows)).toContain('Answered within the queue’s threshold');
    expect(formulaText(en, 'serviceLevel', rows)).toContain('shares are made of the summed numbers');
    expect(formulaText(en, 'waiting', rows)).not.toContain('summed');
  });

  it('never rounds a share up to its target', () => {
    expect(en.formats.percent(79.99)).toBe('79%');
    expect(en.formats.percent(80)).toBe('80%');
    expect(en.formats.percent(null)).toBe('–');
    expect(en.formats.percent(2.66, 1)).toBe('2.7%');
  });
});

describe('alerts', () => {
  const codes = ['waiting', 'longestWait', 'serviceLevel', 'agentNotReachable', 'agentMissedOffers', 'longWork'] as const;
  const facts: Readonly<Record<(typeof codes)[number], BoardAlert['facts']>> = {
    waiting: { waiting: 7, above: 5 },
    longestWait: { waitedMs: 192_000, aboveMs: 120_000 },
    serviceLevel: { percent: 58.2, below: 60, of: 40 },
    agentNotReachable: {},
    agentMissedOffers: { cause: 'noAnswer' },
    longWork: { workedMs: 845_000, usualMs: 430_000, queueId: 'repairs' },
  };
  const alert = (code: (typeof codes)[number], given: BoardAlert['facts'], id?: string): BoardAlert => ({
    alertId: code,
    since: board.at,
    severity: 'warning',
    subject:
      code.startsWith('agent') || code === 'longWork'
        ? { kind: 'agent', agentId: id ?? 'ag-3' }
        : { kind: 'queue', queueId: id ?? 'repairs' },
    code,
    facts: given,
  });

  it.each(codes)('are told with their facts, without them, and about somebody who is gone: %s', (code) => {
    for (const text of [en, zh])
      for (const each of [alert(code, facts[code]), alert(code, {}), alert(code, {}, 'gone')]) {
        const { title, detail } = alertWords(text, each, board);
        expect(title).toMatch(/^(?!.*(undefined|NaN|\{\{|board\.)).+$/u);
        expect(detail).toMatch(/^(?!.*(undefined|NaN|\{\{|board\.)).*$/u);
      }
  });

  it('say what is exceeded, and how things stand', () => {
    expect(alertWords(en, alert('serviceLevel', facts.serviceLevel), board)).toEqual({
      title: 'Repairs, fibre below 60%',
      detail: '4 waiting, 0 free. 14 abandoned today.',
    });
    expect(plain(alertWords(zh, alert('longWork', facts.longWork), board).detail)).toBe('已处理 14 分 5 秒，此类通常 7 分 10 秒。');
    // Nothing is usual yet.
    expect(plain(alertWords(en, alert('longWork', { workedMs: 600_000, usualMs: 0 }), board).detail)).toBe('In hand for 10 min.');
  });
});

describe('causes of an offer that ended', () => {
  it.each(reservationCauseSchema.options)('have words: %s', (cause) => {
    for (const text of [en, zh]) expect(causeText(text, cause)).toMatch(/^(?!.*board\.).+[.。]$/u);
  });
});
