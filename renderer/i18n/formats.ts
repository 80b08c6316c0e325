import { formatClock } from '../../shared/duration.ts';

export type Language = 'en' | 'zh';

const locales = { en: 'en-GB', zh: 'zh-CN' } as const;
const dayMs = 86_400_000;

/** Dates, times, numbers and money as each language writes them. All of a user's times are this computer's local time. */
export interface Formats {
  readonly language: Language;
  /** 10:42 */
  time(at: number): string;
  /** 10:42:06 */
  timeOfDay(at: number): string;
  /** 18 Nov, 11-18; with the year when it is another one. */
  date(at: number): string;
  /** 18 November 2026, 2026年11月18日: as a letter has it. */
  longDate(at: number): string;
  /** The time today, otherwise the date. */
  dateOrTime(at: number, now: number): string;
  /** By when something is owed: today 17:00, tomorrow 12:00, otherwise the date. */
  deadline(at: number, now: number): string;
  /** November, 11 月; with the year when it is another one. */
  month(at: number, now: number): string;
  /** October 2026, 2026 年 10 月, of a month such as `2026-10`. */
  monthOf(month: string): string;
  /** The least that names it, below a chart: O, 10. */
  monthMark(month: string): string;
  /** Thursday 20 November, 11 月 20 日 星期四. */
  day(at: number): string;
  /** 4 min 12 s, 4 分 12 秒; from an hour on 2 h 5 min; never broken across lines. */
  span(ms: number): string;
  /** m:ss, and h:mm:ss from an hour on. */
  clock(ms: number): string;
  /** Whole seconds as a number, with a decimal below one: what took a moment did not take nothing. */
  seconds(ms: number): string;
  number(value: number): string;
  decimal(value: number): string;
  /** Minor units of a currency, without cents when there are none. */
  money(minor: number, currency: string): string;
  /** Of a file: 980 B, 84 kB, 1.2 MB; never broken across lines. */
  size(bytes: number): string;
  /** A share; a dash where there is none. Rounded down: 79.6 % is not yet a target of 80 %. */
  percent(percent: number | null, decimals?: 0 | 1): string;
  /** By how much more or less, in whole percent: +8%, −3%. */
  change(percent: number): string;
  /** As short as an axis needs it: 2k, 2 万; major units. */
  short(value: number): string;
  country(code: string): string;
  /** One thing and what goes with it: `Lena, 10:42`, `林晓月，10:42`. */
  pair(one: string, other: string): string;
  /** What stands between two sentences: nothing in Chinese, whose full stop has room of its own. */
  readonly gap: string;
  /** Things side by side: `2 free, 3 busy`, `2 空闲、3 通话`. */
  listed(things: readonly string[]): string;
}

