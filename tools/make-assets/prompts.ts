/** One stretch of speech in one voice. */
export interface Spoken {
  readonly voice: 'en' | 'zh';
  /** As a person reads it. */
  readonly text: string;
  /** What the Chinese voice is given: pinyin with tones, as espeak-ng's reading of Chinese characters is incomplete. */
  readonly pinyin?: string;
}

const en = (text: string): Spoken => ({ voice: 'en', text });
const zh = (text: string, pinyin: string): Spoken => ({ voice: 'zh', text, pinyin });

/** Every prompt in both languages; the menu offers the other language in that language. */
export const prompts: Readonly<Record<'en' | 'zh', Readonly<Record<string, readonly Spoken[]>>>> = {
  en: {
    welcome: [en('Welcome to Northline customer care.')],
    'menu-main': [
      en('For billing, press 1.'),
      en('For technical help, press 2.'),
      en('For new products and services, press 3.'),
      en('For self-service, press 4.'),
      en('To talk to an agent, press 0.'),
      zh('中文服务，请按九。', 'zhong1wen2 fu2wu4, qing3 an4 jiu3.'),
    ],
    'not-understood': [en('Sorry, that is not one of the choices.')],
    'no-input': [en('Sorry, we did not get your choice.')],
    'please-wait': [en('Thank you. Please wait while we connect you to an agent.')],
    'all-busy': [en('All our agents are on the phone. You are waiting in line. Thank you for your patience.')],
    'call-recorded': [en('This call is recorded.')],
    goodbye: [en('Thank you for calling. Goodbye.')],
    'queue-closed': [en('We are closed at the moment. Please call again during our opening hours.')],
    'queue-full': [en('All our lines are taken at the moment. Please call again later.')],
    'waited-too-long': [en('We are sorry that nobody could take your call. Please call again later.')],
    'callback-offer': [en('To keep your place and be called back at this number, press 1 at any time.')],
    'callback-promised': [en('Thank you. You keep your place, and we call you back when it is your turn. Goodbye.')],
    'voicemail-greeting': [en('Please leave your name and your message after the tone. Press the hash key when you are done.')],
    'voicemail-offer': [en('To leave a message instead of waiting, press 2 at any time.')],
    'voicemail-left': [en('Thank you. Your message is stored, and somebody will take care of it. Goodbye.')],
    'hold-on': [en('One moment, please.')],
    'desk-signed-in': [en('Welcome. To take calls, dial star, 1, 2.')],
    'desk-available': [en('Available. The next call is yours.')],
    'desk-not-ready': [en('Not ready. No calls will ring here.')],
    'desk-signed-out': [en('Signed out. Goodbye.')],
    'desk-wrap-up': [en('Your last call is still being wrapped up. Calls will ring when its time is over.')],
    'desk-unknown': [
      en('This code is not known.'),
      en('Star, 1, 1: sign in. Star, 1, 2: available. Star, 1, 3: not ready. Star, 1, 0: sign out.'),
    ],
    'desk-failed': [en('That did not work. Please dial again in a moment.')],
    'desk-parked': [en('Put down the receiver. Your phone rings with the caller.')],
    'desk-nobody-parked': [en('Nobody is parked there.')],
  },
  zh: {
    welcome: [zh('欢迎致电东海通信客户服务中心。', 'huan1ying2 zhi4dian4 dong1hai3 tong1xin4, ke4hu4 fu2wu4 zhong1xin1.')],
    'menu-main': [
      zh('账单与费用，请按一。', 'zhang4dan1 yu3 fei4yong4, qing3 an4 yi1.'),
      zh('故障与技术支持，请按二。', 'gu4zhang4 yu3 ji4shu4 zhi1chi2, qing3 an4 er4.'),
      zh('新产品与业务，请按三。', 'xin1 chan3pin3 yu3 ye4wu4, qing3 an4 san1.'),
      zh('自助服务，请按四。', 'zi4zhu4 fu2wu4, qing3 an4 si4.'),
      zh('人工服务，请按零。', 'ren2gong1 fu2wu4, qing3 an4 ling2.'),
      en('For English, press 9.'),
    ],
    'not-understood': [zh('对不起，没有这个选项。', 'dui4bu4qi3, mei2you3 zhe4ge4 xuan3xiang4.')],
    'no-input': [zh('对不起，没有收到您的选择。', 'dui4bu4qi3, mei2you3 shou1dao4 nin2 de5 xuan3ze2.')],
    'please-wait': [zh('请稍候，正在为您转接人工座席。', 'qing3 shao1hou4, zheng4zai4 wei4 nin2 zhuan3jie1 ren2gong1 zuo4xi2.')],
    'all-busy': [
      zh('座席正忙，您正在排队等候。', 'zuo4xi2 zheng4 mang2, nin2 zheng4zai4 pai2dui4 deng3hou4.'),
      zh('感谢您的耐心。', 'gan3xie4 nin2 de5 nai4xin1.'),
    ],
    'call-recorded': [zh('本次通话将被录音。', 'ben3 ci4 tong1hua4 jiang1 bei4 lu4yin1.')],
    goodbye: [zh('感谢您的来电，再见。', 'gan3xie4 nin2 de5 lai2dian4, zai4jian4.')],
    'queue-closed': [
      zh(
        '现在是非服务时间，请在服务时间内再次来电。',
        'xian4zai4 shi4 fei1 fu2wu4 shi2jian1, qing3 zai4 fu2wu4 shi2jian1 nei4 zai4ci4 lai2dian4.',
      ),
    ],
    'queue-full': [zh('现在线路全忙，请稍后再次来电。', 'xian4zai4 xian4lu4 quan2 mang2, qing3 shao1hou4 zai4ci4 lai2dian4.')],
    'waited-too-long': [
      zh(
        '很抱歉，暂时没有座席可以接听，请稍后再次来电。',
        'hen3 bao4qian4, zan4shi2 mei2you3 zuo4xi2 ke3yi3 jie1ting1, qing3 shao1hou4 zai4ci4 lai2dian4.',
      ),
    ],
    'callback-offer': [
      zh(
        '如需保留排队位置，由我们回拨此号码，请随时按一。',
        'ru2 xu1 bao3liu2 pai2dui4 wei4zhi4, you2 wo3men5 hui2bo1 ci3 hao4ma3, qing3 sui2shi2 an4 yi1.',
      ),
    ],
    'callback-promised': [
      zh(
        '谢谢，已为您保留排队位置，轮到您时我们会回拨。再见。',
        'xie4xie5, yi3 wei4 nin2 bao3liu2 pai2dui4 wei4zhi4, lun2dao4 nin2 shi2 wo3men5 hui4 hui2bo1. zai4jian4.',
      ),
    ],
    'voicemail-greeting': [
      zh(
        '请在提示音后留下您的姓名和留言，留言完毕请按井号键。',
        'qing3 zai4 ti2shi4 yin1 hou4 liu2xia4 nin2 de5 xing4ming2 he2 liu2yan2, liu2yan2 wan2bi4 qing3 an4 jing3hao4 jian4.',
      ),
    ],
    'voicemail-offer': [zh('如需留言而不再等候，请随时按二。', 'ru2 xu1 liu2yan2 er2 bu2zai4 deng3hou4, qing3 sui2shi2 an4 er4.')],
    'voicemail-left': [
      zh(
        '谢谢，您的留言已保存，我们会尽快处理。再见。',
        'xie4xie5, nin2 de5 liu2yan2 yi3 bao3cun2, wo3men5 hui4 jin3kuai4 chu3li3. zai4jian4.',
      ),
    ],
    'hold-on': [zh('请稍等。', 'qing3 shao1 deng3.')],
    'desk-signed-in': [
      zh('您好，已签入。接听来电请拨星号一二。', 'nin2hao3, yi3 qian1ru4. jie1ting1 lai2dian4 qing3 bo1 xing1hao4 yi1 er4.'),
    ],
    'desk-available': [zh('已示闲，请准备接听来电。', 'yi3 shi4xian2, qing3 zhun3bei4 jie1ting1 lai2dian4.')],
    'desk-not-ready': [zh('已示忙，来电不再振铃。', 'yi3 shi4mang2, lai2dian4 bu2zai4 zhen4ling2.')],
    'desk-signed-out': [zh('已签出，再见。', 'yi3 qian1chu1, zai4jian4.')],
    'desk-wrap-up': [
      zh(
        '上一通电话的话后处理尚未结束，到时后来电会振铃。',
        'shang4 yi4 tong1 dian4hua4 de5 hua4hou4 chu3li3 shang4wei4 jie2shu4, dao4shi2 hou4 lai2dian4 hui4 zhen4ling2.',
      ),
    ],
    'desk-unknown': [
      zh('没有这个代码。', 'mei2you3 zhe4ge4 dai4ma3.'),
      zh(
        '星号一一，签入。星号一二，示闲。星号一三，示忙。星号一零，签出。',
        'xing1hao4 yi1 yi1, qian1ru4. xing1hao4 yi1 er4, shi4xian2. xing1hao4 yi1 san1, shi4mang2. xing1hao4 yi1 ling2, qian1chu1.',
      ),
    ],
    'desk-failed': [zh('操作未成功，请稍后再拨。', 'cao1zuo4 wei4 cheng2gong1, qing3 shao1hou4 zai4 bo1.')],
    'desk-parked': [zh('请挂机，来电随即接到您的话机。', 'qing3 gua4ji1, lai2dian4 sui2ji2 jie1dao4 nin2de5 hua4ji1.')],
    'desk-nobody-parked': [zh('这个位置没有来电。', 'zhe4ge4 wei4zhi4 mei2you3 lai2dian4.')],
  },
};
