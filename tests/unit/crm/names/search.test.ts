import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesTerms, type SearchableText, searchQuery, searchTokens } from '../../../../cti-bridge/crm/index.ts';

/** What the index would say: every word of the query begins a token. */
function finds(typed: string, text: SearchableText): boolean {
  const { names, pinyin, others } = searchTokens(text);
  const { terms } = searchQuery(typed);
  return terms.length > 0 && matchesTerms([...names, ...pinyin, ...others], terms);
}
const person = (name: string): SearchableText => ({ personNames: [name] });

describe('a person is found', () => {
  it.each([
    [
      '陈志远',
      ['陈', '陈志', '陈志远', '志远', '远', 'c', 'cz', 'czy', 'chen', 'chenz', 'chenzhiyuan', 'chen zhi yuan', 'zhiyuan', 'zhiyuan chen'],
    ],
    ['陈志远', ['zy', 'chenzy', 'CHEN', 'Chén Zhìyuǎn', 'ｃｈｅｎ', '陈 zy', '陈zy', 'yuan']],
    ['单雄信', ['shan', 'shanxiongxin', 'sxx', 'dan', 'danxiongxin', 'dxx']],
    ['仇英', ['qiu', 'qiuying', 'qy', 'chou', 'chouying']],
    ['曾国藩', ['zeng', 'zengguofan', 'zgf', 'ceng']],
    ['解缙', ['xie', 'xiejin', 'xj', 'jie']],
    ['区伯明', ['ou', 'oubo', 'qu']],
    ['尉迟恭', ['yuchi', 'yuchigong', 'ycg', 'weichi', '尉迟']],
    ['欧阳娜娜', ['ouyang', 'ouyangnana', 'oynn', 'nana', '娜娜']],
    ['乐小乐', ['yue', 'le', 'yuexiaole', 'xiaole']],
    ['吕布', ['lv', 'lvbu', 'lu', 'lubu', 'lb', 'lü']],
    ['万俟卨', ['moqi', 'mq']],
    ['Tomasz Zieliński', ['t', 'tom', 'ziel', 'zielinski', 'zieliński', 'ZIELIŃSKI', 'tomasz ziel', 'ziel tom']],
    ["Seán O'Brien", ['sean', "o'brien", 'o’brien', 'obrien', 'brien', "o'b", 'O Brien']],
    ['Jürgen Müller', ['muller', 'mueller', 'Müller', 'juergen', 'jurgen müller']],
    ['Juergen Mueller', ['müller', 'Jürgen']],
    ['Jean-Luc Picard', ['jean', 'luc', 'jean-luc', 'jeanluc', 'picard jean']],
    ['김철수', ['김', '철수', '김철수']],
    ['山田 太郎', ['山田', '太郎', '太', '山田太郎'.slice(0, 2)]],
    ['أحمد علي', ['احمد', 'أحمد', 'علي']],
    ['Bob 😀', ['😀', 'bob 😀', '😀 b']],
    ['राम कुमार', ['राम', 'कुमार', 'रा']],
    ['---', ['---', '-']],
    ['陈志远 (Mike)', ['mike', '陈志远 mike', 'chenzhiyuan mike', '(Mike)']],
  ])('%s', (name, queries) => {
    for (const typed of queries) expect([typed, finds(typed, person(name))]).toEqual([typed, true]);
  });

  it('and not by what the name does not begin with', () => {
    for (const typed of ['陈远', 'zhiyuanchenx', 'henzhi', '张', 'cy', 'czyx', '😀'])
      expect([typed, finds(typed, person('陈志远'))]).toEqual([typed, false]);
  });

  it('by company and by the parts of an e-mail address', () => {
    const text: SearchableText = { personNames: ['陈志远'], companies: ['上海浦东发展银行'], emails: ['z.chen-w@acme-corp.com.cn'] };
    for (const typed of ['浦东', 'shanghai', 'pdfz', '银行', 'yinhang', 'acme', 'z.chen', '志远 浦发'.slice(0, 4), 'acme-corp', 'czy 银行'])
      expect([typed, finds(typed, text)]).toEqual([typed, true]);
  });

  it('under a company name longer than a token, by any part of it', () => {
    const name = '中国移动通信集团浙江有限公司宁波分公司';
    for (const typed of [
      name,
      '浙江',
      '通信集团浙江有限公司宁波',
      'zhongguoyidongtongxinjituanzhejiang',
      'zgydtxjtzj',
      '宁波分公司',
      'nbfgs',
    ])
      expect([typed, finds(typed, { titles: [name] })]).toEqual([typed, true]);
    expect(finds('浙江有限公司杭州分公司', { titles: [name] })).toBe(false);
  });
});

