import fc from 'fast-check';
import { plainTrunk } from '../../../shared/contracts/calling.ts';
import type { Configuration, QueueConfiguration, UserConfiguration } from '../../../shared/contracts/configuration.ts';
import { queueChannels, strategyNames, wrapUpModes } from '../../../shared/contracts/configuration.ts';
import { plainQueue } from '../../../shared/contracts/plain-queue.ts';
import { rights } from '../../../shared/contracts/rights.ts';

const named = (en: string) => ({ en, zh: `${en}组` });

export function queue(id: string, more: Partial<QueueConfiguration> = {}): QueueConfiguration {
  return {
    id,
    name: named(id),
    ...structuredClone(plainQueue), // tests break one queue at a time
    needs: 'billing >= 1',
    priority: 5,
    whenFull: { to: 'announce', prompt: 'all-busy' },
    whenWaitedTooLong: { to: 'announce', prompt: 'all-busy' },
    ...more,
  };
}

export function user(id: string, more: Partial<UserConfiguration> = {}): UserConfiguration {
  return { id, username: id, name: id.toUpperCase(), role: 'administrator', locale: 'en', orgUnit: null, agent: null, ...more };
}

export function agent(id: string, extension: string, more: Partial<NonNullable<UserConfiguration['agent']>> = {}): UserConfiguration {
  return user(id, {
    role: 'agent',
    agent: {
      id: `agent-${id}`,
      extension,
      team: null,
      capacity: 'standard',
      skills: { billing: 3 },
      leftQueues: [],
      weight: 1,
      phone: { kind: 'desktop' },
      ...more,
    },
  });
}

/** A small organisation with one of everything, that can work. */
export function smallConfiguration(): Configuration {
  return {
    version: 1,
    organisation: {
      name: named('Northline'),
      homeCountry: 'CN',
      timeZone: 'Asia/Shanghai',
      dialling: { outsidePrefix: null, areaCode: null },
    },
    orgUnits: [
      { id: 'hq', parent: null, tier: 'headquarters', name: named('HQ') },
      { id: 'east', parent: 'hq', tier: 'province', name: named('East') },
      { id: 'ningbo', parent: 'east', tier: 'city', name: named('Ningbo') },
    ],
    teams: [{ id: 'red', name: named('Red'), orgUnit: 'ningbo' }],
    skills: [
      { id: 'billing', name: named('Billing') },
      { id: 'french', name: named('French') },
    ],
    capacities: [
      {
        id: 'standard',
        name: named('Standard'),
        channels: { voice: { max: 1, weight: 100, interrupts: ['email'] }, email: { max: 5, weight: 15, interrupts: [] } },
      },
    ],
    hours: [
      {
        id: 'office',
        name: named('Office'),
        timeZone: 'Europe/London',
        weekly: { mon: [{ from: '09:00', to: '17:30' }], sat: [] },
        holidays: [{ date: '2026-12-25', name: named('Christmas'), spans: [] }],
      },
    ],
    queues: [queue('billing', { hours: 'office' }), queue('general', { needs: '' })],
    reasons: [{ id: 'break', name: named('Break') }],
    dispositions: [
      { code: 'solved', name: named('Solved'), parent: null },
      { code: 'solvedAtOnce', name: named('At once'), parent: 'solved' },
      { code: 'notCoded', name: named('Not coded'), parent: null },
    ],
    roles: [
      { id: 'agent', name: named('Agent'), rights: ['session:own', 'work:handle'] },
      { id: 'administrator', name: named('Administrator'), rights: ['session:own', 'configuration:read', 'configuration:write'] },
      { id: 'exchange', name: named('Exchange'), rights: ['session:own', 'record:exchange'] },
    ],
    users: [user('ada'), agent('ana', '6012', { team: 'red' })],
    trunks: [
      {
        id: 'city-line',
        name: named('City line'),
        host: 'sip.example.com',
        port: 5060,
        transport: 'tls',
        username: 'us',
        password: { env: 'CITY_LINE_PASSWORD' },
        ...plainTrunk(),
      },
    ],
    apiClients: [{ id: 'billing', name: named('Billing'), role: 'exchange', orgUnit: null, secret: { env: 'BILLING_SECRET' } }],
    retention: [{ id: 'silent', name: named('Silent'), silentForDays: 1_095, stages: ['lost'] }],
    customFields: [{ id: 'colour', name: named('Colour'), on: 'person', kind: 'choice', choices: [{ id: 'blue', name: named('Blue') }] }],
    mailboxes: [],
    smsLines: [],
    chatSites: [],
    documentSources: [],
    messageRules: [],
    messageTemplates: [],
    surveys: [],
  };
}

