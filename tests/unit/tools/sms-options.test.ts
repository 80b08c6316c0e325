import { describe, expect, it } from 'vitest';
import { readSmsOptions } from '../../../tools/sms/sms-options.ts';

const read = (...args: string[]) => readSmsOptions(args, { from: '+447700900142', to: '10655901' });

describe('options of npm run sms', () => {
  it('without any, the demo customer asks something', () => {
    expect(read()).toEqual({
      ok: true,
      value: {
        from: '+447700900142',
        to: '10655901',
        text: 'Hello, where is my order?',
        seconds: 300,
        phones: { host: '127.0.0.1', port: 2776 },
      },
    });
  });

  it('takes a number as people write it, a text in one piece or several, a time and an address', () => {
    expect(read('--from', '139 0000-4126', '--to', '10690', '--seconds', '0', '--phones', 'localhost:99', '退订', 'TD')).toMatchObject({
      value: { from: '13900004126', to: '10690', text: '退订 TD', seconds: 0, phones: { host: 'localhost', port: 99 } },
    });
  });

  it.each([
    [['--from', 'me'], '--from takes a telephone number, not "me".'],
    [['--to', ''], '--to takes a number, not "".'],
    [['--seconds', 'x'], '--seconds takes a number from 0 to 3600, not "x".'],
    [['--phones', 'nowhere'], '--phones takes HOST:PORT, not "nowhere".'],
    [['x'.repeat(10_001)], 'A text has at most 10000 characters.'],
    [['--what'], "Unknown option '--what'."],
  ])('says what is wrong with %j', (args, error) => expect(read(...args)).toEqual({ ok: false, error }));
});
