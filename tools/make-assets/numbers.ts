import type { Spoken } from './prompts.ts';

/** The parts of what a caller is told while waiting: numbers of places, and lengths of time. Said one after the other, so with little silence around them. */

type Prompts = Readonly<Record<string, readonly Spoken[]>>;

/** As `flows/announce-wait.ts` says them. */
const places = Array.from({ length: 60 }, (_, index) => index + 1);
const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 30, 45, 60];

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const pinyinDigits = ['', 'yi1', 'er4', 'san1', 'si4', 'wu3', 'liu4', 'qi1', 'ba1', 'jiu3'];

/** 1 to 99 as counted in Chinese: 十二 is ten-two, 二十 two-ten. */
function chinese(number: number, ones: readonly string[], ten: string): string {
  const tens = Math.floor(number / 10);
  return `${tens > 1 ? ones[tens] : ''}${tens > 0 ? ten : ''}${ones[number % 10]}`;
}

const spoken = (number: number) => chinese(number, digits, '十');
const pinyin = (number: number) => chinese(number, pinyinDigits, 'shi2');
/** Two of something is 两, not 二; one before a falling tone rises. */
const counted = (number: number) => (number === 2 ? '两' : spoken(number));
const countedPinyin = (number: number) => (number === 2 ? 'liang3' : number === 1 ? 'yi4' : pinyin(number));

export const parts: Readonly<Record<'en' | 'zh', Prompts>> = {
  en: {
    'position-before': [{ voice: 'en', text: 'You are number' }],
    'position-after': [{ voice: 'en', text: 'in line.' }],
    'wait-before': [{ voice: 'en', text: 'The expected wait is about' }],
    'minutes-more': [{ voice: 'en', text: 'more than an hour.' }],
    ...Object.fromEntries(places.map((place) => [`number-${place}`, [{ voice: 'en', text: String(place) } as const]])),
    ...Object.fromEntries(
      minutes.map((each) => [`minutes-${each}`, [{ voice: 'en', text: each === 1 ? '1 minute.' : `${each} minutes.` } as const]]),
    ),
  },
  zh: {
    'position-before': [{ voice: 'zh', text: '您现在排在第', pinyin: 'nin2 xian4zai4 pai2 zai4 di4' }],
    'position-after': [{ voice: 'zh', text: '位。', pinyin: 'wei4.' }],
    'wait-before': [{ voice: 'zh', text: '预计等待大约', pinyin: 'yu4ji4 deng3dai4 da4yue1' }],
    'minutes-more': [{ voice: 'zh', text: '一个小时以上。', pinyin: 'yi2 ge4 xiao3shi2 yi3shang4.' }],
    ...Object.fromEntries(
      places.map((place) => [`number-${place}`, [{ voice: 'zh', text: spoken(place), pinyin: pinyin(place) } as const]]),
    ),
    ...Object.fromEntries(
      minutes.map((each) => [
        `minutes-${each}`,
        [{ voice: 'zh', text: `${counted(each)}分钟。`, pinyin: `${countedPinyin(each)} fen1zhong1.` } as const],
      ]),
    ),
  },
};
