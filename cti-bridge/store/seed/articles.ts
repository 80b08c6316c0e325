import type { ArticleContent, ArticleText } from '../../../shared/contracts/knowledge.ts';
import type { Rows } from './insert-rows.ts';

/** The knowledge base of the demo: what agents of an operator look up most, in both languages. The limits in it are made up. */
export interface DemoArticle {
  readonly ordinal: number;
  readonly content: ArticleContent;
}

const lines = (...written: readonly string[]) => written.join('\n');

function article(
  ordinal: number,
  queueIds: readonly string[],
  tags: readonly string[],
  texts: Readonly<Record<'en' | 'zh', ArticleText>>,
): DemoArticle {
  return { ordinal, content: { texts, tags: [...tags], queueIds: [...queueIds] } };
}

export const demoArticles: readonly DemoArticle[] = [
  article(92, ['general', 'sales'], ['transfer of ownership', 'new owner', 'rename the line', '过户', '转让', '更名'], {
    en: {
      title: 'Transfer of ownership: papers needed',
      body: lines(
        'A line changes its owner only with both sides present, or with a written mandate. Nothing is promised before the papers are there.',
        '',
        '## Papers',
        '- of a person: identity card of both sides',
        '- of a company: licence, mandate with the company seal, identity card of whoever comes',
        '- if somebody has died: the certificate, and proof of who inherits',
        '',
        '## Steps',
        '1. Check that nothing is owed on the line. If something is, see KB-276 first.',
        '2. Read the remaining term of the contract to the new owner: it is taken over with the line.',
        '3. Open a case of the kind “request” and attach the papers.',
        '4. The change holds from the next day, 00:00.',
      ),
      answer: lines(
        'Dear {{customerName}},',
        '',
        'to transfer a line to a new owner we need the identity papers of both sides; for a company, also its licence and a mandate with the company seal. Please bring them to any of our shops, or send them to us as an answer to this message.',
        'The transfer holds from the day after all papers have arrived.',
      ),
    },
    zh: {
      title: '转让过户所需材料',
      body: lines(
        '过户须双方到场，或持书面委托办理。材料未齐之前不作任何承诺。',
        '',
        '## 材料',
        '- 个人：双方有效身份证件',
        '- 单位：营业执照、加盖公章的授权书、经办人身份证件',
        '- 原机主去世：死亡证明及继承关系证明',
        '',
        '## 步骤',
        '1. 核实该号码有无欠费；如有欠费，先按 KB-276 处理。',
        '2. 向新机主说明剩余合约期，合约随号码一并转移。',
        '3. 建“服务请求”工单并上传材料。',
        '4. 次日零时生效。',
      ),
      answer: lines(
        '尊敬的{{customerName}}，您好：',
        '',
        '办理过户需提供双方有效身份证件；单位客户还需营业执照和加盖公章的授权书。您可到任一营业厅办理，也可直接回复本消息提供材料。',
        '材料齐全后，次日起生效。',
      ),
    },
  }),
  article(118, ['technical'], ['slow internet', 'no internet', 'router', 'broadband', '网速慢', '断网', '宽带', '上不了网'], {
    en: {
      title: 'Slow or broken broadband: ask in this order',
      body: lines(
        'Most of it is found by four questions. Ask them before a technician is sent: a visit without a fault is charged to us.',
        '',
        '1. Is the light for the line steady? If it blinks, the line is at fault: open a repair case.',
        '2. Is it slow by cable as well? If only by radio, have them move the router and choose another channel.',
        '3. Since when, and at what time of day? In the evening only: compare with the load of the district.',
        '4. Was something changed in the house? Moves are in KB-207.',
        '',
        '## Promise',
        'A repair is called back within two hours and mended by the end of the next working day. Key accounts: four hours.',
      ),
      answer: lines(
        'Dear {{customerName}},',
        '',
        'before we send somebody, please try two things: connect one computer by cable, and switch the router off for one minute. If it is still slow, answer this message with the time of day at which it happens. We call you back within two hours.',
      ),
    },
    zh: {
      title: '宽带慢或断网的排查顺序',
      body: lines(
        '四个问题可判断大多数情况。先问清再派单：无故障上门的费用由我方承担。',
        '',
        '1. 光猫线路灯是否常亮？闪烁即线路故障，建报障单。',
        '2. 网线直连是否也慢？仅无线慢，请客户移动路由器并更换信道。',
        '3. 从何时开始，什么时段？仅晚间慢，对照片区负荷。',
        '4. 近期有无搬动？移机见 KB-207。',
        '',
        '## 时限',
        '报障两小时内回电，次一工作日内修复；大客户四小时。',
      ),
      answer: lines(
        '尊敬的{{customerName}}，您好：',
        '',
        '上门之前请先试两步：用网线直连一台电脑；关闭路由器一分钟后再打开。如仍然很慢，请回复出现的时段，我们两小时内给您回电。',
      ),
    },
  }),
  article(163, ['sales'], ['cancel', 'leave', 'number portability', 'other operator', '携号转网', '销户', '退网'], {
    en: {
      title: 'Customers who want to leave with their number',
      body: lines(
        'They have the right to, and are told so at once. Nobody is held by keeping them waiting.',
        '',
        '1. Ask for the reason and write it down in their words.',
        '2. Check contract and debts: an open contract or something owed (KB-276) has to be settled first. Say the date and the sum.',
        '3. One better offer may be made, once. It is in the record under “offers”.',
        '4. If they stay with their wish, send the code. It is good for fifteen days.',
        '',
        'A key account goes to the account manager in the same hour.',
      ),
      answer: '',
    },
    zh: {
      title: '客户要求携号转网',
      body: lines(
        '这是客户的权利，应当场告知，不得拖延挽留。',
        '',
        '1. 询问原因，按客户原话记录。',
        '2. 核实合约与欠费：未到期合约或欠费（KB-276）须先结清，并说明日期与金额。',
        '3. 可推荐一次更优方案，见客户档案“推荐”。',
        '4. 客户坚持的，下发授权码，十五天内有效。',
        '',
        '大客户须在一小时内转客户经理。',
      ),
      answer: '',
    },
  }),
  article(207, ['technical', 'general'], ['move', 'moving house', 'relocation', 'new address', '移机', '搬家', '搬迁', '新地址'], {
    en: {
      title: 'Moving a line to another address',
      body: lines(
        'One move a year is free with “Office 200” and above; otherwise it is 108.00. In the same building it is always free.',
        '',
        '## Steps',
        '1. Check whether the new address can be served; if not, the contract may end without a fee.',
        '2. Ask for the day, and for somebody who is there. Mornings are 8 to 12, afternoons 13 to 18.',
        '3. Book the technician at least three working days ahead.',
        '4. The number stays within the same city. To another city it does not: say so before they agree.',
      ),
      answer: lines(
        'Dear {{customerName}},',
        '',
        'your line can move with you. Please tell us the new address, the day that suits you (at least three working days from today, {{today}}) and the name of somebody who will be there. One move a year is free in your plan.',
      ),
    },
    zh: {
      title: '宽带移机规则',
      body: lines(
        '“商务 200”及以上套餐每年免费移机一次，其余 108.00 元／次；同一楼宇内一律免费。',
        '',
        '## 步骤',
        '1. 核实新址资源；无法覆盖的，可免违约金解约。',
        '2. 约定日期和现场联系人。上午 8–12 时，下午 13–18 时。',
        '3. 至少提前三个工作日预约装维。',
        '4. 同城不改号；跨城须换号，应在客户同意之前说明。',
      ),
      answer: lines(
        '尊敬的{{customerName}}，您好：',
        '',
        '您的宽带可以随迁。请告知新地址、方便的日期（自今日{{today}}起至少三个工作日后）和现场联系人。您的套餐每年可免费移机一次。',
      ),
    },
  }),
  article(241, ['general'], ['lost phone', 'stolen', 'block the sim', 'sim card', '挂失', '手机丢了', '补卡', '停机保号'], {
    en: {
      title: 'Lost or stolen phone: block, then replace',
      body: lines(
        'Block first, ask afterwards. Every minute costs them money.',
        '',
        '1. Block the card. Two facts are enough for that: the name and one of date of birth, address or last bill.',
        '2. Tell them the time of the block: calls before it are theirs.',
        '3. A new card is made only against the identity card, in a shop or by post.',
        '4. Ask whether payments run over the number; have those stopped too.',
      ),
      answer: lines(
        'Dear {{customerName}},',
        '',
        'your card is blocked. You get a new one with your identity card in any of our shops, or by post within two working days. Please have payments that run over this number stopped as well.',
      ),
    },
    zh: {
      title: '手机丢失：先挂失，再补卡',
      body: lines(
        '先停机，后询问，每一分钟都可能产生费用。',
        '',
        '1. 立即挂失。姓名加生日、地址、最近账单三者之一即可。',
        '2. 告知停机时间，此前费用由客户承担。',
        '3. 补卡须持身份证，营业厅办理或邮寄。',
        '4. 询问该号码是否绑定支付，提醒一并停用。',
      ),
      answer: lines(
        '尊敬的{{customerName}}，您好：',
        '',
        '您的号码已挂失停机。请持身份证到任一营业厅补卡，或选择邮寄，两个工作日送达。请同时停用该号码绑定的支付。',
      ),
    },
  }),
  article(276, ['billing'], ['arrears', 'overdue', 'pay later', 'suspended', '欠费', '停机', '缴费', '分期'], {
    en: {
      title: 'Arrears: before and after suspension',
      body: lines(
        'Say the sum, the date and what happens next. No threats, no advice on other debts.',
        '',
        '## What may be agreed',
        '- up to 500.00: thirty days later, once in six months',
        '- up to 2,000.00: three equal parts',
        '- above: the team of credit, never promised on the phone',
        '',
        '## Suspended lines',
        '1. Outgoing calls stop after 15 days, incoming after 30, the number is given up after 90.',
        '2. After payment the line is back within one hour. If it is not: repair case, priority high.',
        '3. What is disputed is not owed while the complaint is open, see KB-311.',
      ),
      answer: lines(
        'Dear {{customerName}},',
        '',
        'as soon as your payment has arrived, your line works again within one hour. If you cannot pay all at once, answer this message: up to a certain sum we can agree on parts.',
      ),
    },
    zh: {
      title: '欠费停机与复机',
      body: lines(
        '说明金额、日期和后续影响。不得威胁，也不对其他债务提建议。',
        '',
        '## 可协商范围',
        '- 500.00 元以内：延期三十天，半年一次',
        '- 2,000.00 元以内：分三期',
        '- 以上：转信用组，不得在电话中承诺',
        '',
        '## 停机',
        '1. 欠费 15 天停呼出，30 天停呼入，90 天销号。',
        '2. 缴清后一小时内复机；未复机的建报障单，优先级高。',
        '3. 有争议的费用在投诉处理期间不计欠费，见 KB-311。',
      ),
      answer: lines(
        '尊敬的{{customerName}}，您好：',
        '',
        '缴费到账后一小时内自动复机。如一次缴清有困难，请回复本消息，一定金额内可协商分期。',
      ),
    },
  }),
  article(311, ['billing'], ['roaming', 'bill', 'charge', 'credit', 'refund', '漫游', '账单', '扣费', '减免', '退费'], {
    en: {
      title: 'Roaming outside the bundle: what may be credited',
      body: lines(
        'A charge that came as a surprise is explained first, then judged. Credit is for our mistakes, and once a year for goodwill.',
        '',
        '## Credit, and who says yes',
        '- we sent no warning text: all of it, at once',
        '- the warning came late: half, at once, up to £200',
        '- they used it knowingly: none; goodwill of £50 once a year',
        '- above £200: the supervisor approves',
        '',
        '## Steps',
        '1. Open the bill and find country, day and amount.',
        '2. Look whether the warning text left, and when.',
        '3. Say the result in one sentence, and the date on which it is on the bill.',
        '4. Offer the right bundle for the next journey, see KB-318.',
      ),
      answer: lines(
        'Dear {{customerName}},',
        '',
        'we have looked at the roaming charges on your bill. They arose outside your bundle. What we credit is on your next bill; you need to do nothing.',
        'For your next journey we can add a bundle before you leave.',
      ),
    },
    zh: {
      title: '套外漫游费减免规则',
      body: lines(
        '先解释费用，再判断减免。减免用于我方过失；善意减免每年一次。',
        '',
        '## 额度与权限',
        '- 未下发提醒短信：全额，当场办理',
        '- 提醒迟到：减半，当场办理，不超过 ¥200',
        '- 客户知情使用：不减免；善意 ¥50，每年一次',
        '- 超过 ¥200：班长审批',
        '',
        '## 步骤',
        '1. 打开账单，确认国家、日期和金额。',
        '2. 查提醒短信是否下发及时间。',
        '3. 用一句话说明结果，并告知哪期账单体现。',
        '4. 推荐下次出行的套餐，见 KB-318。',
      ),
      answer: lines(
        '尊敬的{{customerName}}，您好：',
        '',
        '我们已核查您账单中的漫游费用，系套餐外使用产生。减免金额将体现在下期账单，您无需再操作。',
        '下次出行前，我们可为您提前开通漫游包。',
      ),
    },
  }),
  article(318, ['sales', 'general'], ['travel', 'abroad', 'roaming bundle', 'roaming', '出国', '漫游包', '漫游', '境外'], {
    en: {
      title: 'Travelling: which roaming bundle fits',
      body: lines(
        'Ask where, how long, and whether maps and video are used. Three bundles answer nearly everybody.',
        '',
        '- a day, up to 1 GB: the day pass, 25.00 a day, only for days on which it is used',
        '- up to two weeks: 5 GB for 128.00, counted from the first use abroad',
        '- often away: the yearly pass, 60 days in any order',
        '',
        'Text messages received are free everywhere. Ships and aeroplanes are in no bundle: say so.',
        'If the bill has already come, KB-311.',
      ),
      answer: lines(
        'Dear {{customerName}},',
        '',
        'for your journey we recommend a roaming bundle: a day pass (up to 1 GB a day) or 5 GB for two weeks, counted from the first use abroad. Answer with your choice and the day you leave, and we add it for you.',
      ),
    },
    zh: {
      title: '出境漫游套餐推荐',
      body: lines(
        '问清目的地、天数，是否用地图和视频。三种套餐可满足绝大多数客户。',
        '',
        '- 按天，1 GB 以内：日包 25.00 元／天，不用不收',
        '- 两周以内：5 GB，128.00 元，境外首次使用起计',
        '- 经常出境：年包，任选 60 天',
        '',
        '接收短信全球免费。邮轮和航班不在任何套餐之内，须说明。',
        '已产生账单的，见 KB-311。',
      ),
      answer: lines(
        '尊敬的{{customerName}}，您好：',
        '',
        '建议您出行前开通漫游包：日包（每天 1 GB 以内），或 5 GB 两周包，境外首次使用起计。回复您的选择和出发日期，我们为您办理。',
      ),
    },
  }),
];

const numberOf = ({ ordinal }: DemoArticle): string => `KB-${String(ordinal).padStart(3, '0')}`;

/** Each live in its first version. */
export function articleRows(now: number): Rows {
  const published = { version: 1, at: now, by_id: null, by_name: 'demo', note: '', restores: null };
  return {
    article: demoArticles.map((each) => ({ number: numberOf(each), ordinal: each.ordinal, revision: 0, last_version: 1, is_live: 1 })),
    article_version: demoArticles.map((each) => ({ ...published, number: numberOf(each), body: JSON.stringify(each.content) })),
  };
}
