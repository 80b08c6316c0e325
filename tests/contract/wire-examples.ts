import type { AgentView } from '../../shared/contracts/agent.ts';
import type { Board } from '../../shared/contracts/board.ts';
import {
  type CommandAnswer,
  type CommandName,
  type CommandRequest,
  type LoginAnswer,
  type LoginRequest,
  type PushName,
  type PushPayload,
  pushes,
  type Snapshot,
  type UploadAnswer,
  type UploadName,
  type UploadRequest,
} from '../../shared/contracts/bridge-events.ts';
import type { CallView } from '../../shared/contracts/call.ts';
import { plainTrunk } from '../../shared/contracts/calling.ts';
import type { Configuration, ConfigurationChange, ConfigurationProblem, QueueConfiguration } from '../../shared/contracts/configuration.ts';
import type { ContactRecord, ContactSummary } from '../../shared/contracts/contact.ts';
import type { HelpCall } from '../../shared/contracts/help.ts';
import type { AssignedInteraction, WrapUpView } from '../../shared/contracts/interaction.ts';
import type { OwnFigures } from '../../shared/contracts/own-figures.ts';
import type { QueueView, Why } from '../../shared/contracts/queue.ts';
import type { Offer, ScreenPop } from '../../shared/contracts/screen-pop.ts';
import type { SoundPath } from '../../shared/contracts/sound-path.ts';
import {
  callFeatureExamples,
  customerExamples,
  exampleOf,
  flowExamples,
  flowUploadExamples,
  inboxExamples,
  inboxPushExamples,
} from './example-of.ts';
import { guideExamples, guideUploadExamples } from './guide-examples.ts';
import { knowledgeExamples } from './knowledge-examples.ts';
import { promptExamples } from './prompt-examples.ts';

/** One example of every shape on the wire. Both ends replay them: the bridge answers with them, the desktop's schemas read them. */

const at = Date.UTC(2026, 10, 23, 9, 0, 0);

const summary: ContactSummary = {
  contactId: 'contact-1',
  name: '林晓梅',
  title: 'Operations director',
  accountId: 'account-1',
  accountName: 'Harbour Freight 港运物流',
  isKeyAccount: true,
  tier: 'diamond',
  locale: 'zh',
};

const contact: ContactRecord = {
  ...summary,
  identifiers: [{ kind: 'mobile', value: '+447700900142', label: null, verified: true, shared: false, lastUsedAt: at - 86_400_000 }],
  thingsToKnow: [{ severity: 1, code: 'promiseDue', facts: { by: 'Ana', inDays: 0 } }],
  cases: [
    { caseId: 'case-1', number: 'C-1042', kind: 'complaint', subject: 'Invoice doubled', openedAt: at - 1_000_000, dueAt: at + 1_000_000 },
  ],
  timeline: {
    items: [
      { id: 'item-1', at: at - 5_000, kind: 'call', title: 'Invoice', detail: null, outcome: 'Solved', interactionId: 'interaction-0' },
    ],
    total: 1,
    nextBefore: null,
  },
  products: [{ productId: 'product-1', name: 'SIP trunk', detail: '30 channels', quantity: 2, unused: 1 }],
  notes: [{ noteId: 'note-1', at: at - 9_000, author: 'Ana Ruiz', text: 'Prefers the morning. 上午联系。' }],
  keyAccount: { managerName: 'Wei Chen', anniversaries: [{ label: 'Signed', day: '11-27', inDays: 4 }] },
  consent: { recording: true, smsOffers: false, emailOffers: true },
  prefersChannel: 'voice',
  monthlySpend: { amount: 1_250_000, currency: 'GBP', changePercent: -3.5 },
  contractEndsAt: at + 9_000_000,
  churnRisk: 35,
  contractLevel: 'Gold',
  churnReasons: [{ code: 'silence', points: 20, facts: { days: 90 } }],
  manager: { agentId: 'agent-2', name: 'Wei Chen' },
  possibleDuplicates: [
    {
      ...summary,
      contactId: 'contact-2',
      confidence: 45,
      reasons: [{ code: 'sameNumber', points: 45, facts: { value: '+447700900142' } }],
    },
  ],
};

