import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { templateFields } from '../../../shared/contracts/messages/settings.ts';
import { fieldsIn, fillTemplate } from '../../../shared/fill-template.ts';

describe('filling a template', () => {
  it('puts in what is known, in both languages alike', () => {
    const values = { customerName: '王小姐', agentName: 'Lena Moor', organisationName: '东海通信' };
    expect(fillTemplate('尊敬的{{customerName}}：您好！', values)).toEqual({ text: '尊敬的王小姐：您好！', gaps: [] });
    expect(fillTemplate('{{ agentName }}, {{organisationName}}', values).text).toBe('Lena Moor, 东海通信');
  });

  it('leaves what nobody knows in the text and says where it stands', () => {
    const { text, gaps } = fillTemplate('Dear {{customerName}}, case {{caseNumber}} of {{today}}', {
      customerName: 'Ada',
      caseNumber: ' ',
    });
    expect(text).toBe('Dear Ada, case {{caseNumber}} of {{today}}');
    expect(gaps.map(({ from, to }) => text.slice(from, to))).toEqual(['{{caseNumber}}', '{{today}}']);
    expect(gaps.every(({ isKnown }) => isKnown)).toBe(true);
  });

  it('leaves a field that there is not, and tells it apart', () => {
    const { text, gaps } = fillTemplate('Hello {{custmerName}}', { customerName: 'Ada' });
    expect(text).toBe('Hello {{custmerName}}');
    expect(gaps).toEqual([{ name: 'custmerName', isKnown: false, from: 6, to: 21 }]);
  });

  it('leaves no braces unseen that stood around a field', () => {
    for (const [template, left] of [
      ['{{{{today}}}}', '{{22 November}}'],
      ['{{ {{today}} }}', '{{ 22 November }}'],
    ] as const) {
      const { text, gaps } = fillTemplate(template, { today: '22 November' });
      expect([text, gaps.map(({ from, to }) => text.slice(from, to))]).toEqual([left, [left]]);
    }
  });

  it('never reads a value as a field, and keeps it on one line', () => {
    const values = { customerName: '{{agentName}}', agentName: 'Lena', subject: 'Hi\r\nBcc: all@example.com\u202e' };
    expect(fillTemplate('{{customerName}}', values).text).toBe('{{agentName}}');
    expect(fillTemplate('Re: {{subject}}!', values).text).toBe('Re: Hi Bcc: all@example.com!');
  });

  it('puts names in as they are, not as markup or patterns of a replacement', () => {
    expect(fillTemplate('{{customerName}}', { customerName: '<b>$& $1</b>' }).text).toBe('<b>$& $1</b>');
  });

  it('changes nothing but fields, and with every value known leaves no gap', () => {
    const plain = fc.string().filter((text) => fieldsIn(text).length === 0 && !/[{}]/.test(text));
    const field = fc.constantFrom(...templateFields);
    fc.assert(
      fc.property(fc.array(fc.tuple(plain, field)), plain, (parts, end) => {
        const template = parts.map(([before, name]) => `${before}{{${name}}}`).join('') + end;
        const values = Object.fromEntries(templateFields.map((name) => [name, `<${name}>`]));
        expect(fillTemplate(template, values)).toEqual({
          text: parts.map(([before, name]) => `${before}<${name}>`).join('') + end,
          gaps: [],
        });
        expect(fillTemplate(template, {}).text).toBe(template);
      }),
    );
  });

  it('finds what it left in the text that it made', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '{{', '}}', '}', ' ', 'today', 'a', '客') }), (text) => {
        const { text: filled, gaps } = fillTemplate(text, { today: '22 November' });
        expect(gaps.map(({ from, to }) => filled.slice(from, to))).toEqual(fieldsIn(filled).map(({ from, to }) => filled.slice(from, to)));
      }),
    );
  });
});
