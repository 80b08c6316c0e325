import type { Guide, GuideField, GuideOption, GuideStep, Words } from '../../../shared/contracts/guides.ts';
import type { Rows } from './insert-rows.ts';

const words = (en: string, zh: string): Words => ({ en, zh });
const none = words('', '');

const field = (name: string, kind: GuideField['kind'], label: Words, more: Partial<GuideField> = {}): GuideField => ({
  ...{ name, kind, label, required: true, shape: null, least: null, most: null, currency: null, options: [] },
  ...more,
});

const option = (value: string, label: Words, more: Partial<GuideOption> = {}): GuideOption => ({
  ...{ value, label, note: none, needsApproval: false, article: null },
  ...more,
});

const choice = (name: string, label: Words, options: GuideOption[], more: Partial<GuideField> = {}) =>
  field(name, 'choice', label, { options, ...more });

const step = (
  id: string,
  title: Words,
  say: Words,
  fields: GuideField[],
  exits: GuideStep['exits'],
  article: string | null = null,
): GuideStep => ({
  ...{ id, title, say, fields, exits, article },
});

const on = (to: string | null, outcome: string | null = null) => ({ when: [], to, outcome });
const when = (fact: string, value: string, to: string | null, outcome: string | null = null) => ({
  when: [{ fact, is: 'equals' as const, value }],
  to,
  outcome,
});

const greet = (to: string): GuideStep =>
  step(
    'greet',
    words('Greet, confirm', '问候核实'),
    words(
      '“Good day {customer.name}, you are speaking with {agent.name}. May I confirm your name and the number it is about?”',
      '“{customer.name}您好，我是{agent.name}。请与您核对姓名和需要查询的号码。”',
    ),
    [field('verified', 'check', words('Name and number are confirmed', '姓名与号码已核实'))],
    [on(to)],
  );

const billingComplaint: Guide = {
  format: 1,
  guideId: 'billing-complaint',
  name: words('Billing complaint', '账单投诉'),
  opens: [{ queueId: 'billing', when: [] }],
  case: {
    kind: 'complaint',
    subject: words('Bill: {answer.about}, {answer.amount}', '账单：{answer.about}，{answer.amount}'),
    priority: 0,
  },
  steps: [
    greet('issue'),
    step(
      'issue',
      words('Repeat the issue', '复述问题'),
      words(
        '“So that I have it right: which charge is it, on which bill, and how much?”',
        '“我向您确认一下：是哪一期账单的哪一项费用，金额是多少？”',
      ),
      [
        choice('about', words('The charge', '费用项目'), [
          option('roaming', words('Roaming', '国际漫游费')),
          option('plan', words('Plan or bundle', '套餐费')),
          option('other', words('Something else', '其他费用')),
        ]),
        field('amount', 'money', words('Amount in question', '争议金额'), { currency: 'CNY', least: 0, most: 1_000_000 }),
        field('period', 'text', words('Bill of', '账期'), { required: false, most: 60 }),
      ],
      [on('credit')],
    ),
    step(
      'credit',
      words('Check the credit', '核对减免'),
      words(
        '“I see {answer.amount} for {answer.about}. Let me check what was told to you before, and what I can do about it.”',
        '“我看到{answer.about}为 {answer.amount}。我先核对当时是否提醒过您，再看可以如何处理。”',
      ),
      [
        choice('credit', words('What is credited', '减免方式'), [
          option('full', words('Credit in full, {answer.amount}', '全额减免 {answer.amount}'), { needsApproval: true }),
          option('half', words('Credit half', '减免一半'), { note: words('within your limit', '在您的权限内') }),
          option('none', words('No credit, explain the charge', '不减免，解释费用'), { article: 'KB-311' }),
        ]),
      ],
      [when('answer.credit', 'none', 'explain'), on('offer')],
      'KB-311',
    ),
    step(
      'explain',
      words('Explain the charge', '解释费用'),
      words(
        '“The charge is for use outside your bundle. The warning was sent, and here is when. I can show you how to avoid it next time.”',
        '“这笔费用是套餐外使用产生的，提醒短信已按时发送。我可以告诉您下次如何避免。”',
      ),
      [
        choice('accepts', words('Does {customer.name} accept it?', '{customer.name}是否认可？'), [
          option('yes', words('Yes', '认可')),
          option('no', words('No, remains a complaint', '不认可，转投诉')),
        ]),
      ],
      [when('answer.accepts', 'no', 'close'), on('offer')],
      'KB-311',
    ),
    step(
      'offer',
      words('Offer the right plan', '推荐套餐'),
      words(
        '“So that it does not happen again: there is a bundle that fits how you travel. Shall I send you the comparison?”',
        '“为避免再次发生，有一款更适合您的套餐。需要我把对比发给您吗？”',
      ),
      [
        choice('offer', words('The offer', '推荐结果'), [
          option('yes', words('Send it', '发送方案'), { article: 'KB-318' }),
          option('later', words('Later', '以后再说')),
          option('no', words('Not wanted', '不需要')),
        ]),
      ],
      [on('close')],
      'KB-318',
    ),
    step(
      'close',
      words('Agree, close', '确认收尾'),
      words(
        '“I have noted all of it in your case. You have the answer within two days. Is there anything else I can do for you?”',
        '“以上内容已记入您的工单，两天内会给您答复。请问还有什么可以帮您？”',
      ),
      [field('remark', 'text', words('What else was agreed', '其他约定'), { required: false, most: 500 })],
      [
        when('answer.accepts', 'no', null, 'noCreditComplaint'),
        when('answer.credit', 'full', null, 'creditFull'),
        when('answer.credit', 'half', null, 'creditPart'),
        on(null, 'noCreditAccepted'),
      ],
    ),
  ],
  followUps: [
    {
      kind: 'promise',
      text: words('Answer on the bill: {answer.about}', '答复账单问题：{answer.about}'),
      inHours: 48,
      when: [{ fact: 'answer.credit', is: 'differs', value: 'none' }],
    },
    {
      kind: 'task',
      text: words('Send the comparison of plans', '发送套餐对比'),
      inHours: 4,
      when: [{ fact: 'answer.offer', is: 'equals', value: 'yes' }],
    },
  ],
};