const both = { en: 'Hello', zh: '您好' };
const queuesOf = (queues: Record<'email' | 'sms' | 'chat' | 'document', string>) =>
  Object.entries(queues).map(([channel, id]) =>
    queue(id, {
      ...{ channel: channel as keyof typeof queues, needs: '', callbackAfterSeconds: null },
      whenFull: { to: 'announce', prompt: 'p' },
    }),
  );
const writtenQueues = { email: 'the-mails', sms: 'the-texts', chat: 'the-chats', document: 'the-letters' };

/** One of everything that is set up for written contacts, and the queues that they go to. */
export function writtenContacts() {
  return {
    queues: queuesOf(writtenQueues),
    mailboxes: [
      {
        ...{ id: 'care', name: named('Care'), address: 'care@example.com', sender: named('Northline'), queue: 'the-mails', kind: 'mail' },
        incoming: {
          ...{ host: 'imap.example.com', port: 993, security: 'tls', username: 'care', folder: 'INBOX' },
          password: { env: 'CARE_PASSWORD' },
        },
        outgoing: { host: 'mail', port: 25, security: 'startTls', username: null, password: null },
        signature: { en: '{{agentName}}', zh: '{{agentName}}' },
        autoReply: { subject: { en: 'Re: {{subject}}', zh: '回复：{{subject}}' }, text: both },
      },
    ],
    smsLines: [
      {
        ...{ id: 'hotline', name: named('Hotline'), number: '10655', queue: 'the-texts' },
        carrier: { kind: 'http', url: 'https://sms.example.com/send', secret: { file: '/run/sms' } },
        ...{ stopped: { en: 'No more.', zh: '已退订。' }, resumed: { en: '', zh: '' } },
      },
    ],
    chatSites: [
      {
        ...{ id: 'shop', name: named('Shop'), title: named('Ask us'), welcome: both, colour: '#2f5bd0', queue: 'the-chats' },
        ...{
          asks: { name: true, email: false, phone: false, topic: true },
          allowedOrigins: ['https://shop.example'],
          files: true,
          rating: true,
        },
      },
    ],
    documentSources: [{ id: 'letters', name: named('Letters'), kind: 'letter', queue: 'the-letters', folder: '/srv/letters' }],
    messageRules: [
      {
        ...{ id: 'complaints', name: named('Complaints'), isOn: true },
        when: {
          ...{ channels: ['email'], sources: ['care'], from: ['@example.com'], words: ['complaint', '投诉'] },
          ...{ languages: ['zh'], tiers: ['gold'] },
        },
        then: { queue: 'the-mails', needs: 'billing >= 4', priority: 9, answerWithinMinutes: 60 },
      },
    ],
    messageTemplates: [
      {
        ...{ id: 'received', name: named('Received'), channels: ['email', 'chat'], shortcut: 'received', subject: { en: '', zh: '' } },
        text: { en: 'Dear {{customerName}}', zh: '尊敬的{{customerName}}' },
      },
    ],
    surveys: [
      {
        ...{ id: 'how-was-it', name: named('How was it'), isOn: true, queues: ['the-mails'], mailbox: 'care', smsLine: 'hotline' },
        by: { voice: 'sms', email: 'email', sms: 'sms', chat: 'email', document: 'none' },
        ...{ address: 'https://care.example', afterMinutes: 5, notAgainWithinDays: 30 },
        ...{ subject: { en: 'How was it?', zh: '请评价' }, question: { en: 'How was it at {{organisationName}}?', zh: '请评价' } },
        ...{ comment: { en: '', zh: '' }, thanks: { en: 'Thank you.', zh: '谢谢！' } },
      },
    ],
  } satisfies Partial<Configuration>;
}

/** A small organisation that takes written contacts as well as calls. */
export function writingConfiguration(): Configuration {
  const small = smallConfiguration();
  const { queues, ...sections } = writtenContacts();
  const capacities = small.capacities.map((profile) => ({
    ...profile,
    channels: Object.fromEntries(queueChannels.map((channel) => [channel, { max: 2, weight: 20, interrupts: [] }])),
  }));
  return { ...small, capacities, queues: [...small.queues, ...queues], ...sections };
}

