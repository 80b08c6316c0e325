import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { MessageRule, MessageTemplate, WrittenChannelName } from '../../../shared/contracts/messages/settings.ts';

/**
 * Where `npm start` answers the demo's text messages. The line rests as long as the variable with its password is not set: only who starts
 * the network sets it.
 */
export const demoSmsc = {
  ...{ host: '127.0.0.1', port: 2_775, systemId: 'northline' },
  passwordVariable: 'DEMO_SMSC_PASSWORD',
} as const;

/** Where `npm start` takes the mail that the demo sends. Whoever starts the bridge by itself has nobody there, and their mail waits. */
export const demoPost = { host: '127.0.0.1', port: 2_526 } as const;

type WrittenSections = Pick<
  Configuration,
  'mailboxes' | 'smsLines' | 'chatSites' | 'documentSources' | 'messageRules' | 'messageTemplates' | 'surveys'
>;

/** What the demo organisation takes besides calls. `isAlone`: without a network for text messages, and with nobody who takes its mail. */
export function demoWrittenContacts(isAlone: boolean): WrittenSections {
  const outgoing = isAlone ? null : { ...demoPost, security: 'none' as const, username: null, password: null };
  return {
    mailboxes: [
      {
        ...{ id: 'care', name: { en: 'Customer care', zh: '客服邮箱' }, address: 'care@crosspoint.example' },
        sender: { en: 'Northline Customer Care', zh: '东海通信客户服务' },
        ...{ queue: 'mail', kind: 'mail', incoming: null, outgoing },
        signature: {
          en: 'Kind regards\n{{agentName}}\n{{organisationName}} · Customer care',
          zh: '此致\n敬礼\n\n{{agentName}}\n{{organisationName}} 客户服务中心',
        },
        autoReply: {
          subject: { en: 'We have your message: {{subject}}', zh: '已收到您的邮件：{{subject}}' },
          text: {
            en: 'Thank you for writing to {{organisationName}}. A colleague will read your message and answer within one working day.\n\nThis answer was sent by a program; there is no need to reply to it.',
            zh: '您好！\n\n您发送至{{organisationName}}的邮件我们已收到，客服人员将在一个工作日内与您联系，请您耐心等待。\n\n本邮件由系统自动发出，请勿直接回复。',
          },
        },
      },
      {
        ...{ id: 'key-accounts', name: { en: 'Key accounts', zh: '大客户邮箱' }, address: 'key-accounts@crosspoint.example' },
        sender: { en: 'Northline Key Accounts', zh: '东海通信大客户服务' },
        ...{ queue: 'mail', kind: 'mail', incoming: null, outgoing },
        signature: {
          en: 'Kind regards\n{{agentName}}\n{{organisationName}} · Key accounts',
          zh: '顺祝商祺\n\n{{agentName}}\n{{organisationName}} 大客户服务中心',
        },
        autoReply: null,
      },
      {
        ...{ id: 'fax', name: { en: 'Fax', zh: '传真' }, address: 'fax@crosspoint.example' },
        sender: { en: 'Northline', zh: '东海通信' },
        ...{ queue: 'letters', kind: 'fax', incoming: null, outgoing: null },
        signature: { en: '', zh: '' },
        autoReply: null,
      },
    ],
    smsLines: isAlone
      ? []
      : [
          {
            ...{ id: 'service-number', name: { en: 'Service number', zh: '短信服务号' }, number: '10655901', queue: 'texts' },
            carrier: {
              ...{ kind: 'smpp', host: demoSmsc.host, port: demoSmsc.port, tls: false, systemId: demoSmsc.systemId },
              ...{ password: { env: demoSmsc.passwordVariable }, systemType: '', window: 10, perSecond: 50 },
            },
            stopped: {
              en: '{{organisationName}}: you will get no more messages from us. Reply START to get them again.',
              zh: '【{{organisationName}}】您已成功退订，我们将不再向您发送短信。如需恢复，请回复“恢复”。',
            },
            resumed: {
              en: '{{organisationName}}: you will get our messages again. Reply STOP at any time to end them.',
              zh: '【{{organisationName}}】您已恢复接收短信。如需退订，请回复 TD。',
            },
          },
        ],
    chatSites: [
      {
        ...{ id: 'shop', name: { en: 'Shop', zh: '网上营业厅' }, title: { en: 'Northline Care', zh: '东海通信在线客服' } },
        welcome: {
          en: 'Hello! Tell us what it is about, and somebody will be with you in a moment.',
          zh: '您好，欢迎使用在线客服！请简单描述您的问题，我们马上为您服务。',
        },
        ...{ colour: '#2f5bd0', queue: 'chats', asks: { name: true, email: false, phone: true, topic: true } },
        // The demo answers on this machine alone, at whatever port was free.
        ...{ allowedOrigins: ['*'], files: true, rating: true },
      },
    ],
    documentSources: [
      { id: 'letters', name: { en: 'Letters', zh: '信函' }, kind: 'letter', queue: 'letters', folder: null },
      { id: 'forms', name: { en: 'Forms', zh: '业务表单' }, kind: 'form', queue: 'letters', folder: null },
    ],
    messageRules: [...rules],
    messageTemplates: [...templates],
    surveys: [satisfaction(isAlone)],
  };
}

