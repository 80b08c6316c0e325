import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { validateConfiguration } from '../../../cti-bridge/organisation/index.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { agent, anyConfiguration, queue, smallConfiguration, user } from './configurations.ts';

// As the settings of a started bridge do: zod has words of its own then, which must not stand for ours.
z.config(z.locales.en());

/** Any change to a good configuration, also one the types would not allow. */
type Spoil = (configuration: Configuration & { [key: string]: never }) => void;

const prompts = ['all-busy', 'number-7', 'queue-closed'];
const flows = ['hotline', 'survey'];

function problemsOf(spoil: Spoil) {
  const configuration = smallConfiguration();
  spoil(configuration as never);
  const judged = validateConfiguration(configuration, { prompts, flows });
  return judged.ok ? [] : judged.problems;
}

const name = { en: 'x', zh: 'x' };
const set =
  (path: string, value: unknown): Spoil =>
  (configuration) => {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const holder = keys.reduce<Record<string, unknown>>((one, key) => one[key] as Record<string, unknown>, configuration as never);
    holder[last] = value;
  };
const add =
  (section: keyof Configuration, ...entries: unknown[]): Spoil =>
  (configuration) =>
    void (configuration[section] as unknown[]).push(...entries);

const cases: readonly (readonly [title: string, spoil: Spoil, path: string, found: string | RegExp, expected: string | RegExp])[] = [
  // What is not in it: prompts, addresses, variables
  [
    'a prompt that does not exist',
    set('queues.0.whenClosed', { to: 'announce', prompt: 'we-are-shut' }),
    'queues/billing/whenClosed/prompt',
    'we-are-shut',
    'a prompt that exists in every language: all-busy, queue-closed',
  ],
  [
    'a flow after the call that is not live',
    set('queues.0.afterCall', 'polling'),
    'queues/billing/afterCall',
    'polling',
    'a flow that is live: hotline, survey',
  ],
  [
    'a flow after what is no call',
    (configuration) => {
      set('queues.0.channel', 'email')(configuration);
      set('queues.0.afterCall', 'survey')(configuration);
    },
    'queues/billing/afterCall',
    'survey',
    'nothing: only callers go on in a flow',
  ],
  [
    'two facts of one name that calls bring along',
    set('trunks.0.takesOver', [
      { header: 'User-to-User', as: 'customer' },
      { header: 'X-Customer', as: 'customer' },
    ]),
    'trunks/city-line/takesOver/1/as',
    'customer once more',
    'a name of its own for each fact',
  ],
  [
    'a header that is taken over twice',
    set('trunks.0.takesOver', [
      { header: 'User-to-User', as: 'customer', pick: '/customer' },
      { header: 'user-to-user', as: 'client', pick: '/customer' },
    ]),
    'trunks/city-line/takesOver/1/header',
    'user-to-user, /customer, which customer takes over',
    'a header, or a part of one, that is taken over once',
  ],
  [
    'more headers than twenty',
    set(
      'trunks.0.takesOver',
      Array.from({ length: 21 }, (_, n) => ({ header: `X-${n}`, as: `fact${n}` })),
    ),
    'trunks/city-line/takesOver',
    /./,
    /20/,
  ],
  [
    'an outside line of four digits',
    set('organisation.dialling.outsidePrefix', '9000'),
    'organisation/dialling/outsidePrefix',
    '9000',
    /an outside line: 1 to 3 digits such as 9/,
  ],
  [
    'an area code that is not digits alone',
    set('organisation.dialling.areaCode', '+86 574'),
    'organisation/dialling/areaCode',
    '+86 574',
    /the area code as dialled from elsewhere in the country: 1 to 6 digits such as 0574/,
  ],
  [
    'a prompt that is a part of a sentence',
    set('queues.1.whenFull', { to: 'announce', prompt: 'number-7' }),
    'queues/general/whenFull/prompt',
    'number-7',
    /: all-busy, queue-closed$/,
  ],
  [
    'a desk phone at a name',
    set('users.1.agent.phone', { kind: 'address', uri: 'sip:6012@phone.example' }),
    'users/ana/agent/phone/uri',
    'sip:6012@phone.example',
    /IP address after the @/,
  ],
  [
    'a desk phone whose password is among the settings of the bridge',
    set('users.1.agent.phone', { kind: 'registered', password: { env: 'CROSSPOINT_PHONE' } }),
    'users/ana/agent/phone/password/env',
    'CROSSPOINT_PHONE',
    /begin with CROSSPOINT_ are settings/,
  ],
  [
    'a trunk whose password is among the settings of the bridge',
    set('trunks.0.password', { env: 'CROSSPOINT_TRUNK' }),
    'trunks/city-line/password/env',
    'CROSSPOINT_TRUNK',
    /begin with CROSSPOINT_ are settings/,
  ],
  // Shape
  ['another version', set('version', 2), 'version', '2', /^1:/],
  ['a part nobody knows', set('ivrs', []), 'ivrs', 'a list of 0', /there is no such part.*queues/],
  ['a missing list', set('teams', undefined), 'teams', 'nothing', 'a list; write [] when there are none'],
  ['a list that is none', set('queues', { billing: 1 }), 'queues', 'a group of fields', /a list/],
  ['an entry that is none', set('teams', ['red']), 'teams/#1', 'red', 'a group of fields'],
  ['a missing field', set('queues.0.ringSeconds', undefined), 'queues/billing/ringSeconds', 'nothing', 'a number'],
  ['a field nobody knows', set('queues.0.ringSecond', 5), 'queues/billing/ringSecond', '5', /no such field/],
  ['a number for text', set('users.1.agent.extension', 6012), 'users/ana/agent/extension', '6012', 'text: write "6012" in quotes'],
  ['text for a number', set('queues.0.priority', 'high'), 'queues/billing/priority', 'high', 'a number'],
  ['a fraction', set('queues.0.priority', 1.5), 'queues/billing/priority', '1.5', 'a whole number'],
  ['too small a number', set('queues.0.ringSeconds', 2), 'queues/billing/ringSeconds', '2', '3 or more'],
  ['too large a number', set('queues.0.priority', 101), 'queues/billing/priority', '101', '100 or less'],
  ['an empty name', set('skills.0.name.zh', ''), 'skills/billing/name/zh', 'an empty text', 'at least 1 characters'],
  [
    'too many rings',
    set('queues.0.rings', Array(6).fill({ afterSeconds: 1, needs: '' })),
    'queues/billing/rings',
    'a list of 6',
    'at most 5 entries',
  ],
  ['an unknown strategy', set('queues.0.strategy', 'luck'), 'queues/billing/strategy', 'luck', /^one of longestIdle, roundRobin/],
  [
    'an unknown channel in a profile',
    set('capacities.0.channels.fax', { max: 1, weight: 1, interrupts: [] }),
    'capacities/standard/channels/fax',
    'a group of fields',
    /no such field/,
  ],
  [
    'an unknown diversion',
    set('queues.0.whenFull', { to: 'fax' }),
    'queues/billing/whenFull/to',
    'fax',
    'to: queue, announce, callback or voicemail',
  ],
  [
    'a greeting of voicemail that does not exist',
    set('queues.0.voicemail', { greeting: 'no-such', maxSeconds: 60, offeredAfterSeconds: null }),
    'queues/billing/voicemail/greeting',
    'no-such',
    'a prompt that exists in every language: all-busy, queue-closed',
  ],
  [
    'an unknown kind of phone',
    set('users.1.agent.phone', { kind: 'fax' }),
    'users/ana/agent/phone/kind',
    'fax',
    'kind: desktop, registered or address',
  ],
  ['a level above ten', set('users.1.agent.skills.billing', 11), 'users/ana/agent/skills/billing', '11', '10 or less'],
  ['an id with a slash', set('queues.0.id', 'a/b'), 'queues/#1/id', 'a/b', /letters, digits/],
  ['an id that is too long', set('teams.0.id', 'x'.repeat(65)), 'teams/#1/id', 'x'.repeat(65), /1 to 64/],
  ['a time that is none', set('hours.0.weekly.mon.0.to', '25:00'), 'hours/office/weekly/mon/0/to', '25:00', /08:30/],
  ['a right nobody knows', set('roles.0.rights', ['session:own', 'god']), 'roles/agent/rights/1', 'god', /one of session:own/],
  [
    'a secret written out',
    set('trunks.0.password', 'hunter2'),
    'trunks/city-line/password',
    'a secret written out',
    /\{env: NAME\} or \{file: PATH\}/,
  ],
  [
    'a phone secret written out',
    set('users.1.agent.phone', { kind: 'registered', password: 'hunter2' }),
    'users/ana/agent/phone/password',
    'a secret written out',
    /env/,
  ],
  ['a password where none belongs', set('users.0.password', 'hunter2'), 'users/ada/password', 'a secret written out', /no such field/],
  ['a secret of another form', set('trunks.0.password', { value: 'hunter2' }), 'trunks/city-line/password', 'something else', /env/],
  // Ids and references
  ['two entries of one id', add('teams', { id: 'red', name, orgUnit: null }), 'teams/red', 'entry 2 with the same id', /of its own/],
  [
    'two outcomes of one code',
    add('dispositions', { code: 'solved', name, parent: null }),
    'dispositions/solved',
    /same code/,
    /of its own/,
  ],
  ['two users of one name', set('users.1.username', 'ada'), 'users/ana/username', 'ada, which ada has', 'one of their own'],
  ['two users of one extension', add('users', agent('bo', '6012')), 'users/bo/agent/extension', '6012, which ana has', 'one of their own'],
  [
    'two agents of one id',
    add('users', agent('bo', '6013', { id: 'agent-ana' })),
    'users/bo/agent/id',
    'agent-ana, which ana has',
    'one of their own',
  ],
  ['a user name nobody could type', set('users.1.username', 'Ana'), 'users/ana/username', 'Ana', /small letters/],
  ['a team in an unknown office', set('teams.0.orgUnit', 'mars'), 'teams/red/orgUnit', 'mars', 'an org unit that exists: hq, east, ningbo'],
  ['a user in an unknown office', set('users.0.orgUnit', 'mars'), 'users/ada/orgUnit', 'mars', /org unit/],
  ['an unknown role', set('users.1.role', 'king'), 'users/ana/role', 'king', 'a role that exists: agent, administrator, exchange'],
  ['an unknown team', set('users.1.agent.team', 'blue'), 'users/ana/agent/team', 'blue', 'a team that exists: red'],
  [
    'an unknown capacity profile',
    set('users.1.agent.capacity', 'huge'),
    'users/ana/agent/capacity',
    'huge',
    'a capacity profile that exists: standard',
  ],
  [
    'a skill of an agent that nobody knows',
    set('users.1.agent.skills.magic', 3),
    'users/ana/agent/skills/magic',
    'magic',
    'a skill that exists: billing, french',
  ],
  [
    'a queue left that nobody knows',
    set('users.1.agent.leftQueues', ['vip']),
    'users/ana/agent/leftQueues/0',
    'vip',
    'a queue that exists: billing, general',
  ],
  ['unknown hours', set('queues.1.hours', 'night'), 'queues/general/hours', 'night', 'opening hours that exist: office'],
  [
    'an unknown default outcome',
    set('queues.0.wrapUp.defaultDisposition', 'x'),
    'queues/billing/wrapUp/defaultDisposition',
    'x',
    /a disposition that exists/,
  ],
  [
    'a default outcome that cannot be chosen',
    set('queues.0.wrapUp.defaultDisposition', 'solved'),
    'queues/billing/wrapUp/defaultDisposition',
    'solved, which has others below it',
    /can be chosen/,
  ],
  ['an outcome under an unknown one', set('dispositions.2.parent', 'x'), 'dispositions/notCoded/parent', 'x', /a disposition that exists/],
  [
    'outcomes in a circle',
    set('dispositions.0.parent', 'solvedAtOnce'),
    'dispositions/solved/parent',
    'solved under solvedAtOnce under solved',
    /not under itself/,
  ],
  ['a reason the system gives', add('reasons', { id: 'noAnswer', name }), 'reasons/noAnswer', 'noAnswer', /another id/],
  // Offices
  [
    'offices in a circle',
    set('orgUnits.0', { id: 'hq', parent: 'ningbo', tier: 'headquarters', name }),
    'orgUnits/hq/parent',
    'hq under ningbo under east under hq',
    /not under itself/,
  ],
  [
    'a city under headquarters',
    set('orgUnits.2.parent', 'hq'),
    'orgUnits/ningbo/parent',
    'city under headquarters',
    'a province above a city',
  ],
  [
    'a province under a city',
    set('orgUnits.1.parent', 'ningbo'),
    'orgUnits/east/parent',
    'province under city',
    'a headquarters above a province',
  ],
  ['a city under nothing', set('orgUnits.2.parent', null), 'orgUnits/ningbo/parent', 'nothing above city', 'a province above a city'],
  [
    'headquarters under something',
    add('orgUnits', { id: 'hq2', parent: 'hq', tier: 'headquarters', name }),
    'orgUnits/hq2/parent',
    'headquarters under headquarters',
    /null/,
  ],
  // Hours
  ['a time zone that is none', set('hours.0.timeZone', 'Mars/Olympus'), 'hours/office/timeZone', 'Mars/Olympus', /IANA/],
  ['an offset for a time zone', set('organisation.timeZone', '+08:00'), 'organisation/timeZone', '+08:00', /IANA/],
  [
    'a day that does not exist',
    set('hours.0.holidays.0.date', '2026-02-30'),
    'hours/office/holidays/0/date',
    '2026-02-30',
    /a day that exists/,
  ],
  [
    'a holiday twice',
    (c) => void c.hours[0]?.holidays.push({ date: '2026-12-25', name, spans: [] }),
    'hours/office/holidays/1/date',
    '2026-12-25 once more',
    'each day once',
  ],
  [
    'a span that ends before it begins',
    set('hours.0.weekly.tue', [{ from: '17:00', to: '09:00' }]),
    'hours/office/weekly/tue/0',
    '17:00 to 09:00',
    /past midnight is two spans/,
  ],
  [
    'an empty span',
    set('hours.0.holidays.0.spans', [{ from: '09:00', to: '09:00' }]),
    'hours/office/holidays/0/spans/0',
    '09:00 to 09:00',
    /an end after the beginning/,
  ],
  [
    'spans that overlap',
    set('hours.0.weekly.mon', [
      { from: '12:00', to: '18:00' },
      { from: '08:00', to: '12:01' },
    ]),
    'hours/office/weekly/mon/0',
    '12:00 to 18:00 within 08:00 to 12:01',
    'spans that do not overlap',
  ],
  // Capacity
  [
    'capacity zero',
    set('capacities.0.channels', { voice: { max: 0, weight: 1, interrupts: [] } }),
    'capacities/standard/channels',
    'room for nothing',
    /a max of 1 or more/,
  ],
  ['capacity for no channel at all', set('capacities.0.channels', {}), 'capacities/standard/channels', 'room for nothing', /a max of 1/],
  [
    'a channel that interrupts itself',
    set('capacities.0.channels.voice.interrupts', ['voice']),
    'capacities/standard/channels/voice/interrupts',
    'voice',
    /other channels/,
  ],
  [
    'a queue of a channel that nobody takes',
    set('queues.1.channel', 'chat'),
    'queues/general/channel',
    'chat',
    'a channel that a capacity profile takes (voice, email)',
  ],
  // Queues
  [
    'a needed skill nobody knows',
    set('queues.0.needs', 'billing >= 2 and magic'),
    'queues/billing/needs',
    'magic',
    'a skill that exists: billing, french',
  ],
  [
    'a ring with a skill nobody knows',
    set('queues.0.rings', [{ afterSeconds: 9, needs: 'magic > 1' }]),
    'queues/billing/rings/0/needs',
    'magic',
    /a skill that exists/,
  ],
  [
    'an expression with a mistake',
    set('queues.0.needs', 'billing >='),
    'queues/billing/needs',
    'the end of the text at character 11 of "billing >="',
    'a level from 1 to 10',
  ],
  [
    'rings that do not rise',
    set('queues.0.rings', [
      { afterSeconds: 30, needs: '' },
      { afterSeconds: 30, needs: '' },
    ]),
    'queues/billing/rings/1/afterSeconds',
    '30',
    'more than the ring before it, 30',
  ],
  [
    'an overflow to nowhere',
    set('queues.0.overflow', { afterSeconds: 60, queue: 'vip' }),
    'queues/billing/overflow/queue',
    'vip',
    /a queue that exists/,
  ],
  [
    'a queue that overflows to itself',
    set('queues.0.overflow', { afterSeconds: 60, queue: 'billing' }),
    'queues/billing/overflow/queue',
    'billing, the queue itself',
    /in a circle/,
  ],
  [
    'queues that hand over in a circle',
    (c) => {
      set('queues.0.whenFull', { to: 'queue', queue: 'general' })(c);
      set('queues.1.overflow', { afterSeconds: 60, queue: 'third' })(c);
      add('queues', queue('third', { whenWaitedTooLong: { to: 'queue', queue: 'billing' } }))(c);
    },
    'queues/billing/whenFull/queue',
    'billing to general to third to billing',
    /in a circle/,
  ],
  [
    'when closed, the queue itself',
    set('queues.0.whenClosed', { to: 'queue', queue: 'billing' }),
    'queues/billing/whenClosed/queue',
    'billing, the queue itself',
    /circle/,
  ],
  [
    'mails that overflow to callers',
    add('queues', queue('mail', { channel: 'email', overflow: { afterSeconds: 9, queue: 'general' } })),
    'queues/mail/overflow/queue',
    'general, a queue of channel voice',
    'a queue of channel email',
  ],
  [
    'a callback for a mail',
    add('queues', queue('mail', { channel: 'email', whenClosed: { to: 'callback' } })),
    'queues/mail/whenClosed',
    'callback',
    /only callers/,
  ],
  [
    'a callback offered to a mail',
    add('queues', queue('mail', { channel: 'email', callbackAfterSeconds: 60 })),
    'queues/mail/callbackAfterSeconds',
    '60',
    /only callers/,
  ],
  // People
  [
    'no role that may change anything',
    set('roles.1.rights', ['session:own']),
    'roles',
    /no role with the right configuration:write/,
    /one at least/,
  ],
  ['the last administrator gone', set('users', [agent('ana', '6012')]), 'users', 'nobody with the role administrator', /one at least/],
  ['the last administrator in another role', set('users.0.role', 'agent'), 'users', 'nobody with the role administrator', /one at least/],
  ['a role that cannot sign in', set('roles.0.rights', ['work:handle']), 'roles/agent/rights', 'work:handle', /session:own/],
];

