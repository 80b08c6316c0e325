import {
  diffConfigurations,
  orderBeforeRemoval,
  passwordNote,
  undoOf,
  validateConfiguration,
} from '../../../cti-bridge/organisation/index.ts';
import { demoWrittenContacts } from '../../../cti-bridge/store/seed/written-contacts.ts';
import type { CommandOutcome } from '../../../renderer/bridge/index.ts';
import { plainTrunk } from '../../../shared/contracts/calling.ts';
import type {
  Configuration,
  ConfigurationRevision,
  QueueConfiguration,
  UserConfiguration,
} from '../../../shared/contracts/configuration.ts';
import type { RulesTrial, TriedMessage } from '../../../shared/contracts/messages/inbox.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';

/** An invented organisation as an administrator set it up, for pictures and tests. */
function queue(id: string, en: string, zh: string, more: Partial<QueueConfiguration> = {}): QueueConfiguration {
  return {
    id,
    name: { en, zh },
    channel: 'voice',
    needs: '',
    rings: [],
    strategy: 'longestIdle',
    ringSeconds: 20,
    missesBeforeNotReady: 2,
    priority: 50,
    ageingSecondsPerPoint: 60,
    serviceLevel: { targetPercent: 80, thresholdSeconds: 20 },
    hours: null,
    maxWaiting: 40,
    maxWaitSeconds: 1_200,
    overflow: null,
    whenClosed: { to: 'announce', prompt: 'queue-closed' },
    whenFull: { to: 'announce', prompt: 'all-busy' },
    whenWaitedTooLong: { to: 'callback' },
    announcements: { everySeconds: 60, position: true, expectedWait: true },
    callbackAfterSeconds: 90,
    lastAgent: null,
    accountManager: null,
    bypassTiers: ['diamond'],
    wrapUp: { mode: 'timed', seconds: 90, extendBySeconds: 60, maxExtensions: 2, defaultDisposition: 'other' },
    alerts: { waitingAbove: 10, longestWaitAboveSeconds: 120, serviceLevelBelowPercent: 70 },
    ...more,
  };
}

function agent(
  id: string,
  name: string,
  extension: string,
  skills: Readonly<Record<string, number>>,
  more: Partial<UserConfiguration> = {},
): UserConfiguration {
  return {
    id,
    username: id,
    name,
    role: 'agent',
    locale: 'en',
    orgUnit: 'bristol',
    agent: {
      id: `ag-${id}`,
      extension,
      team: 'business-east',
      capacity: 'standard',
      skills: { ...skills },
      leftQueues: [],
      weight: 1,
      phone: { kind: 'desktop' },
    },
    ...more,
  };
}

const office = [
  { from: '08:00', to: '12:30' },
  { from: '13:30', to: '18:00' },
];