/** Texts are asked by text message; mails too, once somebody has said under which address customers reach the bridge. */
function satisfaction(isAlone: boolean): WrittenSections['surveys'][number] {
  return {
    ...{ id: 'satisfaction', name: { en: 'Satisfaction', zh: '满意度评价' }, isOn: true, queues: [] },
    by: { voice: 'none', email: 'none', sms: isAlone ? 'none' : 'sms', chat: 'none', document: 'none' },
    ...{ mailbox: null, smsLine: null, address: null, afterMinutes: 2, notAgainWithinDays: 14 },
    subject: { en: 'How did we do?', zh: '请为我们的服务评分' },
    question: {
      en: '{{organisationName}}: how satisfied are you with the help you have just had?',
      zh: '{{organisationName}}：您对本次服务是否满意？',
    },
    comment: { en: 'What could we do better?', zh: '您希望我们在哪些方面改进？' },
    thanks: { en: 'Thank you for your answer.', zh: '感谢您的评价！' },
  };
}

const always: MessageRule['when'] = { channels: [], sources: [], from: [], words: [], languages: [], tiers: [] };
const asUsual: MessageRule['then'] = { queue: null, needs: '', priority: null, answerWithinMinutes: null };

const rules: readonly MessageRule[] = [
  {
    ...{ id: 'complaints', name: { en: 'Complaints', zh: '投诉' }, isOn: true },
    when: { ...always, words: ['complaint', 'complain', 'ombudsman', 'ofcom', '投诉', '举报', '工信部', '消协', '12315'] },
    then: { ...asUsual, needs: 'general >= 4', priority: 9, answerWithinMinutes: 60 },
  },
  {
    ...{ id: 'key-accounts', name: { en: 'Key accounts', zh: '大客户' }, isOn: true },
    when: { ...always, tiers: ['gold', 'diamond'] },
    then: { ...asUsual, priority: 8, answerWithinMinutes: 120 },
  },
  {
    ...{ id: 'faults', name: { en: 'Faults', zh: '故障报修' }, isOn: true },
    when: { ...always, words: ['no signal', 'outage', 'not working', 'offline', '没信号', '断网', '上不了网', '掉线', '故障', '报修'] },
    then: { ...asUsual, needs: 'technical >= 2', priority: 7, answerWithinMinutes: 240 },
  },
  {
    ...{ id: 'bills', name: { en: 'Bills', zh: '账单与话费' }, isOn: true },
    when: { ...always, words: ['bill', 'bills', 'invoice', 'overcharged', 'refund', '账单', '话费', '发票', '扣费', '退费'] },
    then: { ...asUsual, needs: 'billing >= 2' },
  },
  {
    ...{ id: 'contracts-by-mail', name: { en: 'Contracts to key accounts', zh: '大客户合约邮件' }, isOn: false },
    when: { ...always, channels: ['email'], sources: ['key-accounts'], words: ['contract', 'renewal', '合同', '续约'] },
    then: { ...asUsual, needs: 'sales >= 3', priority: 6 },
  },
];

