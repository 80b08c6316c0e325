import { pinyin } from 'pinyin-pro';

/** A name as it is typed on a Latin keyboard: every way to read it, syllable by syllable. The most likely reading comes first. */
export type Reading = readonly string[];

/**
 * Readings of a person's name: the surname as a surname is read (单 shan, 仇 qiu, 尉迟 yuchi), and beside it what somebody types who reads the
 * character as in other words (dan, chou). One character at a time differs from the likely reading; ü is `v` and `u`.
 */
export function nameReadings(characters: readonly string[]): readonly Reading[] {
  const likely = surnameReading(characters);
  const readings: Reading[] = [likely];
  characters.forEach((character, at) => {
    for (const other of otherReadings(character)) if (other !== likely[at]) readings.push(likely.with(at, other));
  });
  return readings.length > mostReadings ? readings.slice(0, mostReadings) : readings;
}

/** The reading of a text that is no person's name, by the words it is made of (银行 yinhang, 重庆 chongqing). */
export function textReading(text: string): Reading {
  return pinyin(text, { type: 'array', toneType: 'none', v: true }).map((syllable) => syllable.toLowerCase());
}

const mostReadings = 8;

/** Surname and given name are read apart and kept: a million people share a few hundred of the one and some ten thousand of the other. */
function surnameReading(characters: readonly string[]): Reading {
  const [first = '', second = ''] = characters;
  const double = characters.length > 2 ? doubleSurname(first + second) : null;
  if (double) return [...double, ...characters.slice(2).map(syllable)];
  return [surnameSyllable(first), ...characters.slice(1).map(syllable)];
}

const syllable = kept((character: string): string => read(character, 'normal')[0] ?? character);
const surnameSyllable = kept((character: string): string => read(character, 'surname')[0] ?? character);

/** The reading of a surname of two characters, null when the two are none. */
const doubleSurname = kept((pair: string): Reading | null => (doubleSurnames.has(pair) ? read(pair, 'surname') : null));

const otherReadings = kept((character: string): readonly string[] => {
  const all = pinyin(character, { type: 'array', toneType: 'none', v: true, multiple: true });
  // Behind the second reading come those of old books.
  const usual = [...all.slice(0, 2), surnameSyllable(character), ...(namedOtherwise[character] ?? [])];
  return [...new Set(usual.flatMap((reading) => (reading.includes('v') ? [reading, reading.replace('v', 'u')] : [reading])))];
});

function read(text: string, mode: 'normal' | 'surname'): Reading {
  return pinyin(text, { type: 'array', toneType: 'none', v: true, mode });
}

/** Readings that names have and that stand further back in the dictionary. */
const namedOtherwise: Readonly<Record<string, readonly string[]>> = {
  ...{ 单: ['shan'], 盖: ['ge'], 朴: ['piao'], 缪: ['miao'], 乐: ['le', 'yue'], 覃: ['qin', 'tan'], 柏: ['bai', 'bo'], 茜: ['qian', 'xi'] },
  ...{
    行: ['xing', 'hang'],
    晟: ['sheng', 'cheng'],
    翟: ['zhai', 'di'],
    娜: ['na', 'nuo'],
    贾: ['jia'],
    曾: ['zeng'],
    区: ['ou'],
    查: ['zha'],
  },
};

const doubleSurnames = new Set(
  (
    '欧阳 上官 司马 诸葛 尉迟 夏侯 皇甫 东方 公孙 令狐 慕容 宇文 长孙 司徒 司空 轩辕 端木 百里 呼延 南宫 西门 独孤 万俟 澹台 淳于 ' +
    '濮阳 公羊 公冶 赫连 钟离 鲜于 闾丘 太史 申屠 仲孙 拓跋 第五 东郭 南门 羊舌 微生 梁丘 左丘 宰父 谷梁 段干 漆雕 乐正 歐陽 司馬 諸葛 尉遲 東方 公孫 長孫 鍾離 軒轅'
  ).split(' '),
);

/** Remembers answers; starts anew when there are too many to keep. */
function kept<Value>(work: (text: string) => Value): (text: string) => Value {
  const answers = new Map<string, Value>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const value = work(text);
    if (answers.size >= 100_000) answers.clear();
    answers.set(text, value);
    return value;
  };
}