const queueName = { en: 'Billing', zh: '账务' };

const pop: ScreenPop = {
  popId: 'pop-1',
  interactionId: 'interaction-1',
  caller: {
    number: '+447700900142',
    display: '+44 7700 900142',
    kind: 'mobile',
    country: 'GB',
    presentedName: null,
    region: null,
    carrier: null,
    attempts: { today: 1, week: 1 },
  },
  match: { kind: 'certain', reason: 'numberOnFile', contact },
  dialled: '8001',
  queueId: 'queue-1',
  queueName,
  path: [{ at, code: 'pressed', facts: { key: '1' } }],
  why: [{ code: 'longestIdle', facts: { idleMs: 41_000 } }],
  receivedAt: at,
  queuedAt: at + 8_000,
  knownAt: at + 12,
  callback: { promisedAt: at - 600_000, attempt: 1 },
};

const agent: AgentView = {
  agentId: 'agent-1',
  name: 'Ana Ruiz',
  extension: '1001',
  presence: 'available',
  notReadyReason: null,
  workState: 'idle',
  since: at,
  skills: [{ skill: 'billing', level: 4 }],
};

const call: CallView = {
  interactionId: 'interaction-1',
  reservationId: 'reservation-1',
  state: 'held',
  answeredAt: at + 15_000,
  heldSince: at + 20_000,
  endedAt: null,
  end: null,
};
const endedCall: CallView = {
  ...call,
  state: 'ended',
  heldSince: null,
  endedAt: at + 60_000,
  end: { by: 'caller', reason: 'hungUp', fault: 'caller' },
};

const wrapUp: WrapUpView = {
  interactionId: 'interaction-1',
  startedAt: at + 60_000,
  endsAt: at + 90_000,
  mode: 'timedNoEarlyExit',
  canLeave: false,
  canExtend: true,
  stored: null,
};
const draft = { interactionId: 'interaction-1', text: 'Asked about the invoice.\n问发票。', revision: 3, savedAt: at + 61_000 };
const offer: Offer = {
  reservationId: 'reservation-1',
  interactionId: 'interaction-1',
  channel: 'voice',
  offeredAt: at,
  ringsUntil: at + 20_000,
  pop,
};
const queue: QueueView = { queueId: 'queue-1', name: queueName, waiting: 2, longestWaitSince: at - 9_000, agentsFree: 1 };
const assigned: AssignedInteraction = {
  interactionId: 'interaction-1',
  reservationId: 'reservation-1',
  state: 'wrapping',
  pop,
  call: endedCall,
  wrapUp,
  draft,
};
const today: OwnFigures = {
  handled: 4,
  averageHandlingMs: 312_000,
  rating: { average: 4.6, count: 12 },
  queues: [{ queueId: 'queue-1', inTime: 33, of: 40, targetPercent: 80, thresholdMs: 20_000 }],
};
const user = {
  userId: 'user-1',
  name: 'Ana Ruiz',
  role: 'agent',
  rights: ['session:own', 'work:handle'],
  locale: 'en',
} satisfies Snapshot['user'];

const helpCall: HelpCall = {
  interactionId: 'interaction-1',
  agentId: 'agent-1',
  agentName: 'Ana Ruiz',
  queueName,
  channel: 'voice',
  askedAt: at + 40_000,
  words: 'She wants a credit of £1,284. 需要审批。',
  taken: { userId: 'user-9', name: 'Dana Whitlock', at: at + 44_000 },
};
const interactionId = 'interaction-1';
const reservationId = 'reservation-1';