const relocation: Guide = {
  format: 1,
  guideId: 'relocation',
  name: words('Moving a line', '宽带移机'),
  opens: [{ queueId: 'general', when: [{ fact: 'attribute.intent', is: 'equals', value: 'relocation' }] }],
  case: { kind: 'serviceRequest', subject: words('Move to {answer.address}', '移机至 {answer.address}'), priority: 0 },
  steps: [
    greet('address'),
    step(
      'address',
      words('New address and day', '新地址与日期'),
      words('“Where are you moving to, and from which day do you need the line there?”', '“请问您搬到哪里，希望从哪一天开始使用？”'),
      [
        field('address', 'text', words('New address', '新地址'), { least: 5, most: 200 }),
        field('movesOn', 'date', words('Needed from', '启用日期')),
        field('reachable', 'text', words('Number on that day', '当天联系电话'), { shape: 'phone' }),
      ],
      [on('coverage')],
      'KB-207',
    ),
    step(
      'coverage',
      words('Check the coverage', '核对覆盖'),
      words(
        '“Let me see what there is at {answer.address} … thank you for waiting.”',
        '“我查一下 {answer.address} 的覆盖情况……感谢等待。”',
      ),
      [
        choice('coverage', words('At the new address there is', '新地址覆盖'), [
          option('same', words('The same speed', '同速率')),
          option('less', words('A lower speed', '速率较低')),
          option('none', words('No line', '无资源')),
        ]),
      ],
      [when('answer.coverage', 'none', 'alternative'), on('engineer')],
      'KB-207',
    ),
    step(
      'alternative',
      words('Offer an alternative', '提供替代'),
      words(
        '“There is no fixed line there yet. A mobile router does the same until there is one; the fee of your line rests meanwhile.”',
        '“该地址暂无固定线路资源。可先使用无线路由器，原线路费用暂停计收。”',
      ),
      [
        choice('alternative', words('The answer', '客户选择'), [
          option('router', words('Takes the mobile router', '使用无线路由器')),
          option('wait', words('Waits for the line', '等待线路资源')),
          option('cancel', words('Cancels', '办理拆机'), { needsApproval: true }),
        ]),
      ],
      [when('answer.alternative', 'cancel', null, 'cancelled'), when('answer.alternative', 'wait', null), on('engineer')],
    ),
    step(
      'engineer',
      words('Book the engineer', '预约上门'),
      words(
        '“Our engineer comes on {answer.movesOn}. Which half of the day suits you?”',
        '“工程师 {answer.movesOn} 上门，您方便上午还是下午？”',
      ),
      [
        choice('half', words('Half of the day', '上门时段'), [
          option('morning', words('Morning', '上午')),
          option('afternoon', words('Afternoon', '下午')),
        ]),
        field('fee', 'check', words('The fee for moving was told', '已告知移机费用')),
      ],
      [on(null, 'visitBooked')],
    ),
  ],
  followUps: [
    {
      kind: 'task',
      text: words('Confirm the engineer for {answer.movesOn}', '确认 {answer.movesOn} 上门工程师'),
      inHours: 24,
      when: [{ fact: 'answer.half', is: 'known', value: '' }],
    },
  ],
};

