import { describe, expect, it } from 'vitest';
import { callerFacts } from '../../../../cti-bridge/crm/index.ts';

const attempts = { today: 3, week: 5 };
const factsOf = (number: string | null, home = 'CN') => callerFacts({ number, presentedName: 'as sent' }, home, attempts);

describe('what the number alone says', () => {
  it.each([
    [
      '+44 7700 900142',
      { number: '+447700900142', display: '+44 7700 900142', kind: 'mobile', country: 'GB', region: null, carrier: null },
    ],
    ['13900004126', { number: '+8613900004126', display: '139 0000 4126', kind: 'mobile', country: 'CN', region: null }],
    ['0574 8700 1234', { number: '+8657487001234', display: '0574 8700 1234', kind: 'fixed', country: 'CN', carrier: null }],
    ['4008000100', { number: '+864008000100', kind: 'tollFree', region: null, carrier: null }],
    ['10086', { number: '10086', display: '10086', kind: 'shortCode', region: null }],
    ['6012', { number: '6012', display: '6012', kind: 'extension', country: null }],
    ['anonymous', { number: null, display: '', kind: 'anonymous', country: null }],
    ['alice', { number: null, display: 'alice', kind: 'unknown', country: null }],
    ['+33 6 12 34 56 78', { kind: 'mobile', country: 'FR' }],
    ['+81 3 1234 5678', { kind: 'fixed', country: 'JP' }],
    ['+1 800 555 0199', { kind: 'tollFree' }],
  ])('of %s', (number, facts) => {
    expect(factsOf(number)).toMatchObject({ ...facts, presentedName: 'as sent', attempts });
  });

  it.each([
    ['0574-87001234', 'Ningbo, Zhejiang', '浙江 宁波'],
    ['010-68001234', 'Beijing', '北京'],
    ['021-28001234', 'Shanghai', '上海'],
    ['029-88001234', "Xi'an, Shaanxi", '陕西 西安'],
    ['0471-6800123', 'Hohhot, Inner Mongolia', '内蒙古 呼和浩特'],
    ['0358-8800123', 'Lüliang, Shanxi', '山西 吕梁'],
    ['0564-3300123', "Lu'an, Anhui", '安徽 六安'],
    ['0755-88001234', 'Shenzhen, Guangdong', '广东 深圳'],
    ['023-88001234', 'Chongqing', '重庆'],
    ['+44 20 7946 0123', 'London', '伦敦'],
    ['+44 1223 460123', 'Cambridge', '剑桥'],
    ['+49 30 23125123', 'Berlin', '柏林'],
    ['+1 202 555 0142', 'Washington, D.C.', '华盛顿特区'],
    ['+1 917 555 0142', 'New York', '纽约州'],
    ['+1 416 555 0177', 'Ontario', '安大略省'],
  ])('a line %s is in %s', (number, en, zh) => {
    expect(factsOf(number).region).toEqual({ en, zh });
  });

  it.each([
    ['13900004126', 'China Mobile', '中国移动'],
    ['18612340000', 'China Unicom', '中国联通'],
    ['18912340000', 'China Telecom', '中国电信'],
    ['13491230000', 'China Telecom', '中国电信'],
    ['13481230000', 'China Mobile', '中国移动'],
    ['19212340000', 'China Broadnet', '中国广电'],
    ['17091230000', 'Reseller of China Unicom', '虚拟运营商（中国联通）'],
    ['16212340000', 'Reseller of China Telecom', '虚拟运营商（中国电信）'],
  ])('the range of %s is of %s', (number, en, zh) => {
    expect(factsOf(number).carrier).toEqual({ en, zh });
  });

  it('knows the operator of every range a Chinese mobile may have', () => {
    const without = [];
    for (let prefix = 130; prefix <= 199; prefix++) {
      const { kind, carrier } = factsOf(`${prefix}12340000`);
      if (kind === 'mobile' && carrier === null) without.push(prefix);
    }
    // Ranges nobody was given yet, and those whose fourth digit decides.
    expect(without).toEqual([140, 141, 142, 143, 144, 154, 160, 161, 163, 164, 168, 169, 174, 179, 194]);
  });

  it('names a place in both languages wherever it names one', () => {
    for (let code = 10; code < 1000; code++) {
      const { region } = factsOf(`+86${code}${code < 100 ? '80001234' : '8001234'}`);
      if (region)
        expect(region).toEqual({
          en: expect.stringMatching(/^[A-Z][\p{L}' ,]+$/u),
          zh: expect.stringMatching(/^\p{Script=Han}+( \p{Script=Han}+)?$/u),
        });
    }
  });
});