const board: Board = {
  at,
  queues: [
    {
      queueId: 'queue-1',
      name: queueName,
      channel: 'voice',
      isOpen: true,
      waiting: 2,
      longestWaitSince: at - 9_000,
      target: { percent: 80, thresholdMs: 20_000 },
      serviceLevelNow: { percent: null, inTime: 0, of: 0 },
      serviceLevelToday: { percent: 82.5, inTime: 33, of: 40 },
      answered: 38,
      abandoned: 5,
      diverted: 1,
      handling: 1,
      forCustomer: 0,
      snoozed: 0,
      averageAnswerMs: 8_400,
      averageHandlingMs: null,
      satisfaction: { average: 4.5, count: 2 },
      people: { free: 0, ringing: 1, engaged: 1, wrappingUp: 0, notReady: 1, notReachable: 0, signedOut: 3 },
      trend: [null, 80, 91.5],
      alerts: ['waiting', 'longestWait'],
    },
  ],
  agents: [
    {
      agentId: 'agent-1',
      name: 'Ana Ruiz',
      extension: '1001',
      teamId: null,
      orgUnitId: 'london',
      presence: 'available',
      notReadyReason: null,
      workState: 'engaged',
      since: at - 70_000,
      works: [{ interactionId, queueId: 'queue-1', channel: 'voice', state: 'engaged', since: at - 70_000 }],
      skills: [{ skill: 'billing', level: 4 }],
      queueIds: ['queue-1'],
      leftQueueIds: ['queue-2'],
      handledToday: 12,
      satisfactionToday: { average: null, count: 0 },
      lastMissed: { at: at - 600_000, cause: 'noAnswer' },
    },
  ],
  alerts: [
    {
      alertId: 'waiting queue-1',
      since: at - 4_000,
      severity: 'critical',
      subject: { kind: 'queue', queueId: 'queue-1' },
      code: 'waiting',
      facts: { waiting: 2, above: 1 },
    },
    {
      alertId: 'longWork agent-1',
      since: at,
      severity: 'warning',
      subject: { kind: 'agent', agentId: 'agent-1' },
      code: 'longWork',
      facts: { ms: 700_000, usualMs: 300_000 },
    },
  ],
};

const why: Why = {
  now: [{ code: 'qualifiedBusy', facts: { agents: 3 } }],
  steps: [
    { at: at + 8_000, kind: 'queued', agentId: null, agentName: null, queueId: 'queue-1', cause: null, reasons: [] },
    {
      at: at + 9_000,
      kind: 'withdrawn',
      agentId: 'agent-1',
      agentName: 'Ana Ruiz',
      queueId: 'queue-1',
      cause: 'noAnswer',
      reasons: [{ code: 'longestIdle', facts: { idleMs: 41_000, ofAgents: 2 } }],
    },
  ],
};

const billing: QueueConfiguration = {
  id: 'billing',
  name: queueName,
  channel: 'voice',
  needs: 'billing >= 3',
  rings: [{ afterSeconds: 20, needs: 'billing' }],
  strategy: 'longestIdle',
  ringSeconds: 20,
  missesBeforeNotReady: 2,
  priority: 10,
  ageingSecondsPerPoint: 30,
  serviceLevel: { targetPercent: 80, thresholdSeconds: 20 },
  hours: 'office',
  maxWaiting: 50,
  maxWaitSeconds: 1_800,
  overflow: null,
  whenClosed: { to: 'announce', prompt: 'queue-closed' },
  whenFull: { to: 'callback' },
  whenWaitedTooLong: { to: 'announce', prompt: 'all-busy' },
  announcements: { everySeconds: 45, position: true, expectedWait: true },
  callbackAfterSeconds: 60,
  lastAgent: { waitSeconds: 15, withinDays: 7 },
  accountManager: null,
  bypassTiers: ['diamond'],
  wrapUp: { mode: 'timed', seconds: 45, extendBySeconds: 30, maxExtensions: 2, defaultDisposition: 'notCoded' },
  alerts: { waitingAbove: 5, longestWaitAboveSeconds: 60, serviceLevelBelowPercent: 70 },
};

