import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CallingMeter,
  type CallRefusal,
  chooseTrunks,
  isWithin,
  judgeCall,
  planCall,
  readOutsideNumber,
  readReceivedNumber,
  shownNumber,
  type TrunkCondition,
  writeNumber,
} from '../../../cti-bridge/dialplan/index.ts';
import { type CallingLimits, type NumberForm, plainCallingRule, plainTrunk } from '../../../shared/contracts/calling.ts';
import type { TrunkConfiguration } from '../../../shared/contracts/configuration.ts';

const china = { homeCountry: 'CN', dialling: { outsidePrefix: '9', areaCode: '0574' } };
const read = (raw: string) => {
  const number = readOutsideNumber(raw, china);
  if (!number) throw new Error(`${raw} is no number`);
  return number;
};
const nothingYet = { agentLastHour: 0, lastHour: 0, atOnce: 0 };
const organisation = { callsPerHour: 100, callsAtOnce: 10 };
const judged = (raw: string, limits: Partial<CallingLimits> = {}, counts: Partial<typeof nothingYet> = {}) =>
  judgeCall({
    number: read(raw),
    homeCountry: 'CN',
    limits: { ...plainCallingRule, ...limits },
    organisation,
    counts: { ...nothingYet, ...counts },
  });
const trunk = (id: string, fields: Partial<TrunkConfiguration> = {}): TrunkConfiguration => ({
  id,
  name: { en: id, zh: id },
  host: `${id}.invalid`,
  port: 5060,
  transport: 'udp',
  username: null,
  password: null,
  ...plainTrunk(),
  ...fields,
});
const condition = (trunkId: string, fields: Partial<TrunkCondition> = {}): [string, TrunkCondition] => [
  trunkId,
  { trunkId, isUp: true, callsNow: 0, restsUntil: null, ...fields },
];
const never = () => 0;

describe('a number outside', () => {
  it.each([
    ['13900004126', { kind: 'public', e164: '+8613900004126', country: 'CN', isPremium: false }],
    ['tel:+86-574-8700-1234', { kind: 'public', e164: '+8657487001234', country: 'CN', isPremium: false }],
    ['9,13900004126', { kind: 'public', e164: '+8613900004126', country: 'CN', isPremium: false }],
    ['+442079460000', { kind: 'public', e164: '+442079460000', country: 'GB', isPremium: false }],
    ['0044 909 123 4567', { kind: 'public', e164: '+449091234567', country: 'GB', isPremium: true }],
    ['+870773123456', { kind: 'public', e164: '+870773123456', country: null, isPremium: true }],
    ['95588', { kind: 'service', digits: '95588' }],
    ['110', { kind: 'emergency', digits: '110' }],
    ['9110', { kind: 'emergency', digits: '110' }],
    [' 1-2-0 ', { kind: 'emergency', digits: '120' }],
    ['112', { kind: 'emergency', digits: '112' }],
  ])('is read from %s', (raw, number) => {
    expect(readOutsideNumber(raw, china)).toEqual(number);
  });

  it.each(['6012', '', 'anonymous', 'sip:', '12', '++', '1'.repeat(60)])('is not read from %j', (raw) => {
    expect(readOutsideNumber(raw, china)).toBeNull();
  });
});