function template(
  id: string,
  name: MessageTemplate['name'],
  channels: readonly WrittenChannelName[],
  text: MessageTemplate['text'],
  subject: MessageTemplate['subject'] = { en: '', zh: '' },
): MessageTemplate {
  return { id, name, channels: [...channels], shortcut: id, subject, text };
}

const templates: readonly MessageTemplate[] = [
  template('hello', { en: 'Greeting', zh: '问候语' }, ['chat', 'sms'], {
    en: 'Hello {{customerName}}, this is {{agentName}} of {{organisationName}}. How can I help?',
    zh: '{{customerName}}您好，我是{{organisationName}}客服{{agentName}}，很高兴为您服务，请问有什么可以帮您？',
  }),
  template('moment', { en: 'One moment', zh: '请稍等' }, ['chat'], {
    en: 'One moment, please. I am looking into it for you.',
    zh: '好的，请您稍等，我马上为您查询。',
  }),
  template('identity', { en: 'Who they are', zh: '核实身份' }, ['chat', 'sms'], {
    en: 'So that your data stays yours: please tell me the name on the contract and the last four digits of your customer number.',
    zh: '为了保障您的信息安全，需要先核实一下身份，请提供机主姓名和客户编号后四位。',
  }),
  template('anything-else', { en: 'Anything else?', zh: '结束语' }, ['chat'], {
    en: 'Is there anything else I can do for you? Otherwise have a good day, and thank you for asking us.',
    zh: '请问还有其他可以帮您的吗？如果没有，感谢您的咨询，祝您生活愉快，再见！',
  }),
  template(
    'case-open',
    { en: 'Case opened', zh: '工单已受理' },
    ['email', 'sms'],
    {
      en: 'Dear {{customerName}},\n\nwe have opened case {{caseNumber}} for what you told us, and will be in touch as soon as there is news. If anything changes meanwhile, simply answer this message.',
      zh: '{{customerName}}您好：\n\n您反映的问题已受理，工单号：{{caseNumber}}。我们会尽快核实处理，并及时与您联系。如有补充，直接回复本消息即可。',
    },
    { en: 'Your case {{caseNumber}}', zh: '您的工单 {{caseNumber}} 已受理' },
  ),
  template('bill', { en: 'A bill explained', zh: '账单说明' }, ['email'], {
    en: 'Dear {{customerName}},\n\nthank you for asking about your bill. The amount is made up as follows:\n\n\n\nIf a line of it is still unclear, please write back and I will go through it with you.',
    zh: '{{customerName}}您好：\n\n感谢您的来信。关于您咨询的账单，费用构成如下：\n\n\n\n如对其中任何一项仍有疑问，欢迎随时回复，我会继续为您解答。',
  }),
  template('apology', { en: 'Apology', zh: '致歉' }, ['email', 'chat'], {
    en: 'Dear {{customerName}},\n\nI am sorry for the trouble this has caused you. I have taken it up myself, and you will hear from me by tomorrow evening at the latest.',
    zh: '{{customerName}}您好：\n\n给您带来不便，我们深表歉意。您的问题由我专人跟进，最迟明天下班前给您答复。',
  }),
  template(
    'letter',
    { en: 'Letter received', zh: '来函收悉' },
    ['document', 'email'],
    {
      en: 'Dear {{customerName}},\n\nyour letter reached us on {{today}}. We are looking into it and will answer in writing.',
      zh: '{{customerName}}您好：\n\n您的来函已于{{today}}收悉，我们正在核实处理，将尽快书面回复您。',
    },
    { en: 'Your letter', zh: '关于您的来函' },
  ),
];
