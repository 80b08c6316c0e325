import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailToken, mailTokensIn, plainSubject, withMailToken } from '../../../cti-bridge/interactions/index.ts';

describe('a subject', () => {
  it.each([
    ['Re: Bill', 'bill'],
    ['RE: Re: re: Bill', 'bill'],
    ['Fwd: FW: Bill', 'bill'],
    ['AW: WG: Rechnung', 'rechnung'],
    ['SV: VS: Räkning', 'räkning'],
    ['Antw: Antwort: Rekening', 'rekening'],
    ['回复：账单', '账单'],
    ['回复: 答复: 转发：账单', '账单'],
    ['Re：Bill', 'bill'],
    ['Re[3]: Bill', 'bill'],
    ['RE(2): Bill', 'bill'],
    ['[EXTERNAL] Re: Bill', 'bill'],
    ['【外部邮件】回复：账单', '账单'],
    ['Re: Bill  for   March', 'bill for march'],
    ['Re:Bill [#K7Q2-M4XD]', 'bill'],
    ['返信：請求', '請求'],
    ['Reference: 7', 'reference: 7'],
    ['Really: no', 'really: no'],
    ['Re:', ''],
    ['', ''],
  ])('%j is about %j', (subject, expected) => expect(plainSubject(subject)).toBe(expected));

  it('is read in time that grows with its length', () => {
    expect(plainSubject('Re: '.repeat(20_000))).toBe('');
  });
});

const ids = fc.string({ unit: fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz'), minLength: 26, maxLength: 26 });

describe('the token of a conversation', () => {
  it('is found again in what programs make of the subject', () => {
    fc.assert(
      fc.property(ids, (id) => {
        const subject = withMailToken('Bill', id);
        const token = mailToken(id);
        for (const made of [
          subject,
          `Re: ${subject}`,
          `回复：${subject}`,
          subject.toLowerCase(),
          `${subject} (was: x)`,
          subject.replace('-', ''),
        ]) {
          expect(mailTokensIn(made)).toEqual([token]);
        }
        expect(withMailToken(`Re: ${subject}`, id)).toBe(`Re: Bill [#${token}]`);
      }),
    );
  });

  it('with a wrong letter, or two in each other’s place, is nobody’s', () => {
    fc.assert(
      fc.property(ids, fc.nat(5), fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), (id, at, letter) => {
        const letters = [...mailToken(id).replace('-', '')];
        const wrong = letters.with(at, letter);
        if (wrong.join('') !== letters.join('')) expect(mailTokensIn(`[#${wrong.join('')}]`)).toEqual([]);
        const swapped = at < 5 ? letters.with(at, letters[at + 1] ?? '').with(at + 1, letters[at] ?? '') : letters;
        if (swapped.join('') !== letters.join('')) expect(mailTokensIn(`[#${swapped.join('')}]`)).toEqual([]);
      }),
    );
  });

  it('typed with an O for a zero is still it', () => {
    const token = mailToken('0000000000000000000000a0b1');
    expect(mailTokensIn(`[#${token.replaceAll('0', 'O').replaceAll('1', 'l')}]`)).toEqual([token]);
  });

  it('is not seen in any other text', () => {
    for (const text of ['[#1234-5678]', '#K7Q2-M4XD', '[ticket 4]', '[#12345678901]']) expect(mailTokensIn(text)).toEqual([]);
  });

  it('stands once, however often it is put there', () => {
    const subject = withMailToken(withMailToken('Bill', 'abcdef'), 'abcdeg');
    expect(mailTokensIn(subject)).toEqual([mailToken('abcdeg')]);
  });
});
