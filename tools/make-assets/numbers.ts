import { chineseNumber, chineseNumberPinyin } from './chinese-numbers.ts';
import type { Spoken } from './prompts.ts';

/** The parts of what a caller is told while waiting. Said one after the other, so with little silence around them. */

type Prompts = Readonly<Record<string, readonly Spoken[]>>;

/** As `flows/announce-wait.ts` says them; the numbers of places are fragments. */
const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 30, 45, 60];

/** Two of something is 两, not 二; one before a falling tone rises. */
const counted = (number: number) => (number === 2 ? '两' : chineseNumber(number));
const countedPinyin = (number: number) => (number === 2 ? 'liang3' : number === 1 ? 'yi4' : chineseNumberPinyin(number));

export const parts: Readonly<Record<'en' | 'zh', Prompts>> = {
  en: {
    'position-before': [{ voice: 'en', text: 'You are number' }],
    'position-after': [{ voice: 'en', text: 'in line.' }],
    'wait-before': [{ voice: 'en', text: 'The expected wait is about' }],
    'minutes-more': [{ voice: 'en', text: 'more than an hour.' }],
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
      minutes.map((each) => [
        `minutes-${each}`,
        [{ voice: 'zh', text: `${counted(each)}分钟。`, pinyin: `${countedPinyin(each)} fen1zhong1.` } as const],
      ]),
    ),
  },
};
