import { describe, expect, it } from 'vitest';
import { formatNumber, normaliseNumber } from '../../../shared/phone-number.ts';

/** Key, home country, and every way of writing it that must lead to this key. */
const table: readonly (readonly [key: string, home: string, forms: readonly string[]])[] = [
  [
    '+8613900004126',
    'CN',
    [
      '13900004126',
      '+8613900004126',
      '008613900004126',
      '8613900004126',
      '013900004126',
      '139 0000 4126',
      '139-0000-4126',
      '139.0000.4126',
      '(139) 0000 4126',
      '+86 139 0000 4126',
      '+86-139-0000-4126',
      '+86(139)00004126',
      '0086 139 0000 4126',
      '0086-13900004126',
      '1795113900004126',
      '17951 139 0000 4126',
      '17951013900004126',
      '12593 13900004126',
      '1791113900004126',
      '1790913900004126',
      '１３９００００４１２６',
      '＋８６１３９００００４１２６',
      ' 13900004126 ',
      '+86 139 0000 4126',
      'tel:+8613900004126',
      'tel:+86-139-0000-4126',
      'tel:13900004126;phone-context=+86',
      'TEL:+86.139.0000.4126',
      'sip:13900004126@10.0.0.1',
      'sip:+8613900004126@ims.example;user=phone',
      'sip:+8613900004126;phone-context=example.com@ims.example;user=phone',
      'sips:+8613900004126@ims.example:5061',
      '"陈志远" <sip:13900004126@trunk.example>',
      '<sip:%2B8613900004126@trunk.example>',
      'sip:013900004126@trunk.example:5060;transport=udp',
      '‪+86 139 0000 4126‬',
      '+86 139–0000–4126',
      '86 139 0000 4126',
      '+86 013900004126',
    ],
  ],
  [
    '+8657487001234',
    'CN',
    [
      '0574 8700 1234',
      '0574-87001234',
      '(0574) 8700-1234',
      '（0574）87001234',
      '057487001234',
      '+86 574 8700 1234',
      '+86 (0)574 8700 1234',
      '0086 574 87001234',
      '8657487001234',
      '+86-574-8700-1234',
      '0574-87001234 ext 802',
      '0574-87001234转802',
      '0574-87001234 分机 802',
      '0574 8700 1234 x802',
      '0574 8700 1234 ext. 802',
      'tel:+86-574-8700-1234;ext=802',
      'sip:057487001234;ext=802@pbx.example',
      '+8657487001234;ext=802',
      '17909057487001234',
      '０５７４－８７００１２３４',
      'sip:+8657487001234@trunk.example',
      '0574/87001234',
    ],
  ],
  [
    '+862128001234',
    'CN',
    [
      '021 2800 1234',
      '021-28001234',
      '(021)28001234',
      '+86 21 2800 1234',
      '00862128001234',
      '862128001234',
      '02128001234',
      '+86 (0) 21 28001234',
    ],
  ],
  ['+864008000100', 'CN', ['4008000100', '400-800-0100', '400 8000 100', '+86 400 800 0100', '400-8000-100', '0086 4008000100']],
  [
    '+447700900142',
    'CN',
    [
      '+447700900142',
      '+44 7700 900142',
      '+44 (0)7700 900142',
      '00447700900142',
      '0044 7700 900 142',
      '447700900142',
      '+44-7700-900142',
      'tel:+44-7700-900142',
      'sip:+447700900142@carrier.example',
      'sip:00447700900142@carrier.example',
      'sip:447700900142@carrier.example',
      '＋44 7700 900142',
      '<tel:+447700900142>',
      '+44.7700.900142',
      '+44 7700 900142 ext 3',
      '"M" <sip:+447700900142@x.example>',
    ],
  ],
  [
    '+447700900142',
    'GB',
    [
      '07700900142',
      '07700 900142',
      '07700 900 142',
      '(07700) 900142',
      '7700900142',
      '+44 7700 900142',
      '00 44 7700 900142',
      '447700900142',
      '+44(0)7700900142',
      'tel:07700900142;phone-context=+44',
    ],
  ],
  [
    '+442079460123',
    'GB',
    [
      '020 7946 0123',
      '02079460123',
      '(020) 7946 0123',
      '020-7946-0123',
      '+44 20 7946 0123',
      '+44 (0)20 7946 0123',
      '0044 20 7946 0123',
      '442079460123',
      '020 7946 0123 x45',
      '020 7946 0123 ext. 45',
      '+442079460123;ext=45',
    ],
  ],
  ['+442079460123', 'DE', ['+44 20 7946 0123', '0044 20 79460123', '00442079460123', '442079460123']],
  ['+448005550110', 'GB', ['0800 555 0110', '08005550110', '0800-555-0110', '+44 800 555 0110', '(0800) 555 0110']],
  [
    '+493023125123',
    'DE',
    [
      '030 23125123',
      '030/23125123',
      '030-23125-123',
      '(030) 23125 123',
      '03023125123',
      '+49 30 23125123',
      '+49 (30) 23125-123',
      '+49 (0)30 23125123',
      '0049 30 23125123',
      '004930 23125-123',
      '493023125123',
      'tel:+49-30-23125-123',
      'sip:03023125123@provider.example',
      '+49/30/23125123',
      '030 23125123 Durchwahl 7',
    ],
  ],
  [
    '+493023125123',
    'CN',
    ['+49 30 23125123', '0049 30 23125 123', '493023125123', '004930/23125123', 'sip:+493023125123@provider.example;user=phone'],
  ],
  [
    '+491713920011',
    'DE',
    [
      '0171 3920011',
      '0171/3920011',
      '0171-3920011',
      '01713920011',
      '+49 171 3920011',
      '+49 (0) 171 3920011',
      '0049 171 3920011',
      '491713920011',
      '+49.171.3920011',
    ],
  ],
  ['+491713920011', 'US', ['011 49 171 3920011', '011491713920011', '+49 171 3920011', '0049 171 3920011', '491713920011']],
  [
    '+12025550142',
    'US',
    [
      '(202) 555-0142',
      '202-555-0142',
      '202.555.0142',
      '2025550142',
      '1 202 555 0142',
      '1-202-555-0142',
      '+1 202 555 0142',
      '+1 (202) 555-0142',
      '12025550142',
      '202 555 0142 x9',
      '202-555-0142 ext. 9',
      '(202)555-0142 #9',
      'tel:+1-202-555-0142',
      'sip:2025550142@gw.example',
      'sip:+12025550142@gw.example;user=phone',
    ],
  ],
  ['+12025550142', 'CN', ['+1 202 555 0142', '001 202 555 0142', '0012025550142', '+1-202-555-0142', '+1 (202) 555-0142']],
  ['+8613900004126', 'US', ['011 86 139 0000 4126', '+86 139 0000 4126', '8613900004126']],
  ['+8613900004126', 'GB', ['00 86 139 0000 4126', '+86 139 0000 4126', '8613900004126']],
];