const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
  fc.constantFrom('账务', '=1+1', 'no', '1e3', '07:30', 'it\'s: "so" # not', 'yes ', '- x', 'null', '2026-01-01', '~'),
);
const name = fc.record({ en: text, zh: text }).filter(({ en, zh }) => en.length <= 80 && zh.length <= 80);
const idText = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/).filter((id) => !['constructor', 'prototype'].includes(id));
const ids = (max: number) => fc.uniqueArray(idText, { maxLength: max });
const seconds = fc.integer({ min: 1, max: 86_400 });
const span = fc.constantFrom<{ from: string; to: string }[]>(
  [],
  [{ from: '08:00', to: '12:00' }],
  [
    { from: '13:00', to: '24:00' },
    { from: '00:00', to: '12:30' },
  ],
);

/** Any configuration that can work. */
export const anyConfiguration: fc.Arbitrary<Configuration> = fc
  .record({
    units: ids(4),
    teams: ids(4),
    skills: fc.uniqueArray(
      fc.stringMatching(/^[a-z][a-zA-Z0-9_]{0,10}$/).filter((id) => !['and', 'or', 'constructor', 'prototype'].includes(id)),
      { minLength: 1, maxLength: 4 },
    ),
    hours: ids(3),
    queues: ids(5),
    codes: fc.uniqueArray(idText, { minLength: 1, maxLength: 6 }),
    reasons: ids(3),
    agents: ids(6),
    trunks: ids(2),
    seed: fc.infiniteStream(fc.nat()),
    names: fc.infiniteStream(name),
    texts: fc.infiniteStream(text),
    waits: fc.infiniteStream(seconds),
    spans: fc.infiniteStream(span),
  })
  .map((made) => {
    const next = <Value>(from: Iterator<Value>): Value => from.next().value as Value;
    const number = (below: number) => next(made.seed) % below;
    const pick = <Value>(from: readonly Value[]): Value => from[number(from.length)] as Value;
    const maybe = <Value>(value: () => Value): Value | null => (number(2) === 0 ? null : value());
    const named = () => next(made.names);
    const tiers = ['headquarters', 'province', 'city'] as const;
    const isWriting = number(2) === 0;
    const { queues: queuesToWrite, ...written } = writtenContacts();
    const anyWritten = {
      ...written,
      mailboxes: written.mailboxes.map((box) => ({ ...box, name: named(), sender: named(), autoReply: maybe(() => box.autoReply) })),
      documentSources: written.documentSources.map((source) => ({ ...source, kind: pick(['letter', 'form', 'fax'] as const) })),
      messageRules: written.messageRules.map((rule) => ({ ...rule, then: { ...rule.then, needs: '' }, isOn: number(2) === 0 })),
    };
    const noWritten = {
      mailboxes: [],
      smsLines: [],
      chatSites: [],
      documentSources: [],
      messageRules: [],
      messageTemplates: [],
      surveys: [],
    };
    return {
      version: 1,
      organisation: {
        name: named(),
        homeCountry: pick(['CN', 'GB']),
        timeZone: pick(['Asia/Shanghai', 'UTC', 'America/Argentina/Buenos_Aires']),
        dialling: { outsidePrefix: pick([null, '9', '0']), areaCode: pick([null, '0574', '020']) },
      },
      orgUnits: made.units
        .slice(0, 3)
        .map((id, index) => ({ id, parent: made.units[index - 1] ?? null, tier: tiers[index] ?? 'city', name: named() })),
      teams: made.teams.map((id) => ({ id, name: named(), orgUnit: made.units[0] ?? null })),
      skills: made.skills.map((id) => ({ id, name: named() })),
      capacities: [
        {
          id: 'standard',
          name: named(),
          channels: Object.fromEntries(
            queueChannels.map((channel) => [
              channel,
              {
                max: 1 + number(50),
                weight: 1 + number(100),
                interrupts: queueChannels.filter((each) => each !== channel && number(2) === 0),
              },
            ]),
          ),
        },
      ],
      hours: made.hours.map((id) => ({
        id,
        name: named(),
        timeZone: pick(['Europe/London', 'Asia/Shanghai']),
        weekly: { mon: next(made.spans), sun: next(made.spans) },
        holidays: number(2) === 0 ? [] : [{ date: '2028-02-29', name: named(), spans: next(made.spans) }],
      })),
      queues: [
        ...(isWriting ? queuesToWrite : []),
        ...made.queues.map((id, index) =>
          queue(id, {
            name: named(),
            needs: pick(['', ...made.skills, `${made.skills[0]} >= ${1 + number(10)}`, `(${made.skills[0]} > 2 or ${made.skills[0]} = 1)`]),
            rings:
              number(2) === 0
                ? []
                : [
                    { afterSeconds: 10, needs: '' },
                    { afterSeconds: 11 + number(100), needs: pick(made.skills) },
                  ],
            strategy: pick(strategyNames),
            ageingSecondsPerPoint: maybe(() => next(made.waits)),
            hours: maybe(() => made.hours[0] ?? null),
            maxWaitSeconds: maybe(() => next(made.waits)),
            whenFull:
              index > 0 && number(2) === 0
                ? { to: 'queue', queue: made.queues[index - 1] as string }
                : pick([{ to: 'callback' }, { to: 'announce', prompt: 'p' }] as const),
            bypassTiers: pick([[], ['diamond']] as const).slice(),
            wrapUp: {
              mode: pick(wrapUpModes),
              seconds: next(made.waits),
              extendBySeconds: 30,
              maxExtensions: number(21),
              defaultDisposition: '',
            },
          }),
        ),
      ].map((one) => ({ ...one, wrapUp: { ...one.wrapUp, defaultDisposition: made.codes.at(-1) as string } })),
      reasons: made.reasons.map((id) => ({ id, name: named() })),
      dispositions: made.codes.map((code, index) => ({
        code,
        name: named(),
        parent: index > 0 && index < made.codes.length - 1 && number(2) === 0 ? (made.codes[index - 1] as string) : null,
      })),
      roles: [
        { id: 'all', name: named(), rights: [...rights] },
        { id: 'some', name: named(), rights: ['session:own', 'work:handle'] },
      ],
      users: [
        user('the-first', { role: 'all', name: next(made.texts) }),
        ...made.agents
          .filter((id) => id !== 'the-first')
          .filter((id, index, all) => all.findIndex((each) => each.toLowerCase() === id.toLowerCase()) === index)
          .map((id, index) => {
            const made1 = agent(id, String(6_000 + index), {
              skills: Object.fromEntries(made.skills.filter(() => number(2) === 0).map((skill) => [skill, 1 + number(10)])),
              leftQueues: made.queues.filter(() => number(3) === 0),
              weight: (1 + number(100)) / 10,
              phone: pick([
                { kind: 'desktop' },
                { kind: 'address', uri: 'sip:1@10.0.0.7' },
                { kind: 'registered', password: { file: '/x y' } },
              ] as const),
            });
            return { ...made1, username: id.toLowerCase(), role: 'some', name: next(made.texts), orgUnit: made.units[0] ?? null };
          }),
      ],
      trunks: made.trunks.map((id) => ({
        id,
        name: named(),
        host: 'h',
        port: 1 + number(65_535),
        transport: pick(['udp', 'tcp', 'tls'] as const),
        username: maybe(() => next(made.texts)),
        password: pick([null, { env: 'A_B' }]),
        ...plainTrunk(),
      })),
      apiClients: made.trunks.map((id) => ({
        id,
        name: named(),
        role: 'all',
        orgUnit: made.units[0] ?? null,
        secret: { env: `OF_${id.length}_${made.trunks.indexOf(id)}` },
      })),
      retention: made.hours.map((id) => ({
        id,
        name: named(),
        silentForDays: 30 + number(1_000),
        stages: pick([[], ['lost', 'declining']] as const).slice(),
      })),
      customFields: made.units.map((id) => ({
        id,
        name: named(),
        on: pick(['person', 'account', 'case'] as const),
        ...pick([
          { kind: 'choice' as const, choices: [{ id: 'a', name: { en: 'A', zh: '甲' } }] },
          { kind: 'text' as const, choices: [] },
        ]),
      })),
      ...(isWriting ? anyWritten : noWritten),
    } satisfies Configuration;
  });

/** What goes with a saving whose story does not matter. */
export const anyChange = { changes: [], orderBefore: {}, at: 1, by: { userId: 'system', name: 'System' }, note: 'a test' } as const;