const configuration: Configuration = {
  version: 1,
  organisation: {
    name: { en: 'Northlight Telecom', zh: '北光通信' },
    homeCountry: 'GB',
    timeZone: 'Europe/London',
    dialling: { outsidePrefix: '9', areaCode: null },
  },
  orgUnits: [{ id: 'hq', parent: null, tier: 'headquarters', name: { en: 'Headquarters', zh: '总部' } }],
  teams: [{ id: 'team-1', name: { en: 'Mornings', zh: '早班' }, orgUnit: 'hq' }],
  skills: [{ id: 'billing', name: { en: 'Billing', zh: '账务' } }],
  capacities: [
    {
      id: 'calls',
      name: { en: 'One call, or three chats', zh: '一个电话或三个会话' },
      channels: { voice: { max: 1, weight: 100, interrupts: ['email'] }, chat: { max: 3, weight: 33, interrupts: [] } },
    },
  ],
  hours: [
    {
      id: 'office',
      name: { en: 'Office hours', zh: '工作时间' },
      timeZone: 'Europe/London',
      weekly: { mon: [{ from: '08:00', to: '18:00' }] },
      holidays: [{ date: '2026-12-25', name: { en: 'Christmas Day', zh: '圣诞节' }, spans: [] }],
    },
  ],
  queues: [billing],
  reasons: [{ id: 'meal', name: { en: 'Meal', zh: '用餐' } }],
  dispositions: [{ code: 'solved', name: { en: 'Solved', zh: '已解决' }, parent: null }],
  roles: [{ id: 'agent', name: { en: 'Agent', zh: '坐席' }, rights: ['session:own', 'work:handle'] }],
  users: [
    {
      id: 'user-1',
      username: 'ana',
      name: 'Ana Ruiz',
      role: 'agent',
      locale: 'en',
      orgUnit: 'hq',
      agent: {
        id: 'agent-1',
        extension: '1001',
        team: 'team-1',
        capacity: 'calls',
        skills: { billing: 4 },
        leftQueues: [],
        weight: 1,
        phone: { kind: 'registered', password: { env: 'ANA_PHONE' } },
      },
    },
  ],
  trunks: [
    {
      id: 'trunk-1',
      name: { en: 'Carrier', zh: '运营商' },
      host: 'sip.invalid',
      port: 5060,
      transport: 'udp',
      username: null,
      password: { file: '/run/trunk' },
      ...plainTrunk(),
    },
  ],
  apiClients: [{ id: 'billing', name: { en: 'Billing', zh: '账务' }, role: 'exchange', orgUnit: null, secret: { env: 'BILLING_SECRET' } }],
  retention: [{ id: 'silent', name: { en: 'Silent', zh: '沉默' }, silentForDays: 1_095, stages: ['lost'] }],
  customFields: [
    {
      ...{ id: 'colour', name: { en: 'Colour', zh: '颜色' }, on: 'person', kind: 'choice' },
      choices: [{ id: 'blue', name: { en: 'Blue', zh: '蓝' } }],
    },
  ],
  mailboxes: [
    {
      id: 'care',
      name: { en: 'Care', zh: '客服邮箱' },
      address: 'care@crosspoint.example',
      sender: { en: 'Crosspoint', zh: '客服中心' },
      queue: 'mail',
      kind: 'mail',
      incoming: {
        ...{ host: 'imap.example.com', port: 993, security: 'tls', username: 'care' },
        password: { file: '/run/care' },
        ...{ signIn: 'token', keepsSent: false },
        folder: 'INBOX',
      },
      outgoing: { host: 'smtp.example.com', port: 587, security: 'startTls', username: 'care', password: { env: 'CARE_PASSWORD' } },
      signature: { en: 'Customer care', zh: '客户服务' },
      autoReply: { subject: { en: 'Received', zh: '已收到' }, text: { en: 'We answer today.', zh: '我们将在今天内回复。' } },
    },
  ],
  smsLines: [
    {
      id: 'hotline',
      name: { en: 'Hotline', zh: '热线' },
      number: '10655',
      queue: 'texts',
      carrier: { kind: 'http', url: 'https://sms.example.com/send', secret: { env: 'SMS_SECRET' } },
      stopped: { en: 'You get no more messages.', zh: '您已退订。' },
      resumed: { en: '', zh: '' },
    },
  ],
  chatSites: [
    {
      id: 'shop',
      name: { en: 'Shop', zh: '商城' },
      title: { en: 'Ask us', zh: '在线客服' },
      welcome: { en: 'Hello', zh: '您好' },
      colour: '#2f5bd0',
      queue: 'chats',
      asks: { name: true, email: false, phone: false, topic: true },
      allowedOrigins: ['https://shop.example'],
      files: true,
      rating: true,
    },
  ],
  documentSources: [{ id: 'letters', name: { en: 'Letters', zh: '信函' }, kind: 'letter', queue: 'letters', folder: null }],
  messageRules: [
    {
      id: 'complaints',
      name: { en: 'Complaints', zh: '投诉' },
      isOn: true,
      when: {
        ...{ channels: ['email'], sources: ['care'], from: ['@example.com'], words: ['complaint', '投诉'] },
        languages: ['zh'],
        tiers: ['gold'],
      },
      then: { queue: 'mail', needs: 'general >= 4', priority: 9, answerWithinMinutes: 60 },
    },
  ],
  messageTemplates: [
    {
      id: 'received',
      name: { en: 'Received', zh: '已收到' },
      channels: ['email', 'chat'],
      shortcut: 'received',
      subject: { en: '', zh: '' },
      text: { en: 'Dear {{customerName}}', zh: '尊敬的{{customerName}}' },
    },
  ],
  surveys: [
    {
      ...{
        id: 'how-was-it',
        name: { en: 'How was it', zh: '满意度' },
        isOn: true,
        queues: ['mail'],
        mailbox: null,
        smsLine: 'service-number',
      },
      by: { voice: 'sms', email: 'email', sms: 'sms', chat: 'none', document: 'none' },
      ...{ address: 'https://care.example', afterMinutes: 5, notAgainWithinDays: 30 },
      ...{ subject: { en: 'How was it?', zh: '请评价' }, question: { en: 'How was it?', zh: '请评价' } },
      ...{ comment: { en: '', zh: '' }, thanks: { en: 'Thank you.', zh: '谢谢！' } },
    },
  ],
};
const soundPath: SoundPath = {
  iceServers: [{ urls: ['turn:turn.example.com:3478'], username: '1760000000:agent-1', credential: 'bm90IGEgc2VjcmV0' }],
  iceTransportPolicy: 'all',
  expiresAt: at,
};
const change: ConfigurationChange = { kind: 'changed', path: 'queues/billing/ringSeconds', before: '20', after: '25' };
const problem: ConfigurationProblem = { path: 'queues/billing/needs', found: 'biling', expected: 'one of the skills: billing' };