export function stageConfiguration(): Configuration {
  return {
    version: 1,
    organisation: {
      name: { en: 'Northline Business · Customer Care', zh: '东海通信 · 集团客户服务中心' },
      homeCountry: 'GB',
      timeZone: 'Europe/London',
      dialling: { outsidePrefix: '9', areaCode: null },
    },
    orgUnits: [
      { id: 'hq', parent: null, tier: 'headquarters', name: { en: 'Northline headquarters', zh: '东海总部' } },
      { id: 'west', parent: 'hq', tier: 'province', name: { en: 'West', zh: '西区' } },
      { id: 'bristol', parent: 'west', tier: 'city', name: { en: 'Bristol', zh: '布里斯托' } },
      { id: 'cardiff', parent: 'west', tier: 'city', name: { en: 'Cardiff', zh: '加的夫' } },
      { id: 'north', parent: 'hq', tier: 'province', name: { en: 'North', zh: '北区' } },
      { id: 'leeds', parent: 'north', tier: 'city', name: { en: 'Leeds', zh: '利兹' } },
    ],
    teams: [
      { id: 'business-east', name: { en: 'Business, day shift', zh: '集团客户日班' }, orgUnit: 'bristol' },
      { id: 'technical', name: { en: 'Technical', zh: '技术支持班' }, orgUnit: 'leeds' },
    ],
    skills: [
      { id: 'billing', name: { en: 'Billing', zh: '账务' } },
      { id: 'technical', name: { en: 'Technical', zh: '技术' } },
      { id: 'sales', name: { en: 'Sales', zh: '销售' } },
      { id: 'french', name: { en: 'French', zh: '法语' } },
      { id: 'keyAccounts', name: { en: 'Key accounts', zh: '大客户' } },
    ],
    capacities: [
      {
        id: 'standard',
        name: { en: 'Standard', zh: '标准' },
        channels: {
          voice: { max: 1, weight: 100, interrupts: ['email', 'sms', 'document'] },
          chat: { max: 3, weight: 30, interrupts: ['email', 'document'] },
          email: { max: 5, weight: 15, interrupts: [] },
          sms: { max: 4, weight: 20, interrupts: [] },
          document: { max: 3, weight: 15, interrupts: [] },
        },
      },
      { id: 'voice-only', name: { en: 'Calls only', zh: '只接电话' }, channels: { voice: { max: 1, weight: 100, interrupts: [] } } },
    ],
    hours: [
      {
        id: 'office',
        name: { en: 'Office hours', zh: '工作时间' },
        timeZone: 'Europe/London',
        weekly: { mon: office, tue: office, wed: office, thu: office, fri: [{ from: '08:00', to: '17:00' }] },
        holidays: [
          { date: '2026-12-25', name: { en: 'Christmas Day', zh: '圣诞节' }, spans: [] },
          { date: '2026-12-24', name: { en: 'Christmas Eve', zh: '平安夜' }, spans: [{ from: '08:00', to: '12:00' }] },
        ],
      },
    ],
    queues: [
      queue('billing', 'Billing', '账务', {
        needs: 'billing >= 5',
        rings: [
          { afterSeconds: 30, needs: 'billing >= 3' },
          { afterSeconds: 90, needs: 'billing or keyAccounts' },
        ],
        overflow: { afterSeconds: 300, queue: 'general' },
        lastAgent: { waitSeconds: 30, withinDays: 14 },
        accountManager: { waitSeconds: 60 },
      }),
      queue('technical', 'Technical', '技术支持', {
        needs: 'technical',
        strategy: 'bestSkill',
        serviceLevel: { targetPercent: 90, thresholdSeconds: 30 },
      }),
      queue('sales', 'Sales', '销售', { needs: 'sales', hours: 'office', strategy: 'weighted' }),
      queue('general', 'General', '综合', { strategy: 'roundRobin', priority: 30 }),
      queue('mail', 'E-mail', '邮件', {
        channel: 'email',
        hours: 'office',
        callbackAfterSeconds: null,
        whenWaitedTooLong: { to: 'announce', prompt: 'all-busy' },
        maxWaiting: null,
        maxWaitSeconds: null,
        announcements: { everySeconds: null, position: false, expectedWait: false },
        serviceLevel: { targetPercent: 95, thresholdSeconds: 14_400 },
      }),
      ...[writtenQueue('texts', 'Text messages', '短信', 'sms'), writtenQueue('chats', 'Chats', '在线客服', 'chat')],
      writtenQueue('letters', 'Fax and letters', '传真与信函', 'document'),
    ],
    reasons: [
      { id: 'break', name: { en: 'Break', zh: '小休' } },
      { id: 'meal', name: { en: 'Meal', zh: '用餐' } },
      { id: 'meeting', name: { en: 'Meeting', zh: '会议' } },
      { id: 'training', name: { en: 'Training', zh: '培训' } },
    ],
    dispositions: [
      { code: 'invoice', name: { en: 'Invoice', zh: '账单' }, parent: null },
      { code: 'invoice-explained', name: { en: 'Explained', zh: '已解释' }, parent: 'invoice' },
      { code: 'credit', name: { en: 'Credit', zh: '减免' }, parent: 'invoice' },
      { code: 'credit-full', name: { en: 'In full', zh: '全额' }, parent: 'credit' },
      { code: 'fault', name: { en: 'Fault', zh: '故障' }, parent: null },
      { code: 'fault-ticket', name: { en: 'Repair case opened', zh: '已报障' }, parent: 'fault' },
      { code: 'other', name: { en: 'Other', zh: '其他' }, parent: null },
    ],
    roles: [
      { id: 'agent', name: { en: 'Agent', zh: '坐席' }, rights: [...rightsOfRole.agent] },
      { id: 'supervisor', name: { en: 'Supervisor', zh: '班长' }, rights: [...rightsOfRole.supervisor] },
      { id: 'administrator', name: { en: 'Administrator', zh: '管理员' }, rights: [...rightsOfRole.administrator] },
      { id: 'exchange', name: { en: 'Exchange', zh: '数据交换' }, rights: ['session:own', 'record:exchange'] },
    ],
    users: [
      agent('lena', 'Lena Hartmann', '6012', { billing: 8, keyAccounts: 6, french: 4 }),
      agent('omar', 'Omar Farouk', '6013', { billing: 5, sales: 7 }),
      agent('priya', 'Priya Nair', '6014', { technical: 9 }, { orgUnit: 'leeds' }),
      agent('xiaoyue', '林晓月', '6015', { billing: 4, technical: 3 }, { locale: 'zh', orgUnit: 'cardiff' }),
      agent('ruth', 'Ruth Adeyemi', '6020', { billing: 6, technical: 6, sales: 6 }, { role: 'supervisor' }),
      {
        id: 'admin',
        username: 'admin',
        name: 'Ada Bergström',
        role: 'administrator',
        locale: 'en',
        orgUnit: 'hq',
        agent: null,
      },
    ],
    trunks: [
      {
        id: 'main',
        name: { en: 'Main trunk', zh: '主中继' },
        host: 'sip.carrier.example',
        port: 5061,
        transport: 'tls',
        username: 'northline',
        password: { env: 'TRUNK_MAIN_PASSWORD' },
        ...plainTrunk(),
        takesOver: [
          { header: 'User-to-User', as: 'customerNumber', pick: '/customer' },
          { header: 'X-Menu', as: 'menu' },
        ],
      },
    ],
    apiClients: [
      {
        id: 'billing',
        name: { en: 'Billing system', zh: '计费系统' },
        role: 'exchange',
        orgUnit: 'hq',
        secret: { env: 'BILLING_SYSTEM_SECRET' },
      },
    ],
    retention: [{ id: 'silent', name: { en: 'Gone for three years', zh: '流失三年' }, silentForDays: 1_095, stages: ['lost'] }],
    customFields: [
      {
        ...{ id: 'contactWindow', name: { en: 'Best reached', zh: '方便联系' }, on: 'person', kind: 'choice' },
        choices: [
          { id: 'morning', name: { en: 'In the morning', zh: '上午' } },
          { id: 'afternoon', name: { en: 'In the afternoon', zh: '下午' } },
          { id: 'evening', name: { en: 'In the evening', zh: '晚上' } },
        ],
      },
      { id: 'newsletter', name: { en: 'Reads the newsletter', zh: '订阅资讯' }, on: 'person', kind: 'flag', choices: [] },
      { id: 'cause', name: { en: 'Cause', zh: '故障原因' }, on: 'case', kind: 'text', choices: [] },
    ],
    ...writtenOnStage(),
  };
}

