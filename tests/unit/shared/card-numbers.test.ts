import { describe, expect, it } from 'vitest';
import { hasCardNumber, maskCardNumbers, maskCardNumbersOfHtml } from '../../../shared/card-numbers.ts';

describe('a card number in a text', () => {
  it.each([
    ['4111111111111111', '••••••••••••1111'],
    ['My card is 4111 1111 1111 1111, to 09/29.', 'My card is •••• •••• •••• 1111, to 09/29.'],
    ['5500-0000-0000-0004', '••••-••••-••••-0004'],
    ['378282246310005', '•••••••••••0005'],
    ['4222222222222', '•••••••••2222'],
    ['2223003122003222', '••••••••••••3222'],
    ['30569309025904', '••••••••••5904'],
    ['3530111333300000', '••••••••••••0000'],
    ['6011 1111 1111 1117', '•••• •••• •••• 1117'],
    ['5018000000000009', '••••••••••••0009'],
    ['卡号6217003810000000003。', '卡号•••••••••••••••0003。'],
    ['４１１１１１１１１１１１１１１１', '••••••••••••１１１１'],
    ['4111\u00a01111\u00a01111\u00a01111', '••••\u00a0••••\u00a0••••\u00a01111'],
    ['order 7 - 4111 - 1111 - 1111 - 1111', 'order 7 - •••• - •••• - •••• - 1111'],
    ['+86 13912345678 4111111111111111', '+86 13912345678 ••••••••••••1111'],
    ['4111111111111111 and 5500000000000004\n378282246310005', '••••••••••••1111 and ••••••••••••0004\n•••••••••••0005'],
  ])('%j becomes %j', (text, shown) => {
    expect(maskCardNumbers(text)).toBe(shown);
  });

  it.each([
    'one digit wrong: 4111111111111112',
    'too short: 411111111111',
    'too long: 41111111111111111111111',
    'a telephone: +8613800000004',
    'a link: https://shop.example/orders/4111111111111111?x=1',
    'nobody’s: 0000 0000 0000 0000',
    'a device: IMEI 35-209900-176148-1',
    'a device: 860000000000009',
    'a SIM: 898600123456789012 3',
    'a SIM: 8944110000000000008',
    'a reference: 1000000000000008',
    'two lines: 41111111\n11111111',
  ])('is not seen in %j', (text) => {
    expect(maskCardNumbers(text)).toBe(text);
  });

  it('is hidden whatever numbers stand before and after it', () => {
    for (let other = 0; other < 1_000; other++)
      expect(maskCardNumbers(`${other} 4111 1111 1111 1111 ${other}`)).toMatch(/ •••• •••• •••• [1•]{4} \S+$/);
  });

  it('is hidden by a sign of the telephones’ alphabet where it goes out as a text message', () => {
    expect(maskCardNumbers('4111 1111 1111 1111', '*')).toBe('**** **** **** 1111');
  });

  it('is seen before it is hidden, and no more after that', () => {
    expect(['4111 1111 1111 1111', '•••• •••• •••• 1111', 'order 4111'].map(hasCardNumber)).toEqual([true, false, false]);
  });

  it('is hidden once and for all', () => {
    const once = maskCardNumbers('4111 1111 1111 1111');
    expect(maskCardNumbers(once)).toBe(once);
  });
});

it('a card number in HTML is hidden where it is read, and its tags stay', () => {
  const html = '<p>4111&nbsp;1111&nbsp;1111&nbsp;1111</p><img data-cid="4111111111111111"><b>5500000000000004</b>';
  expect(maskCardNumbersOfHtml(html)).toBe(
    '<p>••••&nbsp;••••&nbsp;••••&nbsp;1111</p><img data-cid="4111111111111111"><b>••••••••••••0004</b>',
  );
});

it('a text of digits alone takes no longer than any other', () => {
  for (const text of ['1 '.repeat(50_000), '1'.repeat(100_000), '<'.repeat(100_000), '1234567890 \n'.repeat(10_000)])
    expect(maskCardNumbersOfHtml(text)).toHaveLength(text.length);
});
