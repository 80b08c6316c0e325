import type { SpeechLocale } from './spoken.ts';

const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
const letters = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `letter-${letter}`);

/** Said in both languages, each in its own way. */
const shared = [
  ...upTo(0, 99).map((number) => `number-${number}`),
  ...upTo(1, 9).map((hundreds) => `number-${hundreds}00`),
  ...upTo(1, 31).map((day) => `day-${day}`),
  ...upTo(1, 12).map((month) => `month-${month}`),
  ...letters,
  ...['say-point', 'say-minus', 'say-star', 'say-hash', 'say-plus', 'say-noon'],
  ...['unit-yuan', 'unit-fen', 'unit-dollar', 'unit-euro', 'unit-pound', 'unit-penny', 'unit-hour', 'unit-minute', 'unit-second'],
];

const own: Readonly<Record<SpeechLocale, readonly string[]>> = {
  en: [
    ...['say-hundred', 'say-thousand', 'say-million', 'say-billion', 'say-and', 'say-oh', 'say-am', 'say-pm', 'say-midnight'],
    ...['unit-dollars', 'unit-euros', 'unit-pounds', 'unit-pence', 'unit-cent', 'unit-cents', 'unit-hours', 'unit-minutes', 'unit-seconds'],
  ],
  zh: [
    ...upTo(1, 9).map((thousands) => `number-${thousands}000`),
    ...['number-10000', 'number-20000', 'number-100000000', 'number-200000000', 'say-ten-thousand', 'say-hundred-million'],
    ...upTo(10, 19).map((number) => `say-ten-${number}`),
    ...['say-one', 'say-two', 'digit-1', 'say-year', 'say-oclock', 'say-half', 'say-minutes-past'],
    ...['say-small-hours', 'say-morning', 'say-afternoon', 'say-evening', 'unit-jiao', 'unit-dollar-cent', 'unit-euro-cent'],
  ],
};

/** Every fragment that `spoken` can name in a language. */
export function fragmentNames(locale: SpeechLocale): readonly string[] {
  return [...shared, ...own[locale]];
}