const writtenQueue = (id: string, en: string, zh: string, channel: 'sms' | 'chat' | 'document') =>
  queue(id, en, zh, {
    ...{ channel, callbackAfterSeconds: null, whenWaitedTooLong: { to: 'announce', prompt: 'all-busy' }, maxWaitSeconds: null },
    announcements: { everySeconds: null, position: false, expectedWait: false },
  });

/** As in the demo, with a mailbox that is fetched from and a carrier of each kind. */
function writtenOnStage() {
  const { mailboxes, smsLines, messageRules, ...others } = demoWrittenContacts(false);
  const server = { security: 'tls', username: 'care', password: { env: 'CARE_PASSWORD' } } as const;
  return {
    ...others,
    mailboxes: mailboxes.map((box, index) =>
      index > 0
        ? box
        : {
            ...box,
            incoming: { ...server, host: 'imap.crosspoint.example', port: 993, folder: 'INBOX' },
            outgoing: { ...server, host: 'smtp.crosspoint.example', port: 465 },
          },
    ),
    smsLines: [
      ...smsLines,
      ...smsLines.map((line) => ({
        ...line,
        ...{ id: 'offers', name: { en: 'Offers', zh: '营销短信号' }, number: '10655902' },
        carrier: { kind: 'http', url: 'https://sms.crosspoint.example/send', secret: { file: '/run/secrets/sms' } } as const,
      })),
    ],
    messageRules: messageRules.map((rule) => ({
      ...rule,
      then: { ...rule.then, needs: rule.then.needs.replace(/(general|sales) >= \d/, '') },
    })),
  };
}

/** As if two of 412 messages would go elsewhere by the last of the rules. */
function triedRules(rules: readonly { readonly id: string }[]): RulesTrial {
  const last = rules.at(-1)?.id ?? null;
  const move = (at: number, from: string, subject: string, found: string): TriedMessage => ({
    ...{ at, channel: 'email', from, subject, queueNow: 'mail', queueThen: 'sales', ruleId: last },
    why: [{ condition: 'words', found }],
  });
  const moves = [
    move(Date.UTC(2026, 10, 17, 8, 40), 'nan.okafor@brookstreet.example', 'Renewal of our contract', 'renewal'),
    move(Date.UTC(2026, 10, 12, 15, 5), 'office@hartley.example', '合同续约', '续约'),
  ];
  return {
    ...{ messages: 412, moved: moves.length, moves },
    byQueue: [
      { queueId: 'mail', now: 398, then: 396 },
      { queueId: 'sales', now: 14, then: 16 },
    ],
    byRule: [
      ...rules.map(({ id }) => ({ ruleId: id, count: id === last ? 2 : 4, leftToEarlier: 1, examples: id === last ? moves : [] })),
      { ruleId: null, count: 406, leftToEarlier: 0, examples: [] },
    ],
  };
}