export const commandExamples: {
  readonly [Name in CommandName]: { readonly request: CommandRequest<Name>; readonly answer: CommandAnswer<Name> };
} = {
  ...customerExamples,
  ...callFeatureExamples,
  ...promptExamples,
  ...flowExamples,
  ...inboxExamples,
  ...guideExamples,
  ...knowledgeExamples,
  'session:resume': {
    request: { lastSeq: 0 },
    answer: {
      seq: 0,
      serverTime: at,
      user,
      organisation: { name: { en: 'Northlight Telecom', zh: '北光通信' }, homeCountry: 'GB' },
      agent,
      offers: [offer],
      interactions: [assigned],
      inbox: { mine: [inboxExamples['inbox:take'].answer], waiting: [inboxPushExamples['inbox:waiting']] },
      queues: [queue],
      dispositions: [{ code: 'solved', label: { en: 'Solved', zh: '已解决' }, parent: null }],
      reasons: [{ id: 'meal', name: { en: 'Meal', zh: '用餐' } }],
      skills: [{ id: 'billing', name: { en: 'Billing', zh: '账务' } }],
      customFields: configuration.customFields,
      today,
      soundPath,
      help: [helpCall],
    },
  },
  'session:log-out': { request: {}, answer: {} },
  'agent:set-presence': {
    request: { presence: 'notReady', reason: 'meal' },
    answer: { ...agent, presence: 'notReady', notReadyReason: 'meal' },
  },
  'pop:delivered': { request: { reservationId, popId: 'pop-1' }, answer: {} },
  'pop:painted': { request: { reservationId, popId: 'pop-1' }, answer: {} },
  'reservation:reject': { request: { reservationId }, answer: {} },
  'call:hold': { request: { interactionId }, answer: call },
  'call:resume': { request: { interactionId }, answer: { ...call, state: 'talking', heldSince: null } },
  'call:send-digit': { request: { interactionId, digit: '#' }, answer: {} },
  'call:end': { request: { interactionId }, answer: {} },
  'call:pause-recording': {
    request: { interactionId },
    answer: { ...call, recording: { state: 'paused', startedAt: 1_700_000_000_000, resumesAt: 1_700_000_300_000 } },
  },
  'call:resume-recording': {
    request: { interactionId },
    answer: { ...call, recording: { state: 'running', startedAt: 1_700_000_000_000, resumesAt: null } },
  },
  'recording:open': { request: { recordingId: 'recording-1' }, answer: { path: '/api/recordings/opened/token-1' } },
  'call:dial': { request: { number: '+8613900004126', conversationId: 'c-1' }, answer: { isDialled: true, interactionId, reservationId } },
  'call:rejoin': { request: { interactionId }, answer: {} },
  'phone:test': { request: { phone: '6012' }, answer: { reservationId: 'r-test' } },
  'call:measured': { request: { interactionId, clickToAudioMs: 184.5 }, answer: {} },
  'interaction:save-draft': { request: { interactionId, text: draft.text, revision: 3 }, answer: draft },
  'interaction:choose-contact': {
    request: { interactionId, contactId: 'contact-1' },
    answer: { ...pop, match: { kind: 'certain', reason: 'chosenByAgent', contact } },
  },
  'interaction:extend-wrap-up': {
    request: { interactionId },
    answer: { ...wrapUp, endsAt: null, mode: 'required', canExtend: false, stored: 'solved' },
  },
  'interaction:complete': { request: { interactionId, dispositionCode: null, note: 'Refunded.', then: 'available' }, answer: {} },
  'contact:read': { request: { contactId: 'contact-1' }, answer: contact },
  'contact:timeline': { request: { contactId: 'contact-1', before: null, limit: 20, filter: 'all' }, answer: contact.timeline },
  'help:ask': { request: { interactionId, words: helpCall.words }, answer: { told: 2 } },
  'help:withdraw': { request: { interactionId }, answer: {} },
  'help:take': { request: { interactionId }, answer: {} },
  'help:return': { request: { interactionId }, answer: {} },
  'figures:contacts': {
    request: { figure: 'serviceLevel' },
    answer: {
      contacts: [
        {
          ...{ interactionId, channel: 'voice', queueId: 'queue-1', at, waitedMs: 12_000, handlingMs: null },
          ...{ level: 'inTime', isOwn: true, who: '林晓梅', contactId: 'contact-1' },
        },
      ],
    },
  },
  'board:watch': { request: {}, answer: board },
  'board:unwatch': { request: {}, answer: {} },
  'board:contacts': {
    request: { queueId: 'queue-1', figure: 'abandoned' },
    answer: {
      contacts: [
        {
          interactionId,
          workItemId: 'item-1',
          channel: 'voice',
          queueId: 'queue-1',
          receivedAt: at,
          queuedAt: at + 8_000,
          answeredAt: null,
          endedAt: at + 60_000,
          waitedMs: 52_000,
          agentId: null,
          agentName: null,
          snoozedUntil: null,
          who: '林晓梅',
          contactId: 'contact-1',
        },
      ],
    },
  },
  'why:item': { request: { workItemId: 'item-1' }, answer: why },
  'why:agent': { request: { agentId: 'agent-1' }, answer: { now: [{ code: 'queueHasNothing', facts: {} }], steps: [] } },
  'supervisor:set-presence': { request: { agentId: 'agent-1', set: { presence: 'notReady', reason: 'meal' } }, answer: {} },
  'supervisor:set-skills': { request: { agentId: 'agent-1', skills: { billing: 5 }, leftQueueIds: ['queue-2'] }, answer: {} },
  'supervisor:release': { request: { interactionId }, answer: {} },
  'supervisor:give-work': { request: { interactionId, agentId: 'agent-2', note: 'He called twice.' }, answer: {} },
  'supervisor:move-item': { request: { workItemId: 'item-1', priority: 50, queueId: null }, answer: {} },
  'configuration:read': {
    request: {},
    answer: {
      revision: 7,
      configuration,
      prompts: ['queue-closed'],
      flows: [{ flowId: 'survey', name: { en: 'Survey', zh: '满意度调查' } }],
    },
  },
  'configuration:history': {
    request: { before: null, limit: 20 },
    answer: { revisions: [{ revision: 7, at, by: { userId: 'user-9', name: 'Adam' }, note: 'import', changes: [change] }] },
  },
  'configuration:undo': { request: { revision: 7 }, answer: { saved: false, problems: [problem] } },
  'user:set-password': { request: { userId: 'user-1', password: 'a long pass phrase' }, answer: {} },
};