describe('a public number', () => {
  it.each(table)('leads to the key %s at home in %s however it is written', (key, home, forms) => {
    const keys = forms.map((form) => [form, keyOf(form, home)]);
    expect(keys).toEqual(forms.map((form) => [form, key]));
  });

  it('is covered by a table of at least 200 forms', () => {
    const count = [...table, ...short, ...extensions].reduce((sum, [, , forms]) => sum + forms.length, 0) + anonymous.length;
    expect(count).toBeGreaterThanOrEqual(200);
  });

  it('keeps its key when the key itself is read again', () => {
    for (const [key] of table) for (const home of ['CN', 'GB', 'DE', 'US']) expect(keyOf(key, home)).toBe(key);
  });

  it('tells the extension apart from the key', () => {
    expect(normaliseNumber('0574-87001234转802', 'CN')).toMatchObject({ value: '+8657487001234', extension: '802' });
    expect(normaliseNumber('tel:+86-574-8700-1234;ext=802', 'CN')).toMatchObject({ extension: '802' });
    expect(normaliseNumber('0574-87001234', 'CN')).toMatchObject({ extension: null });
  });

  it.each([
    ['+8613900004126', 'CN', 'mobile'],
    ['+447700900142', 'GB', 'mobile'],
    ['+491713920011', 'DE', 'mobile'],
    ['+8657487001234', 'CN', 'fixed'],
    ['+442079460123', 'GB', 'fixed'],
    ['+864008000100', 'CN', 'tollFree'],
    ['+448005550110', 'GB', 'tollFree'],
    ['+12025550142', 'US', 'unknown'],
  ])('%s is of %s and %s', (number, country, type) => {
    expect(normaliseNumber(number, 'CN')).toMatchObject({ kind: 'e164', country, type });
  });
});