describe('what a role may call', () => {
  const cases: readonly (readonly [string, Partial<CallingLimits>, Partial<typeof nothingYet>, CallRefusal | null])[] = [
    ['13900004126', {}, {}, null],
    ['+442079460000', {}, {}, 'notAllowed'],
    ['+442079460000', { allowed: ['home', '+44'] }, {}, null],
    ['+442079460000', { allowed: ['*'] }, {}, null],
    ['+442079460000', { allowed: ['*'], blocked: ['+4420'] }, {}, 'blocked'],
    ['13900004126', { allowed: ['+86139'], blocked: ['+86'] }, {}, 'blocked'],
    ['+449091234567', { allowed: ['*'] }, {}, 'premium'],
    ['+449091234567', { allowed: ['*'], premium: true }, {}, null],
    ['+870773123456', { allowed: ['*'] }, {}, 'premium'],
    ['95588', { blocked: ['955'] }, {}, 'blocked'],
    ['95588', { allowed: ['955'] }, {}, null],
    ['95588', { allowed: ['+86'] }, {}, 'notAllowed'],
    ['13900004126', { callsPerHour: 3 }, { agentLastHour: 2 }, null],
    ['13900004126', { callsPerHour: 3 }, { agentLastHour: 3 }, 'agentHourlyCap'],
    ['13900004126', { callsPerHour: 0 }, {}, 'agentHourlyCap'],
    ['13900004126', { callsPerHour: null }, { agentLastHour: 99 }, null],
    ['13900004126', {}, { lastHour: 100 }, 'organisationHourlyCap'],
    ['13900004126', {}, { atOnce: 10 }, 'tooManyAtOnce'],
    ['+442079460000', {}, { lastHour: 100 }, 'notAllowed'],
  ];
  it.each(cases)('%s under %j with %j: %s', (raw, limits, counts, expected) => {
    expect(judged(raw, limits, counts)).toBe(expected);
  });

  it('lets an emergency number go, whatever the rules and the counts say', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('110', '119', '120', '122', '112', '911'),
        fc.record({
          allowed: fc.constantFrom<string[]>([], ['+44']),
          blocked: fc.constantFrom<string[]>(['*'], ['home'], ['1']),
          premium: fc.boolean(),
        }),
        fc.record({ agentLastHour: fc.nat(), lastHour: fc.nat(), atOnce: fc.nat() }),
        (raw, limits, counts) => judged(raw, { ...limits, callsPerHour: 0 }, counts) === null,
      ),
    );
  });

  it('no spelling of a blocked number gets around the rule', () => {
    const spellings = [
      '+44 20 7946 0000',
      '0044-20-7946-0000',
      '9 0044 2079460000',
      'tel:+442079460000',
      '+44(0)20 7946 0000',
      '＋442079460000',
    ];
    for (const spelling of spellings)
      expect([spelling, judged(spelling, { allowed: ['*'], blocked: ['+4420'] })]).toEqual([spelling, 'blocked']);
  });

  it('what is blocked is never allowed by another range', () => {
    const range = fc.constantFrom('*', 'home', '+86', '+861', '+44', '955', '1');
    fc.assert(
      fc.property(fc.array(range), fc.array(range), fc.constantFrom('13900004126', '+442079460000', '95588'), (allowed, blocked, raw) => {
        if (!isWithin(blocked, read(raw), 'CN')) return;
        expect(judged(raw, { allowed, blocked, premium: true })).toBe('blocked');
      }),
    );
  });
});

describe('the meter of calls out', () => {
  it('counts the calls of the hour before, of one and of all, and those that are on', () => {
    const meter = new CallingMeter();
    const endFirst = meter.begin('ana', 0);
    meter.begin('ben', 1_000);
    meter.begin('ana', 2_000);
    expect(meter.counts('ana', 3_000)).toEqual({ agentLastHour: 2, lastHour: 3, atOnce: 3 });
    endFirst();
    endFirst();
    expect(meter.counts('ana', 3_599_999)).toEqual({ agentLastHour: 2, lastHour: 3, atOnce: 2 });
    expect(meter.counts('ana', 3_600_000)).toEqual({ agentLastHour: 1, lastHour: 2, atOnce: 2 });
    expect(meter.counts('ben', 3_602_000)).toEqual({ agentLastHour: 0, lastHour: 0, atOnce: 2 });
  });

  it('no hour has more calls than the cap, however they come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(600_000), { minLength: 1, maxLength: 100 }), fc.integer({ min: 1, max: 5 }), (gaps, cap) => {
        const meter = new CallingMeter();
        const begun: number[] = [];
        let at = 0;
        for (const gap of gaps) {
          at += gap;
          if (judged('13900004126', { callsPerHour: cap }, meter.counts('ana', at)) !== null) continue;
          meter.begin('ana', at)();
          begun.push(at);
        }
        for (const end of begun) expect(begun.filter((each) => each <= end && each > end - 3_600_000).length).toBeLessThanOrEqual(cap);
      }),
    );
  });
});

