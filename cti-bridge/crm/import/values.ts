import { type Channel, type Locale, localeSchema, type Tier, tierSchema } from '../../../shared/contracts/contact.ts';
import { type Stage, stages } from '../../../shared/contracts/record.ts';

/** What cells mean, in the words people write into lists. Each answers null for what it does not know. */

function dictionary<Value extends string>(entries: Readonly<Record<Value, readonly string[]>>): ReadonlyMap<string, Value> {
  const pairs = Object.entries<readonly string[]>(entries);
  return new Map(pairs.flatMap(([value, words]) => [value, ...words].map((word) => [word.toLowerCase(), value as Value] as const)));
}

const tiers = dictionary<Tier>({
  standard: ['normal', 'ordinary', 'basic', 'bronze', '普通', '普通客户', '标准', '一般'],
  silver: ['银卡', '银', '银卡客户'],
  gold: ['金卡', '金', '金卡客户'],
  diamond: ['platinum', 'vip', '钻石卡', '钻石', '钻卡', '白金', '白金卡', '钻石卡客户'],
});
const stageWords = dictionary<Stage>({
  prospect: ['lead', '潜在', '潜在客户'],
  new: ['新', '新客户', '新入网'],
  growing: ['growth', '成长', '成长期'],
  mature: ['成熟', '成熟期'],
  declining: ['decline', '衰退', '衰退期'],
  lost: ['churned', '流失', '已流失'],
});
const locales = dictionary<Locale>({
  en: ['english', 'en-us', 'en-gb', '英文', '英语'],
  zh: ['chinese', 'zh-cn', 'cn', 'mandarin', '中文', '汉语', '普通话', '简体中文'],
});
const channels = dictionary<Channel>({
  voice: ['call', 'phone', 'telephone', '电话', '语音'],
  email: ['e-mail', 'mail', '邮件', '电子邮件', '邮箱'],
  sms: ['text', 'text message', '短信'],
  chat: ['web chat', 'webchat', '在线', '在线客服', '在线聊天', '微信'],
  document: ['letter', 'fax', 'post', '信函', '传真'],
});
const yes = new Set(['true', 'yes', 'y', '1', 'x', 'ok', 'opt in', 'opted in', '是', '同意', '允许', '接受', '有', '√', '✓']);
const no = new Set(['false', 'no', 'n', '0', '-', 'opt out', 'opted out', '否', '不同意', '不允许', '拒绝', '无', '不', '×', '✗']);

const known = (text: string) => text.trim().toLowerCase();
export const tierOf = (text: string) => tiers.get(known(text)) ?? null;
export const stageOf = (text: string) => stageWords.get(known(text)) ?? null;
export const localeOf = (text: string) => locales.get(known(text)) ?? null;
export const channelOf = (text: string) => channels.get(known(text)) ?? null;
export const yesNoOf = (text: string) => (yes.has(known(text)) ? true : no.has(known(text)) ? false : null);

/** For the message about a value that is not known. */
export const expectedWords = {
  tier: tierSchema.options.join(', '),
  stage: stages.join(', '),
  locale: localeSchema.options.join(', '),
  channel: 'voice, email, sms, chat, document',
  yesNo: 'yes, no, 是, 否',
  country: 'CN, GB, US',
} as const;

/**
 * A day as `YYYY-MM-DD`, or `MM-DD` where the year is not said. Read are ISO, Chinese (1984年3月28日) and compact days, and those with
 * slashes or dots that can only mean one day: `28.3.1984` and `3/28/1984`, but not `3/4/1984`.
 */
export function dayOf(text: string): string | null {
  const written = text
    .normalize('NFKC')
    .trim()
    .replace(/[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$/, '');
  const parts = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(written) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(written);
  if (parts) return day(parts[1], parts[2], parts[3]);
  const yearless = /^(?:--)?(\d{1,2})\s*[-月]\s*(\d{1,2})\s*日?$/.exec(written);
  if (yearless) return day(undefined, yearless[1], yearless[2]);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(written);
  if (dotted) return day(dotted[3], dotted[2], dotted[1]);
  const slashed = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(written);
  if (!slashed) return null;
  const [, one, other, year] = slashed.map(Number) as [number, number, number, number];
  if (one === other || one > 12 || other > 12) return one > 12 ? day(year, other, one) : day(year, one, other);
  return null;
}

function day(year: string | number | undefined, month: string | number | undefined, date: string | number | undefined): string | null {
  const [y, m, d] = [Number(year ?? 2000), Number(month), Number(date)];
  const made = new Date(Date.UTC(y, m - 1, d));
  if (y < 1850 || y > 2200 || made.getUTCMonth() !== m - 1 || made.getUTCDate() !== d) return null;
  const short = made.toISOString().slice(5, 10);
  return year === undefined ? short : `${String(y).padStart(4, '0')}-${short}`;
}

const countryNames = dictionary<'CN' | 'GB' | 'US' | 'DE' | 'JP' | 'FR' | 'HK' | 'TW' | 'MO' | 'SG'>({
  CN: ['china', 'prc', '中国', '中华人民共和国'],
  GB: ['uk', 'united kingdom', 'great britain', 'england', '英国'],
  US: ['usa', 'united states', 'united states of america', '美国'],
  DE: ['germany', 'deutschland', '德国'],
  JP: ['japan', '日本'],
  FR: ['france', '法国'],
  HK: ['hong kong', '香港', '中国香港'],
  TW: ['taiwan', '台湾', '中国台湾'],
  MO: ['macao', 'macau', '澳门', '中国澳门'],
  SG: ['singapore', '新加坡'],
});

export function countryOf(text: string): string | null {
  return countryNames.get(known(text)) ?? /^\s*([A-Za-z]{2})\s*$/.exec(text)?.[1]?.toUpperCase() ?? null;
}

/** An address to write to, in the form in which it is compared; null for what cannot be one. */
export function emailOf(text: string): string | null {
  const written = text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim();
  const bare = (/<([^<>]+)>$/.exec(written)?.[1] ?? written).replace(/^mailto:/i, '').toLowerCase();
  return bare.length <= 254 && /^[^\s@,;"<>]{1,64}@[^\s@,;"<>]+\.[^\s@.,;"<>]{2,}$/.test(bare) ? bare : null;
}

/** A number that a spreadsheet has shortened, `1.39E+10`: the digits behind the exponent are not in the file any more. */
export function hasLostDigits(text: string): boolean {
  return /^\s*[+-]?\d(?:[.,]\d+)?E\+?\d+\s*$/i.test(text);
}
