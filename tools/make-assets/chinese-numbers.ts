const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const pinyinDigits = ['', 'yi1', 'er4', 'san1', 'si4', 'wu3', 'liu4', 'qi1', 'ba1', 'jiu3'];

/** 0 to 99 as counted in Chinese: 十二 is ten-two, 二十 two-ten. */
function counted(number: number, ones: readonly string[], ten: string, zero: string): string {
  if (number === 0) return zero;
  const tens = Math.floor(number / 10);
  return `${tens > 1 ? ones[tens] : ''}${tens > 0 ? ten : ''}${ones[number % 10]}`;
}

export const chineseNumber = (number: number) => counted(number, digits, '十', '零');
export const chineseNumberPinyin = (number: number) => counted(number, pinyinDigits, 'shi2', 'ling2');