export function formatsOf(language: Language): Formats {
  const locale = locales[language];
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const timeOfDay = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  // Making a format costs a hundred times what using it does, and a long timeline uses one for every line.
  const dated = keptBy((options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));
  const counted = keptBy((options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
  const number = new Intl.NumberFormat(locale);
  const decimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const countries = new Intl.DisplayNames([locale], { type: 'region' });

  const date = (at: number, now = Date.now()): string => {
    const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    if (language === 'en') return dated({ day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) }).format(at);
    const parts = dated({ year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at);
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
    return [...(isThisYear ? [] : [part('year')]), part('month'), part('day')].join('-');
  };

  return {
    language,
    time: (at) => time.format(at),
    timeOfDay: (at) => timeOfDay.format(at),
    date,
    longDate: (at) => dated({ dateStyle: 'long' }).format(at),
    dateOrTime: (at, now) => (isSameDay(at, now) ? time.format(at) : date(at, now)),
    deadline(at, now) {
      const days = daysUntil(at, now);
      if (days !== 0 && days !== 1) return date(at, now);
      const [today, tomorrow] = language === 'zh' ? ['今天', '明天'] : ['today', 'tomorrow'];
      return `${days === 0 ? today : tomorrow}\u00a0${time.format(at)}`;
    },
    month(at, now) {
      const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
      if (language === 'zh') return `${isThisYear ? '' : `${new Date(at).getFullYear()} 年 `}${new Date(at).getMonth() + 1} 月`;
      return dated({ month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) }).format(at);
    },
    monthOf(month) {
      const [year = 0, number = 1] = month.split('-').map(Number);
      if (language === 'zh') return `${year} 年 ${number} 月`;
      return dated({ month: 'long', year: 'numeric' }).format(new Date(year, number - 1, 1));
    },
    monthMark(month) {
      const [year = 0, number = 1] = month.split('-').map(Number);
      if (language === 'zh') return String(number);
      return dated({ month: 'narrow' }).format(new Date(year, number - 1, 1));
    },
    day(at) {
      const weekday = dated({ weekday: 'long' }).format(at);
      const day = new Date(at).getDate();
      if (language === 'zh') return `${new Date(at).getMonth() + 1} 月 ${day} 日 ${weekday}`;
      return `${weekday} ${day} ${dated({ month: 'long' }).format(at)}`;
    },
    span(ms) {
      const total = Math.max(0, Math.round(ms / 1_000));
      const minutes = Math.floor(total / 60);
      const seconds = total % 60;
      const [h, min, s] = language === 'zh' ? ['小时', '分', '秒'] : ['h', 'min', 's'];
      if (minutes >= 60)
        return minutes % 60 === 0 ? `${minutes / 60}\u00a0${h}` : `${Math.floor(minutes / 60)}\u00a0${h}\u00a0${minutes % 60}\u00a0${min}`;
      if (minutes === 0) return `${seconds}\u00a0${s}`;
      return seconds === 0 ? `${minutes}\u00a0${min}` : `${minutes}\u00a0${min}\u00a0${seconds}\u00a0${s}`;
    },
    clock(ms) {
      const total = Math.max(0, Math.floor(ms / 1_000));
      if (total < 3_600) return formatClock(ms);
      return `${Math.floor(total / 3_600)}:${String(Math.floor(total / 60) % 60).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
    },
    seconds: (ms) => (ms < 950 ? decimal.format(Math.max(100, ms) / 1_000) : number.format(Math.round(ms / 1_000))),
    number: (value) => number.format(value),
    decimal: (value) => decimal.format(value),
    money(minor, currency) {
      const digits = minor % 100 === 0 ? 0 : 2;
      return counted({
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(minor / 100);
    },
    size(bytes) {
      if (bytes < 1_000) return `${number.format(bytes)}\u00a0B`;
      if (bytes < 999_500) return `${number.format(Math.round(bytes / 1_000))}\u00a0kB`;
      return `${decimal.format(bytes / 1_000_000)}\u00a0MB`;
    },
    percent: (percent, decimals = 0) =>
      percent === null ? '–' : `${decimals === 1 ? decimal.format(percent) : number.format(Math.floor(percent + 1e-9))}%`,
    change: (percent) => `${percent < 0 ? '−' : '+'}${number.format(Math.abs(Math.round(percent)))}%`,
    short(value) {
      const text = counted({ notation: 'compact', maximumFractionDigits: 1 }).format(value);
      return language === 'zh' ? text.replace(/(?=[万亿])/, '\u00a0') : text.replace('K', 'k');
    },
    country: (code) => countries.of(code) ?? code,
    pair: (one, other) => `${one}${language === 'zh' ? '，' : ', '}${other}`,
    gap: language === 'zh' ? '' : ' ',
    listed: (things) => things.join(language === 'zh' ? '、' : ', '),
  };
}

/** What was made for these options before, or it is made now. */
function keptBy<Options extends object, Made>(make: (options: Options) => Made): (options: Options) => Made {
  const kept = new Map<string, Made>();
  return (options) => {
    const key = JSON.stringify(options);
    let made = kept.get(key);
    if (!made) {
      made = make(options);
      kept.set(key, made);
    }
    return made;
  };
}

export function isSameDay(a: number, b: number): boolean {
  const [one, other] = [new Date(a), new Date(b)];
  return one.getDate() === other.getDate() && one.getMonth() === other.getMonth() && one.getFullYear() === other.getFullYear();
}

/** Whole calendar days from now until then; negative when it has passed. */
export function daysUntil(at: number, now: number): number {
  const midnight = (moment: number) => new Date(moment).setHours(0, 0, 0, 0);
  return Math.round((midnight(at) - midnight(now)) / dayMs);
}