const stagePrompts = [
  'all-busy',
  'call-recorded',
  'goodbye',
  'please-wait',
  'queue-closed',
  'queue-full',
  'voicemail-greeting',
  'waited-too-long',
];
const stageFlows = [
  { flowId: 'hotline', name: { en: 'Hotline', zh: '服务热线' } },
  { flowId: 'survey', name: { en: 'Survey after the call', zh: '通话后满意度调查' } },
];
const around = { prompts: stagePrompts, flows: stageFlows.map(({ flowId }) => flowId) };

const ok = <Value>(value: Value): CommandOutcome<Value> => ({ ok: true, value });

export interface ScriptedAdministration {
  configuration: Configuration;
  readonly revisions: ConfigurationRevision[];
  /** Somebody else saves. */
  saveAs(name: string, change: (configuration: Configuration) => Configuration, note?: string): void;
}

/** The bridge's side of the administration in memory, judging with the bridge's own rules. */
export function scriptAdministration(bridge: ScriptedBridge, start: Configuration = stageConfiguration()): ScriptedAdministration {
  let at = Date.UTC(2026, 10, 18, 9, 12);
  const orders = new Map<number, ReturnType<typeof orderBeforeRemoval>>();
  const store = (name: string, next: Configuration, note: string): number => {
    const revision = (administration.revisions[0]?.revision ?? 1) + 1;
    at += 3_600_000;
    administration.revisions.unshift({
      revision,
      at,
      by: { userId: name.toLowerCase(), name },
      note,
      changes: diffConfigurations(administration.configuration, next),
    });
    orders.set(revision, orderBeforeRemoval(administration.configuration, next));
    administration.configuration = next;
    return revision;
  };
  const administration: ScriptedAdministration = {
    configuration: start,
    revisions: [],
    saveAs: (name, change, note = '') => void store(name, change(administration.configuration), note),
  };
  const current = () => administration.revisions.find(({ changes }) => changes.length > 0)?.revision ?? 1;

  bridge.answers['configuration:read'] = () =>
    ok({ revision: current(), configuration: administration.configuration, prompts: stagePrompts, flows: stageFlows });
  bridge.answers['configuration:check'] = ({ configuration }) => {
    const judged = validateConfiguration(configuration, around);
    return ok({
      problems: judged.ok ? [] : judged.problems,
      changes: judged.ok ? diffConfigurations(administration.configuration, judged.configuration) : [],
    });
  };
  bridge.answers['configuration:save'] = ({ configuration, basedOn, note }) => {
    if (basedOn !== current()) return { ok: false, error: { code: 'conflict', message: 'Another revision was saved.' } };
    const judged = validateConfiguration(configuration, around);
    if (!judged.ok) return ok({ saved: false, problems: judged.problems });
    return ok({ saved: true, revision: store('Ada Bergström', judged.configuration, note) });
  };
  bridge.answers['rules:try'] = ({ rules }) => ok(triedRules(rules));
  bridge.answers['user:set-password'] = ({ userId }) => {
    const { name = userId } = administration.configuration.users.find(({ id }) => id === userId) ?? {};
    const revision = (administration.revisions[0]?.revision ?? 1) + 1;
    const by = { userId: 'ada', name: 'Ada Bergström' };
    administration.revisions.unshift({ revision, at: (at += 3_600_000), by, note: passwordNote(name), changes: [] });
    return ok({});
  };
  bridge.answers['configuration:history'] = ({ before, limit }) =>
    ok({ revisions: administration.revisions.filter(({ revision }) => before === null || revision < before).slice(0, limit) });
  bridge.answers['configuration:undo'] = ({ revision }) => {
    const entry = administration.revisions.find((each) => each.revision === revision);
    if (!entry) return { ok: false, error: { code: 'not_found', message: 'No such revision.' } };
    const outcome = undoOf({ ...entry, orderBefore: orders.get(revision) ?? {} }, administration.configuration);
    if (!outcome.ok) return ok({ saved: false, problems: outcome.problems });
    return ok({ saved: true, revision: store('Ada Bergström', outcome.configuration, `undo of ${revision}`) });
  };
  return administration;
}
