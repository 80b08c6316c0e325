/**
 * The people of the demo organisation who can be relied upon: by tests, by the scripted phone and by whoever shows the desktop. Plain data;
 * numbers are of ranges kept for fiction where a country has any.
 */
export interface DemoPerson {
  readonly contactId: string;
  readonly name: string;
  /** E.164, as a caller's number. */
  readonly number: string;
  readonly locale: 'en' | 'zh';
}

interface SharedLine {
  readonly number: string;
  readonly people: readonly DemoPerson[];
}

/** Key account, diamond: complaint C-20418 open and due soon, a call-back promised for then, a contract ending in 24 days, prefers calls. */
export const margaretOkafor: DemoPerson = {
  contactId: 'contact-margaret-okafor',
  name: 'Margaret Okafor',
  number: '+447700900142',
  locale: 'en',
};

/** Her counterpart in Chinese: 东禾物流集团有限公司, diamond key account, complaint C-20419. */
export const chenZhiyuan: DemoPerson = { contactId: 'contact-chen-zhiyuan', name: '陈志远', number: '+8613900004126', locale: 'zh' };

/** A company's switchboard: whoever calls from it is one of several. */
export const kempSwitchboard = {
  number: '+442079460170',
  people: [
    { contactId: 'contact-arthur-kemp', name: 'Arthur Kemp', number: '+447700900171', locale: 'en' },
    { contactId: 'contact-joanna-reid', name: 'Joanna Reid', number: '+447700900172', locale: 'en' },
    { contactId: 'contact-samuel-adeyemi', name: 'Samuel Adeyemi', number: '+447700900173', locale: 'en' },
    { contactId: 'contact-li-na-kemp', name: '李娜', number: '+447700900174', locale: 'zh' },
  ],
} as const satisfies SharedLine;

/** One telephone, two people at home. */
export const zhouHousehold = {
  number: '+8657487001234',
  people: [
    { contactId: 'contact-zhou-jianping', name: '周建平', number: '+8613900004131', locale: 'zh' },
    { contactId: 'contact-su-wanqing', name: '苏婉清', number: '+8613900004132', locale: 'zh' },
  ],
} as const satisfies SharedLine;

/** One man entered twice: two numbers, one e-mail address, two spellings. */
export const duplicatePair = {
  email: 't.zielinski@example.com',
  people: [
    { contactId: 'contact-tomasz-zielinski', name: 'Tomasz Zielinski', number: '+447700900155', locale: 'en' },
    { contactId: 'contact-tomasz-zielinski-2', name: 'Tomasz Zieliński', number: '+493023125155', locale: 'en' },
  ],
} as const satisfies { readonly email: string; readonly people: readonly DemoPerson[] };

/** A standard customer with nothing pressing, in Germany. */
export const juliaBrandt: DemoPerson = { contactId: 'contact-julia-brandt', name: 'Julia Brandt', number: '+491713920041', locale: 'en' };

/** Belongs to nobody. */
export const unknownNumber = '+447700900999';

/** Numbers to ring, with the language in which an unknown caller is greeted. The short ones are easy to type on a SIP phone; `1002` has no menu. */
export const hotlines = {
  zh: '4008000100',
  en: '08005550110',
  shortEn: '1000',
  shortZh: '1001',
  direct: '1002',
  selfService: '1010',
  payment: '1011',
  officeHours: '1012',
  survey: '1013',
  keyAccounts: '1014',
} as const;

/** What these type where a menu asks for their customer number. */
export const customerNumbers = { juliaBrandt: '50020041', zhouJianping: '50014131' } as const;

/** Every demo account has this password; the bridge refuses to start with them on anything but loopback. */
export const demoPassword = 'demo';
