import type { OpeningHours } from '../../../shared/contracts/configuration.ts';

type Day = readonly [date: string, en: string, zh: string];

/** China 2026 as the State Council announced it, working week-ends left out; 2027 the days that the law names. */
const chinese: readonly Day[] = [
  ...days('2026-01', 1, 3, "New Year's Day", '元旦'),
  ...days('2026-02', 15, 23, 'Spring Festival', '春节'),
  ...days('2026-04', 4, 6, 'Qingming', '清明节'),
  ...days('2026-05', 1, 5, 'Labour Day', '劳动节'),
  ...days('2026-06', 19, 21, 'Dragon Boat Festival', '端午节'),
  ...days('2026-09', 25, 27, 'Mid-Autumn Festival', '中秋节'),
  ...days('2026-10', 1, 7, 'National Day', '国庆节'),
  ...days('2027-01', 1, 1, "New Year's Day", '元旦'),
  ...days('2027-02', 5, 8, 'Spring Festival', '春节'),
  ...days('2027-04', 5, 5, 'Qingming', '清明节'),
  ...days('2027-05', 1, 2, 'Labour Day', '劳动节'),
  ...days('2027-06', 9, 9, 'Dragon Boat Festival', '端午节'),
  ...days('2027-09', 15, 15, 'Mid-Autumn Festival', '中秋节'),
  ...days('2027-10', 1, 3, 'National Day', '国庆节'),
];

/** Bank holidays in England and Wales. */
const british: readonly Day[] = [
  ...days('2026-01', 1, 1, "New Year's Day", '元旦'),
  ...days('2026-04', 3, 3, 'Good Friday', '耶稣受难日'),
  ...days('2026-04', 6, 6, 'Easter Monday', '复活节星期一'),
  ...days('2026-05', 4, 4, 'Early May bank holiday', '五月初公假'),
  ...days('2026-05', 25, 25, 'Spring bank holiday', '春季公假'),
  ...days('2026-08', 31, 31, 'Summer bank holiday', '夏季公假'),
  ...days('2026-12', 25, 25, 'Christmas Day', '圣诞节'),
  ...days('2026-12', 28, 28, 'Boxing Day (substitute)', '节礼日（补）'),
  ...days('2027-01', 1, 1, "New Year's Day", '元旦'),
  ...days('2027-03', 26, 26, 'Good Friday', '耶稣受难日'),
  ...days('2027-03', 29, 29, 'Easter Monday', '复活节星期一'),
  ...days('2027-05', 3, 3, 'Early May bank holiday', '五月初公假'),
  ...days('2027-05', 31, 31, 'Spring bank holiday', '春季公假'),
  ...days('2027-08', 30, 30, 'Summer bank holiday', '夏季公假'),
  ...days('2027-12', 27, 27, 'Christmas Day (substitute)', '圣诞节（补）'),
  ...days('2027-12', 28, 28, 'Boxing Day (substitute)', '节礼日（补）'),
];

export const demoHours: OpeningHours[] = [
  {
    id: 'office-zh',
    name: { en: 'Office hours, China', zh: '工作时间' },
    timeZone: 'Asia/Shanghai',
    weekly: week({ from: '08:30', to: '12:00' }, { from: '13:00', to: '18:00' }),
    holidays: chinese.map(holiday),
  },
  {
    id: 'office-uk',
    name: { en: 'Office hours, United Kingdom', zh: '英国工作时间' },
    timeZone: 'Europe/London',
    weekly: week({ from: '09:00', to: '17:30' }),
    holidays: british.map(holiday),
  },
];

function days(month: string, first: number, last: number, en: string, zh: string): Day[] {
  return Array.from({ length: last - first + 1 }, (_, index) => [`${month}-${String(first + index).padStart(2, '0')}`, en, zh]);
}

function holiday([date, en, zh]: Day): OpeningHours['holidays'][number] {
  return { date, name: { en, zh }, spans: [] };
}

function week(...spans: { from: string; to: string }[]): OpeningHours['weekly'] {
  return Object.fromEntries((['mon', 'tue', 'wed', 'thu', 'fri'] as const).map((day) => [day, spans]));
}