const short: typeof table = [
  ['10086', 'CN', ['10086', ' 10086 ', 'tel:10086', 'sip:10086@trunk.example', '１００８６', '100-86']],
  ['95588', 'CN', ['95588', '955 88', 'sip:95588@trunk.example;user=phone']],
  ['12345', 'CN', ['12345', 'tel:12345;phone-context=example.com']],
  ['110', 'CN', ['110']],
  ['999', 'GB', ['999']],
  ['112', 'DE', ['112', 'sip:112@x.example']],
  ['911', 'US', ['911']],
];
const extensions: typeof table = [
  ['6012', 'CN', ['6012', 'sip:6012@127.0.0.1:5060', 'tel:6012;phone-context=example.com', ' 60 12 ']],
  ['1000', 'GB', ['1000', 'sip:1000@pbx.example']],
  ['204', 'DE', ['204', '<sip:204@pbx.example>']],
];
const anonymous = [
  '',
  ' ',
  'anonymous',
  'Anonymous',
  'ANONYMOUS',
  'unavailable',
  'Unknown',
  'restricted',
  'Private',
  'withheld',
  'No Caller ID',
  'no-caller-id',
  '匿名',
  '未知号码',
  '隐藏号码',
  'unbekannt',
  'sip:anonymous@anonymous.invalid',
  '"Anonymous" <sip:anonymous@anonymous.invalid>',
  'sip:anonymous@trunk.example',
  'tel:anonymous',
  'sip:c8oqz84zk7z@anonymous.invalid',
  'blocked',
];

describe('what is no public number', () => {
  it.each(short)('%s is a service number in %s', (key, home, forms) => {
    for (const form of forms) expect([form, normaliseNumber(form, home)]).toEqual([form, { kind: 'short', value: key }]);
  });

  it.each(extensions)('%s is an extension', (key, home, forms) => {
    for (const form of forms) expect([form, normaliseNumber(form, home)]).toEqual([form, { kind: 'extension', value: key }]);
  });

  it('is anonymous when the network or the caller withholds it', () => {
    for (const form of anonymous) expect([form, normaliseNumber(form, 'CN').kind]).toEqual([form, 'anonymous']);
    expect(normaliseNumber(null, 'CN')).toEqual({ kind: 'anonymous' });
  });

  it('is invalid when nobody could dial it, and nothing makes it throw', () => {
    const nonsense = [
      'alice',
      'sip:alice@example.com',
      '87001234',
      '12',
      '0',
      '+',
      '+86',
      '+999123',
      '*100#',
      '1'.repeat(40),
      'sip:',
      'tel:',
      '<>',
      '%',
      'sip:%zz@x',
      '\u0000',
      '+86139000041261234',
    ];
    for (const form of nonsense)
      expect([form, normaliseNumber(form, 'CN').kind]).toEqual([
        form,
        form === 'tel:' ? 'anonymous' : form === '<>' ? 'anonymous' : 'invalid',
      ]);
    expect(normaliseNumber('13900004126', 'not a country')).toMatchObject({ value: '+8613900004126' });
  });
});

describe('a number for the eye', () => {
  it('is national at home and international abroad', () => {
    expect(formatNumber('+8613900004126', 'CN')).toBe('139 0000 4126');
    expect(formatNumber('+447700900142', 'CN')).toBe('+44 7700 900142');
    expect(formatNumber('+447700900142', 'GB')).toBe('07700 900142');
    expect(formatNumber('+8613900004126', 'GB')).toBe('+86 139 0000 4126');
  });

  it('leaves alone what is not E.164', () => {
    expect(formatNumber('10086', 'CN')).toBe('10086');
    expect(formatNumber('+1', 'CN')).toBe('+1');
  });
});

function keyOf(form: string, home: string): string {
  const number = normaliseNumber(form, home);
  return 'value' in number ? number.value : number.kind;
}