describe('a number on a trunk', () => {
  const form = (fields: Partial<NumberForm>): NumberForm => ({ form: 'e164', strip: 0, prefix: '', ...fields });
  it.each([
    ['13900004126', {}, '+8613900004126'],
    ['13900004126', { form: 'e164WithoutPlus' }, '8613900004126'],
    ['13900004126', { form: 'national' }, '13900004126'],
    ['057487001234', { form: 'national' }, '057487001234'],
    ['057487001234', { form: 'national', strip: 4 }, '87001234'],
    ['057487001234', { form: 'national', prefix: '9' }, '9057487001234'],
    ['+442079460000', { form: 'national' }, '00442079460000'],
    ['+442079460000', { form: 'asDialled' }, '442079460000'],
    ['+442079460000', { strip: 2 }, '+2079460000'],
    ['95588', { prefix: '9' }, '995588'],
    ['110', { form: 'e164', prefix: '12593', strip: 1 }, '110'],
  ] as const)('%s with %j is dialled as %s', (raw, fields, written) => {
    expect(writeNumber(read(raw), form(fields), 'CN')).toBe(written);
  });

  it.each([
    ['8613900004126', { form: 'e164WithoutPlus' }, '+8613900004126'],
    ['+8613900004126', { form: 'e164WithoutPlus' }, '+8613900004126'],
    ['87001234', { form: 'national', prefix: '0574' }, '057487001234'],
    ['90139', { form: 'asDialled', strip: 1 }, '0139'],
    ['95588', { form: 'e164WithoutPlus' }, '95588'],
    ['anonymous', { form: 'e164WithoutPlus', prefix: '+86' }, 'anonymous'],
    ['1', { form: 'asDialled', strip: 5 }, '1'],
  ] as const)('%s read with %j is %s', (received, fields, number) => {
    expect(readReceivedNumber(received, form(fields))).toBe(number);
  });

  it('comes back as it went out, in every form that keeps the country', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('e164' as const, 'e164WithoutPlus' as const),
        // Ranges that are given out: what is no number of the country goes as it was dialled, and may look like one of another.
        fc.constantFrom('138', '139', '150', '177', '186'),
        fc.integer({ min: 0, max: 9999_9999 }),
        (name, range, rest) => {
          const number = read(`${range}${String(rest).padStart(8, '0')}`);
          expect(read(readReceivedNumber(writeNumber(number, form({ form: name }), 'CN'), form({ form: name })))).toEqual(number);
        },
      ),
    );
  });
});

describe('the choice of trunks', () => {
  const call = { number: read('13900004126'), homeCountry: 'CN', now: 1_000 };
  const ids = (trunks: readonly TrunkConfiguration[], conditions: [string, TrunkCondition][] = [], change: Partial<typeof call> = {}) =>
    chooseTrunks(trunks, new Map(conditions), { ...call, ...change }, never).map(({ id }) => id);

  it('tries the lowest priority first and leaves out what only brings calls in', () => {
    expect(ids([trunk('b', { priority: 20 }), trunk('in', { direction: 'in' }), trunk('a', { priority: 5, direction: 'out' })])).toEqual([
      'a',
      'b',
    ]);
  });
  it('leaves out a trunk that does not carry the number', () => {
    expect(ids([trunk('abroad', { carries: ['+44'] }), trunk('home', { carries: ['home'] })])).toEqual(['home']);
  });
  it('takes one that is down after all that are not', () => {
    expect(ids([trunk('down', { priority: 1 }), trunk('up', { priority: 50 })], [condition('down', { isUp: false })])).toEqual([
      'up',
      'down',
    ]);
  });
  it('leaves out one that is full or asked for rest, until then', () => {
    const trunks = [trunk('full', { maxChannels: 2 }), trunk('resting')];
    const conditions = [condition('full', { callsNow: 2 }), condition('resting', { restsUntil: 5_000 })];
    expect(ids(trunks, conditions)).toEqual([]);
    expect(ids(trunks, conditions, { now: 5_000 })).toEqual(['resting']);
  });
  it('in an emergency tries every trunk that calls out, the full and resting ones last', () => {
    const trunks = [
      trunk('full', { maxChannels: 1 }),
      trunk('abroad', { carries: ['+44'] }),
      trunk('down'),
      trunk('in', { direction: 'in' }),
    ];
    const conditions = [condition('full', { callsNow: 1 }), condition('down', { isUp: false })];
    expect(ids(trunks, conditions, { number: read('119') })).toEqual(['abroad', 'down', 'full']);
  });
  it('shares calls among equals by their weights', () => {
    const trunks = [trunk('one', { weight: 1 }), trunk('three', { weight: 3 }), trunk('none', { weight: 0 })];
    const first = (drawn: number) => chooseTrunks(trunks, new Map(), call, () => drawn)[0]?.id;
    const drawn = Array.from({ length: 400 }, (_, index) => first(index / 400));
    const share = (id: string) => drawn.filter((each) => each === id).length;
    expect([share('one'), share('three'), share('none')]).toEqual([100, 300, 0]);
  });
  it('every trunk that may carry it is tried exactly once, whatever chance says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ priority: fc.nat(3), weight: fc.nat(5) }), { maxLength: 8 }),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (fields, chance) => {
          const trunks = fields.map((each, index) => trunk(`t${index}`, each));
          const order = chooseTrunks(trunks, new Map(), call, () => chance.next().value as number);
          expect(new Set(order)).toEqual(new Set(trunks));
          expect(order.map(({ priority }) => priority)).toEqual(fields.map(({ priority }) => priority).sort((a, b) => a - b));
        },
      ),
    );
  });
});