export const uploadExamples: {
  readonly [Name in UploadName]: { readonly request: UploadRequest<Name>; readonly answer: UploadAnswer<Name> };
} = {
  'configuration:check': { request: { configuration }, answer: { problems: [problem], changes: [change] } },
  'configuration:save': { request: { configuration, basedOn: 7, note: 'screen' }, answer: { saved: true, revision: 8 } },
  ...flowUploadExamples,
  ...guideUploadExamples,
};

export const pushExamples: { readonly [Name in PushName]: PushPayload<Name> } = {
  'agent:changed': agent,
  'reservation:offered': offer,
  'reservation:ended': { reservationId, interactionId, cause: 'callerLeft' },
  'pop:updated': {
    interactionId,
    pop: {
      ...pop,
      match: {
        kind: 'candidates',
        candidates: [
          { ...summary, lastUsedAt: null, confidence: 25, reasons: [{ code: 'nameGiven', points: 25, facts: { name: '林晓梅' } }] },
        ],
        suggestShared: false,
      },
    },
  },
  'interaction:assigned': assigned,
  'call:changed': endedCall,
  'supervising:changed': {
    interactionId,
    how: 'whisper',
    reservationId: 'reservation-9',
    about: { agentName: 'Daniel Price', queueName: { en: 'Repairs', zh: '宽带故障' }, customer: 'Kestrel Housing' },
  },
  'call:quality': { interactionId, lossPercent: 0.4, jitterMs: 7, bars: 4 },
  'wrap-up:changed': wrapUp,
  'interaction:completed': { interactionId, dispositionCode: 'solved', automatic: false, today },
  ...inboxPushExamples,
  'knowledge:changed': { number: 'KB-311', version: null },
  'guide:moved': exampleOf(pushes['guide:moved']) as PushPayload<'guide:moved'>,
  'figures:changed': today,
  'help:changed': {
    calls: [helpCall, { ...helpCall, interactionId: 'interaction-2', queueName: null, channel: 'chat', words: '', taken: null }],
  },
  'queue:changed': queue,
  'organisation:changed': { at },
  'work:changed': {},
  'import:changed': exampleOf(pushes['import:changed']) as PushPayload<'import:changed'>,
  'board:changed': board,
  'soundPath:renewed': soundPath,
  'session:replaced': { at },
};

export const loginExample: { readonly request: LoginRequest; readonly answer: LoginAnswer } = {
  request: { username: 'ana', password: 'crosspoint', takeOver: false, contractMajor: 1 },
  answer: {
    token: 'token-token-token',
    user,
    phone: {
      ...{ webSocketPath: '/sip', uri: 'sip:1001@crosspoint.invalid', username: '1001', password: 'random', realm: 'crosspoint.invalid' },
      use: 'calls',
    },
  },
};
