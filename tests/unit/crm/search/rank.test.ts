import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey, rankCandidates, type SearchCandidate, searchQuery, searchTokens } from '../../../../cti-bridge/crm/index.ts';

function person(id: string, title: string, more: Partial<SearchCandidate> = {}): SearchCandidate {
  const companies = more.subtitle ? [more.subtitle] : [];
  return {
    ...{ kind: 'person', id, contactId: id, groupId: id, title, nameKey: nameKey(title), subtitle: null, tier: 'standard' },
    ...{ isKeyAccount: false, lastUsedAt: null, by: { kind: 'words', tokens: searchTokens({ personNames: [title], companies }) } },
    ...more,
  };
}
const byNumber = (isExact: boolean) => ({ by: { kind: 'number', value: '+8613900004126', isExact } as const });
const ids = (typed: string, candidates: readonly SearchCandidate[], limit = 20) =>
  rankCandidates(candidates, searchQuery(typed), limit).map((hit) => hit.id);

describe('the order of what was found', () => {
  it('is: whole numbers and ids, exactly the name, names that begin so, words of names, pinyin, parts of numbers, the rest', () => {
    const candidates = [
      person('other', 'Ann Field', { subtitle: 'Lin Brothers' }),
      person('part', 'Part Number', byNumber(false)),
      person('pinyin', '林芳'),
      person('word', 'Maya Lin'),
      person('begins', 'Linda Moor'),
      person('exact', 'LIN'),
      person('whole', 'Whole Number', byNumber(true)),
    ];
    expect(ids('lin', candidates)).toEqual(['whole', 'exact', 'begins', 'word', 'pinyin', 'part', 'other']);
  });

  it('puts key accounts first among equals, then who was in touch last, then by name', () => {
    const candidates = [
      person('b', '陈志远', { lastUsedAt: 5 }),
      person('a', '陈志远', { lastUsedAt: 9 }),
      person('key', '陈志远', { isKeyAccount: true }),
      person('d', '陈志远'),
      person('c', '陈志远'),
    ];
    expect(ids('陈志远', candidates)).toEqual(['key', 'a', 'b', 'c', 'd']);
  });

  it('does not depend on the order in which they were found', () => {
    const names = ['陈志远', '陈志', '志远', 'Chen Zhi', '王陈', 'Zhiyuan'];
    const some = fc.array(
      fc.record({
        id: fc.constantFrom('p1', 'p2', 'p3', 'p4'),
        name: fc.constantFrom(...names),
        key: fc.boolean(),
        at: fc.nat(3),
        part: fc.boolean(),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(some, fc.constantFrom('陈', '陈志远', 'zhi', 'czy'), fc.nat(), (made, typed, turn) => {
        const all = made.map(({ id, name, key, at, part }) =>
          person(id, name, { isKeyAccount: key, lastUsedAt: at, ...(part ? byNumber(false) : {}) }),
        );
        const at = turn % (all.length + 1);
        const turned = [...all.slice(at), ...all.slice(0, at)].reverse();
        const shown = rankCandidates(all, searchQuery(typed), 20);
        expect(shown.map(({ id, matched }) => [id, matched])).toEqual(
          rankCandidates(turned, searchQuery(typed), 20).map(({ id, matched }) => [id, matched]),
        );
        expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length);
      }),
    );
  });

  it('shows one person once, by the best of the ways they were found, and no more than was asked for', () => {
    const twice = [person('p', '陈志远'), person('p', '陈志远', byNumber(true)), person('q', '陈志')];
    expect(rankCandidates(twice, searchQuery('陈'), 20).map(({ id, matched }) => [id, matched])).toEqual([
      ['p', 'number'],
      ['q', 'name'],
    ]);
    expect(ids('陈', twice, 1)).toEqual(['p']);
  });

  it('says what was found: the company only where the company has the words', () => {
    const tokens = searchTokens({ personNames: ['陈志远'], companies: ['Donghe'], emails: ['boss@harbour.example'] });
    const chen = person('p', '陈志远', { subtitle: 'Donghe', by: { kind: 'words', tokens } });
    const said = (typed: string) => rankCandidates([chen], searchQuery(typed), 1)[0]?.matched;
    expect([said('陈'), said('czy'), said('donghe'), said('陈 donghe'), said('boss'), said('nobody')]).toEqual([
      'name',
      'pinyin',
      'company',
      'company',
      'other',
      undefined,
    ]);
  });

  it('shows a case by its number', () => {
    const found = person('c', 'CS-2026-0042', {
      kind: 'case',
      subtitle: '宽带',
      by: { kind: 'words', tokens: searchTokens({ titles: ['CS-2026-0042'], texts: ['宽带'] }) },
    });
    const [hit] = rankCandidates([person('p', 'Cs-2026 Ltd'), found], searchQuery('cs-2026-0042'), 5);
    expect(hit).toMatchObject({ id: 'c', matched: 'caseNumber', detail: 'CS-2026-0042' });
    expect(rankCandidates([found], searchQuery('宽带'), 5)[0]).toMatchObject({ id: 'c', matched: 'other' });
  });
});