describe('the number that is shown', () => {
  const from = { queue: '+8657487001000', agent: '+8657487006012' };
  it.each([
    ['queue', null, from, false, '+8657487001000'],
    ['agent', null, from, false, '+8657487006012'],
    ['agent', null, { ...from, agent: null }, false, '+8657487001000'],
    ['trunk', '+8657487009999', from, false, '+8657487009999'],
    ['queue', '+8657487009999', { queue: null, agent: null }, false, '+8657487009999'],
    ['withheld', '+8657487009999', from, false, null],
    ['withheld', '+8657487009999', from, true, '+8657487009999'],
    ['withheld', null, from, true, '+8657487001000'],
  ] as const)('of %s, with %s on the trunk: %j', (shows, number, numbers, isEmergency, expected) => {
    expect(shownNumber({ callerId: { shows, number } }, numbers, isEmergency)).toBe(expected);
  });
});

describe('the plan of a call', () => {
  const configuration = {
    organisation: { name: { en: 'N', zh: 'N' }, timeZone: 'Asia/Shanghai', ...china },
    trunks: [
      trunk('carrier', { priority: 1, numbersOut: { form: 'national', strip: 0, prefix: '9' } }),
      trunk('spare', { priority: 2, callerId: { shows: 'withheld', number: null } }),
    ],
  };
  const wish = {
    dialled: '13900004126',
    ownLines: ['1001'],
    limits: undefined,
    from: { queue: '+8657487001000', agent: null },
    counts: nothingYet,
    now: 0,
  };

  it('says for each trunk what is dialled and what is shown, as that trunk writes numbers', () => {
    expect(planCall(wish, configuration, new Map(), never)).toMatchObject({
      ok: true,
      routes: [
        { trunkId: 'carrier', number: '913900004126', shown: '057487001000', isWithheld: false },
        { trunkId: 'spare', number: '+8613900004126', shown: null, isWithheld: true },
      ],
    });
  });
  it('refuses what may not be called, and what no trunk carries', () => {
    expect(planCall({ ...wish, dialled: '6012' }, configuration, new Map(), never)).toEqual({ ok: false, why: 'notANumber' });
    expect(planCall({ ...wish, dialled: '+442079460000' }, configuration, new Map(), never)).toEqual({ ok: false, why: 'notAllowed' });
    expect(planCall(wish, { ...configuration, trunks: [] }, new Map(), never)).toEqual({ ok: false, why: 'noTrunk' });
  });
  it('takes a line of our own for one, also where it looks like a service number', () => {
    expect(planCall({ ...wish, dialled: '1001' }, configuration, new Map(), never)).toEqual({ ok: false, why: 'notANumber' });
    expect(planCall({ ...wish, dialled: '1002' }, configuration, new Map(), never)).toMatchObject({ ok: true });
    expect(planCall({ ...wish, dialled: '110', ownLines: ['110'] }, configuration, new Map(), never)).toMatchObject({ ok: true });
  });
  it('no rule of a role stands against what was promised to a customer', () => {
    expect(planCall({ ...wish, dialled: '+442079460000', limits: null }, configuration, new Map(), never)).toMatchObject({ ok: true });
  });
});