const han = fc.constantFrom(...'陈王李单仇曾解区尉迟欧阳志远国华乐行长重吕绿娜朝盛嘉'.split(''));
const chineseName = fc.array(han, { minLength: 1, maxLength: 5 }).map((characters) => characters.join(''));
/** What a reader takes for one character: a letter with its marks, an emoji of several parts. */
const asRead = new Intl.Segmenter('en', { granularity: 'grapheme' });
const anyName = fc.oneof(
  chineseName,
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  fc.array(fc.nat(0x10ffff), { minLength: 1, maxLength: 30 }).map((points) => String.fromCodePoint(...points)),
  fc.stringMatching(/^[A-Za-zÀ-ž'’. -]{1,30}$/),
);

describe('every beginning', () => {
  it('of a name finds it', () => {
    fc.assert(
      fc.property(anyName, fc.nat(), (name, at) => {
        const characters = Array.from(asRead.segment(name), ({ segment }) => segment);
        const typed = characters.slice(0, 1 + (at % characters.length)).join('');
        if (searchQuery(typed).terms.length === 0) return;
        // A text of punctuation or of lone accents is searched for as such; in a name with letters it is nothing.
        if (!/[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{N}\p{So}\p{Cn}\p{Co}]/u.test(typed.normalize('NFKD').replace(/ـ/g, ''))) return;
        expect([name, typed, finds(typed, person(name))]).toEqual([name, typed, true]);
      }),
      { numRuns: 500 },
    );
  });

  it('of its pinyin and of its initials finds it, from any character on', () => {
    fc.assert(
      fc.property(chineseName, (name) => {
        for (const token of searchTokens(person(name)).pinyin)
          for (let end = 1; end <= token.length; end++) expect(finds(token.slice(0, end), person(name))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('what is typed into the box', () => {
  it('is words, whatever it means to a database', () => {
    const hostile = [
      `Robert'); DROP TABLE person;--`,
      '"a" OR "b"',
      'a* NEAR(b)',
      'names:a',
      '^a',
      'a & !b <-> c:*',
      '%_\\',
      '{a}',
      'a\u0000b',
      '-a',
      '+a',
    ];
    for (const typed of hostile) {
      for (const forms of searchQuery(typed).terms) for (const form of forms) expect(form).toMatch(/^[\p{L}\p{N}\p{M}]+$/u);
      expect([typed, finds(typed, person(typed))]).toEqual([typed, true]);
    }
  });

  it('tells a number, an address and a code apart from a name', () => {
    expect(searchQuery('+86 139-0000')).toMatchObject({ digits: '861390000', email: null });
    expect(searchQuery('１３９ 0000')).toMatchObject({ digits: '1390000' });
    expect(searchQuery('(0574) 8700')).toMatchObject({ digits: '05748700' });
    expect(searchQuery('chen 4126')).toMatchObject({ digits: null, digitWords: ['4126'], code: null });
    expect(searchQuery('Chen@Acme.com')).toMatchObject({ email: 'chen@acme.com', digits: null });
    expect(searchQuery('CS-2026-0042')).toMatchObject({ code: 'cs-2026-0042', digits: null });
    expect(searchQuery('   ')).toMatchObject({ key: '', terms: [], digits: null, email: null, code: null });
  });

  it('may be a megabyte: its beginning is searched for', () => {
    for (const sign of ['a', '陈', '😀', 'a ', '\u0301', "'", '1 '])
      expect(searchQuery(sign.repeat(500_000)).terms.length).toBeLessThanOrEqual(16);
    expect(searchTokens({ personNames: ['陈'.repeat(500_000)], texts: ['x '.repeat(500_000)] }).names.length).toBeLessThanOrEqual(200);
  });
});