describe('a configuration', () => {
  it('from before there was a setting for dialling has no outside prefix and no area code', () => {
    const { dialling: _, ...organisation } = smallConfiguration().organisation;
    const judged = validateConfiguration({ ...smallConfiguration(), organisation });
    expect(judged).toEqual({ ok: true, configuration: smallConfiguration() });
  });

  it('of a small organisation is taken', () => {
    expect(validateConfiguration(smallConfiguration())).toEqual({ ok: true, configuration: smallConfiguration() });
  });

  it.each(cases)('with %s is refused, saying where, what was found and what was expected', (_title, spoil, path, found, expected) => {
    expect(problemsOf(spoil)).toContainEqual({
      path,
      found: typeof found === 'string' ? found : expect.stringMatching(found),
      expected: typeof expected === 'string' ? expected : expect.stringMatching(expected),
    });
  });

  it('may have callers go on in a flow that is live, and take several facts out of one header', () => {
    const configuration = smallConfiguration();
    set('queues.0.afterCall', 'survey')(configuration as never);
    set('trunks.0.takesOver', [
      { header: 'User-to-User', as: 'customer', pick: '/customer' },
      { header: 'User-to-User', as: 'language', pick: '/language' },
    ])(configuration as never);
    expect(validateConfiguration(configuration, { prompts, flows })).toEqual({ ok: true, configuration });
    expect(validateConfiguration(configuration, { prompts, flows: ['hotline'] })).toMatchObject({ ok: false });
    expect(validateConfiguration(configuration, { prompts })).toMatchObject({ ok: true });
  });

  it('that is nothing of the kind is refused in one sentence', () => {
    for (const found of [null, 7, 'queues', [], undefined])
      expect(validateConfiguration(found)).toMatchObject({
        ok: false,
        problems: [{ path: '', expected: expect.stringContaining('a configuration') }],
      });
  });

  it('has all its problems told at once, whatever their kind', () => {
    const problems = problemsOf((configuration) => {
      for (const [, spoil] of cases.filter(([title]) => /fraction|unknown team|overlap|mistake|secret written/.test(title)))
        spoil(configuration);
    });
    const paths = problems.map(({ path }) => path);
    for (const path of [
      'queues/billing/priority',
      'hours/office/weekly/mon/0',
      'trunks/city-line/password',
      'users/ana/agent/phone/password',
    ])
      expect(paths).toContain(path);
  });

  it('with an entry of a wrong shape is not blamed for those who refer to it', () => {
    expect(problemsOf(set('roles.1.name', 'Administrator'))).toEqual([
      { path: 'roles/administrator/name', found: 'Administrator', expected: 'a group of fields' },
    ]);
  });

  it('never repeats a secret in what it says', () => {
    const told = cases.filter(([title]) => /secret|password/.test(title)).flatMap(([, spoil]) => problemsOf(spoil));
    expect(told.length).toBeGreaterThanOrEqual(4);
    expect(JSON.stringify(told)).not.toContain('hunter2');
  });

  it.each(['__proto__', 'constructor', 'prototype'])('with a field named %s is refused before it is read', (trap) => {
    for (const text of [`{"${trap}": {"polluted": 1}}`, `{"version": 1, "users": [{"agent": {"skills": {"${trap}": 3}}}]}`]) {
      const judged = validateConfiguration(JSON.parse(text));
      expect(judged).toMatchObject({ ok: false, problems: [{ found: `a field named ${trap}` }] });
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('that goes round in itself, or is too large or too deep, is refused in no time', () => {
    const round: unknown[] = [];
    for (let index = 0; index < 50; index++) round.push(round);
    expect(validateConfiguration({ queues: round })).toMatchObject({ ok: false });
    let deep: unknown = 1;
    for (let index = 0; index < 10_000; index++) deep = [deep];
    expect(validateConfiguration({ queues: deep })).toMatchObject({ ok: false, problems: [{ expected: 'at most 12 levels' }] });
    const many = { ...smallConfiguration(), teams: Array.from({ length: 20_001 }, () => 1) };
    expect(validateConfiguration(many)).toMatchObject({
      ok: false,
      problems: [{ path: 'teams', found: 'a list of 20001', expected: 'at most 20000 entries' }],
    });
  });

  it('with more problems than anybody reads tells the first thousand and how many are left', () => {
    const judged = validateConfiguration({
      ...smallConfiguration(),
      teams: Array.from({ length: 1_500 }, (_, index) => ({ id: `t${index}`, name, orgUnit: 'x' })),
    });
    if (judged.ok) throw new Error('was taken');
    expect(judged.problems).toHaveLength(1_001);
    expect(judged.problems.at(-1)).toMatchObject({ found: expect.stringMatching(/^50\d more problems$/) });
  });

  it('of any sensible kind is taken as it is', () => {
    fc.assert(
      fc.property(anyConfiguration, (configuration) => {
        expect(validateConfiguration(configuration)).toEqual({ ok: true, configuration });
      }),
      { numRuns: 200 },
    );
  });

  it('of any nonsense is judged without failing', () => {
    fc.assert(
      fc.property(
        fc.object({ key: fc.constantFrom('queues', 'users', 'id', 'version', 'agent', 'skills', 'rings', '__proto__'), maxDepth: 5 }),
        (found) => {
          expect(validateConfiguration(found).ok).toBe(false);
          expect(validateConfiguration({ ...smallConfiguration(), ...found }).ok).toBeTypeOf('boolean');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('with a second administrator may lose the first', () => {
    expect(problemsOf((configuration) => void configuration.users.splice(0, 1, user('zoe')))).toEqual([]);
  });
});
