import { chineseNumber, chineseNumberPinyin } from './chinese-numbers.ts';
import type { Spoken } from './prompts.ts';

/** What `cti-bridge/ivr/speech` composes values from: every fragment it names, in its language. */

type Fragments = Readonly<Record<string, Spoken>>;

const en = (text: string): Spoken => ({ voice: 'en', text });
const zh = (text: string, pinyin: string): Spoken => ({ voice: 'zh', text, pinyin });
const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
const each = (numbers: readonly number[], name: (number: number) => string, text: (number: number) => Spoken): Fragments =>
  Object.fromEntries(numbers.map((number) => [name(number), text(number)]));

const letters: Fragments = Object.fromEntries(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => [`letter-${letter.toLowerCase()}`, en(letter)]),
);

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const ordinals = [
  ...['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth', 'thirteenth'],
  ...['fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth', 'twentieth', 'twenty-first', 'twenty-second'],
  ...['twenty-third', 'twenty-fourth', 'twenty-fifth', 'twenty-sixth', 'twenty-seventh', 'twenty-eighth', 'twenty-ninth', 'thirtieth'],
  'thirty-first',
];

/** One before a falling tone rises, before others it falls; two of something is 两. */
const ofUnit = (count: number, unit: string, pinyin: string, one: 'yi2' | 'yi4'): Spoken => {
  if (count === 1) return zh(`一${unit}`, `${one}${pinyin}`);
  if (count === 2) return zh(`两${unit}`, `liang3${pinyin}`);
  return zh(`${chineseNumber(count)}${unit}`, `${chineseNumberPinyin(count)}${pinyin}`);
};

export const fragments: Readonly<Record<'en' | 'zh', Fragments>> = {
  en: {
    ...each(
      upTo(0, 99),
      (number) => `number-${number}`,
      (number) => en(String(number)),
    ),
    ...each(
      upTo(1, 9),
      (hundreds) => `number-${hundreds}00`,
      (hundreds) => en(`${hundreds} hundred`),
    ),
    ...each(
      upTo(1, 31),
      (day) => `day-${day}`,
      (day) => en(`the ${ordinals[day - 1]}`),
    ),
    ...each(
      upTo(1, 12),
      (month) => `month-${month}`,
      (month) => en(`of ${months[month - 1]}`),
    ),
    ...letters,
    'say-hundred': en('hundred'),
    'say-thousand': en('thousand'),
    'say-million': en('million'),
    'say-billion': en('billion'),
    'say-and': en('and'),
    'say-oh': en('oh'),
    'say-point': en('point'),
    'say-minus': en('minus'),
    'say-plus': en('plus'),
    'say-star': en('star'),
    'say-hash': en('hash'),
    'say-am': en('A M'),
    'say-pm': en('P M'),
    'say-noon': en('twelve noon'),
    'say-midnight': en('midnight'),
    'unit-yuan': en('yuan'),
    'unit-fen': en('fen'),
    'unit-dollar': en('dollar'),
    'unit-dollars': en('dollars'),
    'unit-cent': en('cent'),
    'unit-cents': en('cents'),
    'unit-euro': en('euro'),
    'unit-euros': en('euros'),
    'unit-pound': en('pound'),
    'unit-pounds': en('pounds'),
    'unit-penny': en('penny'),
    'unit-pence': en('pence'),
    'unit-hour': en('hour'),
    'unit-hours': en('hours'),
    'unit-minute': en('minute'),
    'unit-minutes': en('minutes'),
    'unit-second': en('second'),
    'unit-seconds': en('seconds'),
  },
  zh: {
    ...each(
      upTo(0, 99),
      (number) => `number-${number}`,
      (number) => zh(chineseNumber(number), chineseNumberPinyin(number)),
    ),
    ...each(
      upTo(10, 19),
      (number) => `say-ten-${number}`,
      (number) => zh(`一${chineseNumber(number)}`, `yi4${chineseNumberPinyin(number)}`),
    ),
    ...each(
      upTo(1, 9),
      (count) => `number-${count}00`,
      (count) => ofUnit(count, '百', 'bai3', 'yi4'),
    ),
    ...each(
      upTo(1, 9),
      (count) => `number-${count}000`,
      (count) => ofUnit(count, '千', 'qian1', 'yi4'),
    ),
    ...each(
      [1, 2],
      (count) => `number-${count}0000`,
      (count) => ofUnit(count, '万', 'wan4', 'yi2'),
    ),
    ...each(
      [1, 2],
      (count) => `number-${count}00000000`,
      (count) => ofUnit(count, '亿', 'yi4', 'yi2'),
    ),
    ...each(
      upTo(1, 31),
      (day) => `day-${day}`,
      (day) => zh(`${chineseNumber(day)}日`, `${chineseNumberPinyin(day)}ri4`),
    ),
    ...each(
      upTo(1, 12),
      (month) => `month-${month}`,
      (month) => zh(`${chineseNumber(month)}月`, `${chineseNumberPinyin(month)}yue4`),
    ),
    ...letters,
    'digit-1': zh('幺', 'yao1'),
    'say-one': zh('一', 'yi4'),
    'say-two': zh('两', 'liang3'),
    'say-ten-thousand': zh('万', 'wan4'),
    'say-hundred-million': zh('亿', 'yi4'),
    'say-point': zh('点', 'dian3'),
    'say-minus': zh('负', 'fu4'),
    'say-plus': zh('加', 'jia1'),
    'say-star': zh('星号', 'xing1hao4'),
    'say-hash': zh('井号', 'jing3hao4'),
    'say-year': zh('年', 'nian2'),
    'say-oclock': zh('点', 'dian3'),
    'say-half': zh('半', 'ban4'),
    'say-minutes-past': zh('分', 'fen1'),
    'say-small-hours': zh('凌晨', 'ling2chen2'),
    'say-morning': zh('上午', 'shang4wu3'),
    'say-noon': zh('中午', 'zhong1wu3'),
    'say-afternoon': zh('下午', 'xia4wu3'),
    'say-evening': zh('晚上', 'wan3shang5'),
    'unit-yuan': zh('元', 'yuan2'),
    'unit-jiao': zh('角', 'jiao3'),
    'unit-fen': zh('分', 'fen1'),
    'unit-dollar': zh('美元', 'mei3yuan2'),
    'unit-dollar-cent': zh('美分', 'mei3fen1'),
    'unit-euro': zh('欧元', 'ou1yuan2'),
    'unit-euro-cent': zh('欧分', 'ou1fen1'),
    'unit-pound': zh('英镑', 'ying1bang4'),
    'unit-penny': zh('便士', 'bian4shi4'),
    'unit-hour': zh('小时', 'xiao3shi2'),
    'unit-minute': zh('分钟', 'fen1zhong1'),
    'unit-second': zh('秒', 'miao3'),
  },
};
