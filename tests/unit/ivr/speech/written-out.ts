/** Numbers written out by other means than the fragments are chosen by: from the digits as a text. */

const ones = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen'];
const teens = [...ones, 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'];
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** 1005 is "one thousand and five". */
export function englishInWords(number: number): string {
  if (number < 20) return teens[number] ?? '';
  if (number < 100) return `${tens[Math.floor(number / 10)]}${number % 10 === 0 ? '' : `-${teens[number % 10]}`}`;
  const [size, name] = (
    [
      [1e9, 'billion'],
      [1e6, 'million'],
      [1e3, 'thousand'],
      [100, 'hundred'],
    ] as const
  ).find(([each]) => number >= each) ?? [1, ''];
  const [head, rest] = [Math.floor(number / size), number % size];
  const said = `${englishInWords(head)} ${name}`;
  if (rest === 0) return said;
  return rest < 100 ? `${said} and ${englishInWords(rest)}` : `${said} ${englishInWords(rest)}`;
}

/** Every digit with its place, then what the language leaves out. */
export function chineseInWords(number: number): string {
  if (number === 0) return '零';
  const places = ['', '十', '百', '千'];
  const digits = [...String(number)].toReversed();
  const groups: string[] = [];
  for (let at = 0; at < digits.length; at += 4) {
    const written = digits
      .slice(at, at + 4)
      .map((digit, place) => (digit === '0' ? '零' : `${'零一二三四五六七八九'[Number(digit)]}${places[place]}`))
      .toReversed()
      .join('');
    groups.unshift(written.replace(/零+/g, '零').replace(/零$/, ''));
  }
  const names = ['', '万', '亿'].slice(0, groups.length).toReversed();
  const joined = groups
    .map((group, index) => (group === '' ? '零' : `${names[index] ? group.replace(/^(零?)二$/, '$1两') : group}${names[index]}`))
    .join('');
  return joined
    .replace(/零+/g, '零')
    .replace(/零$/, '')
    .replace(/^零/, '')
    .replace(/^一十/, '十')
    .replace(/二(?=[百千])/g, '两');
}