const arrears: Guide = {
  format: 1,
  guideId: 'arrears',
  name: words('Arrears', '欠费处理'),
  opens: [{ queueId: 'billing', when: [{ fact: 'customer.arrears', is: 'equals', value: 'yes' }] }],
  case: {
    kind: 'serviceRequest',
    subject: words('Arrears {answer.how}{answer.disputed}', '欠费 {answer.how}{answer.disputed}'),
    priority: 0,
  },
  steps: [
    greet('owed'),
    step(
      'owed',
      words('Say what is owed', '告知欠费'),
      words(
        '“There is an open amount on your account. Did something go wrong with the payment, or is there something on the bill that is not right?”',
        '“您的账户有一笔未结费用。是缴费时遇到问题，还是对账单有疑问？”',
      ),
      [
        choice('reason', words('The reason', '原因'), [
          option('forgot', words('Forgotten', '忘记缴费')),
          option('cannot', words('Cannot pay now', '暂时无法缴清')),
          option('disputes', words('Disputes the bill', '对账单有异议')),
        ]),
      ],
      [when('answer.reason', 'disputes', 'dispute'), on('how')],
      'KB-276',
    ),
    step(
      'how',
      words('Agree how to pay', '约定缴费'),
      words('“How would you like to settle it? The line stays on until the day we agree on.”', '“您希望如何缴清？约定日期之前不会停机。”'),
      [
        choice('how', words('How it is paid', '缴费方式'), [
          option('now', words('Today, in full', '今天一次缴清')),
          option('later', words('On a day', '约定日期缴清'), { note: words('at most 14 days', '最多 14 天') }),
          option('rates', words('In rates', '分期付款'), { needsApproval: true }),
        ]),
        field('payBy', 'date', words('Paid by', '缴清日期'), { required: false }),
      ],
      [when('answer.how', 'rates', null, 'paymentPlan'), on(null, 'billExplained')],
      'KB-276',
    ),
    step(
      'dispute',
      words('Take up the dispute', '登记异议'),
      words(
        '“What you dispute is not owed while we look into it. Tell me what is not right, in your words.”',
        '“核查期间，有争议的费用不计欠费。请您说明哪里不对。”',
      ),
      [field('disputed', 'text', words('In dispute', '争议内容'), { most: 500 })],
      [on(null, 'noCreditComplaint')],
      'KB-311',
    ),
  ],
  followUps: [
    {
      kind: 'promise',
      text: words('See whether it was paid', '核实是否已缴费'),
      inHours: 72,
      when: [{ fact: 'answer.reason', is: 'differs', value: 'disputes' }],
    },
  ],
};
export const demoGuides: readonly Guide[] = [arrears, billingComplaint, relocation];

/** The guides of the demo organisation, each live in its first version. */
export function guideRows(now: number): Rows {
  const published = { version: 1, at: now, by_id: null, by_name: 'demo', note: '', restores: null };
  return {
    guide: demoGuides.map(({ guideId }) => ({ guide_id: guideId, revision: 0, live_version: 1 })),
    guide_version: demoGuides.map((guide) => ({ ...published, guide_id: guide.guideId, body: JSON.stringify(guide) })),
  };
}
