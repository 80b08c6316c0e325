import type { Spoken } from './prompts.ts';

const en = (text: string): readonly Spoken[] => [{ voice: 'en', text }];
const zh = (text: string, pinyin: string): readonly Spoken[] => [{ voice: 'zh', text, pinyin }];

/** What the demo flows say. Prompts that end in a colon are followed by a spoken value. */
export const flowPrompts: Readonly<Record<'en' | 'zh', Readonly<Record<string, readonly Spoken[]>>>> = {
  en: {
    'ask-customer-number': en('Please enter your customer number, then press the hash key.'),
    'customer-found': en('Thank you, we have found your account.'),
    'customer-not-found': en('Sorry, we do not know this number.'),
    'self-service-menu': en(
      'For your balance, press 1. For your open case, press 2. To pay by card, press 3. To talk to an agent, press 0. To go back, press 9.',
    ),
    'balance-is': en('The balance of your account is:'),
    'balance-due-on': en('It is due on:'),
    'balance-nothing-due': en('Nothing is due on your account.'),
    'balance-in-arrears': en('A bill of yours is overdue. The amount is:'),
    'case-open': en('You have an open case. We are working on it. Its number is:'),
    'case-none': en('You have no open case.'),
    'pay-amount': en('The amount to be paid is:'),
    'pay-ask-card': en('Please enter the number of your card, then press the hash key. Nobody can hear it, and it is not recorded.'),
    'pay-ask-expiry': en('Please enter the month and the year in which the card expires, two digits each.'),
    'pay-thanks': en('Thank you. Your payment is received.'),
    'pay-failed': en('Sorry, the payment did not go through. Nothing was taken from your card.'),
    'pay-unclear': en('Sorry, the payment could not be completed here. An agent will check it with you.'),
    'closed-callback-offer': en('We are closed at the moment. To be called back when we are open again, press 1.'),
    'callback-not-possible': en('Sorry, we cannot call you back at this number.'),
    'key-account-welcome': en('Welcome. Your personal service team is there for you.'),
    'survey-ask': en('How satisfied were you with this call? Press a key from 1, not at all, to 5, very satisfied.'),
    'survey-thanks': en('Thank you for your answer.'),
    'technical-difficulty': en('We are sorry, something is not working here. We connect you to an agent.'),
    'one-moment': en('One moment, please. We are looking it up.'),
  },
  zh: {
    'ask-customer-number': zh(
      '请输入您的客户编号，按井号键结束。',
      'qing3 shu1ru4 nin2 de5 ke4hu4 bian1hao4, an4 jing3hao4 jian4 jie2shu4.',
    ),
    'customer-found': zh('谢谢，已找到您的账户。', 'xie4xie5, yi3 zhao3dao4 nin2 de5 zhang4hu4.'),
    'customer-not-found': zh('对不起，没有找到这个号码。', 'dui4bu4qi3, mei2you3 zhao3dao4 zhe4ge4 hao4ma3.'),
    'self-service-menu': zh(
      '查询余额，请按一。查询办理中的工单，请按二。银行卡缴费，请按三。人工服务，请按零。返回上级，请按九。',
      'cha2xun2 yu2e2, qing3 an4 yi1. cha2xun2 ban4li3 zhong1 de5 gong1dan1, qing3 an4 er4. yin2hang2ka3 jiao3fei4, qing3 an4 san1. ren2gong1 fu2wu4, qing3 an4 ling2. fan3hui2 shang4ji2, qing3 an4 jiu3.',
    ),
    'balance-is': zh('您的账户余额是：', 'nin2 de5 zhang4hu4 yu2e2 shi4.'),
    'balance-due-on': zh('缴费截止日期是：', 'jiao3fei4 jie2zhi3 ri4qi1 shi4.'),
    'balance-nothing-due': zh('您的账户没有待缴费用。', 'nin2 de5 zhang4hu4 mei2you3 dai4 jiao3 fei4yong4.'),
    'balance-in-arrears': zh('您有逾期未缴的账单，金额是：', 'nin2 you3 yu2qi1 wei4 jiao3 de5 zhang4dan1, jin1e2 shi4.'),
    'case-open': zh(
      '您有一个正在办理的工单，工单编号是：',
      'nin2 you3 yi2 ge4 zheng4zai4 ban4li3 de5 gong1dan1, gong1dan1 bian1hao4 shi4.',
    ),
    'case-none': zh('您没有正在办理的工单。', 'nin2 mei2you3 zheng4zai4 ban4li3 de5 gong1dan1.'),
    'pay-amount': zh('本次应缴金额是：', 'ben3ci4 ying1 jiao3 jin1e2 shi4.'),
    'pay-ask-card': zh(
      '请输入您的银行卡号，按井号键结束。输入内容无人能听到，也不会被录音。',
      'qing3 shu1ru4 nin2 de5 yin2hang2 ka3hao4, an4 jing3hao4 jian4 jie2shu4. shu1ru4 nei4rong2 wu2ren2 neng2 ting1dao4, ye3 bu2 hui4 bei4 lu4yin1.',
    ),
    'pay-ask-expiry': zh(
      '请输入卡片有效期，月份和年份各两位数字。',
      'qing3 shu1ru4 ka3pian4 you3xiao4qi1, yue4fen4 he2 nian2fen4 ge4 liang3 wei4 shu4zi4.',
    ),
    'pay-thanks': zh('谢谢，已收到您的付款。', 'xie4xie5, yi3 shou1dao4 nin2 de5 fu4kuan3.'),
    'pay-failed': zh(
      '对不起，付款没有成功，您的卡未被扣款。',
      'dui4bu4qi3, fu4kuan3 mei2you3 cheng2gong1, nin2 de5 ka3 wei4 bei4 kou4kuan3.',
    ),
    'pay-unclear': zh(
      '对不起，付款未能在此完成，座席将为您核实。',
      'dui4bu4qi3, fu4kuan3 wei4neng2 zai4 ci3 wan2cheng2, zuo4xi2 jiang1 wei4 nin2 he2shi2.',
    ),
    'closed-callback-offer': zh(
      '现在是非服务时间。如需我们在上班后给您回电，请按一。',
      'xian4zai4 shi4 fei1 fu2wu4 shi2jian1. ru2 xu1 wo3men5 zai4 shang4ban1 hou4 gei3 nin2 hui2dian4, qing3 an4 yi1.',
    ),
    'callback-not-possible': zh('对不起，我们无法回拨这个号码。', 'dui4bu4qi3, wo3men5 wu2fa3 hui2bo1 zhe4ge4 hao4ma3.'),
    'key-account-welcome': zh('您好，您的专属服务团队为您服务。', 'nin2hao3, nin2 de5 zhuan1shu3 fu2wu4 tuan2dui4 wei4 nin2 fu2wu4.'),
    'survey-ask': zh(
      '请为本次通话评分，一分表示很不满意，五分表示非常满意，请按一到五。',
      'qing3 wei4 ben3ci4 tong1hua4 ping2fen1, yi4fen1 biao3shi4 hen3 bu4 man3yi4, wu3fen1 biao3shi4 fei1chang2 man3yi4, qing3 an4 yi1 dao4 wu3.',
    ),
    'survey-thanks': zh('感谢您的评价。', 'gan3xie4 nin2 de5 ping2jia4.'),
    'technical-difficulty': zh(
      '很抱歉，系统出现故障，正在为您转接人工座席。',
      'hen3 bao4qian4, xi4tong3 chu1xian4 gu4zhang4, zheng4zai4 wei4 nin2 zhuan3jie1 ren2gong1 zuo4xi2.',
    ),
    'one-moment': zh('请稍候，正在为您查询。', 'qing3 shao1hou4, zheng4zai4 wei4 nin2 cha2xun2.'),
  },
};
