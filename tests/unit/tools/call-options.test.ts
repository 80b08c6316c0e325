import { describe, expect, it } from 'vitest';
import { readCallOptions } from '../../../tools/call-options.ts';

const demo = { number: '+447700900142', name: 'Margaret Okafor', hotline: '1000' };
const read = (...args: string[]) => readCallOptions(args, '/here', demo);

describe('options of npm run call', () => {
  it('without any, the demo customer calls the hotline and presses 1', () => {
    expect(read()).toEqual({
      ok: true,
      value: {
        from: '+447700900142',
        displayName: 'Margaret Okafor',
        to: '1000',
        press: '1',
        wavFile: null,
        seconds: 60,
        sip: { host: '127.0.0.1', port: 5060 },
      },
    });
  });

  it('takes a number as people write it, a file, keys and an address', () => {
    expect(
      read('--from', '+86 (139) 0000-4126', '--to', '1001', '--press', '2#', '--wav', 'a.wav', '--seconds', '5', '--sip', 'localhost:5070'),
    ).toMatchObject({
      value: {
        from: '+8613900004126',
        displayName: null,
        to: '1001',
        press: '2#',
        wavFile: '/here/a.wav',
        seconds: 5,
        sip: { host: 'localhost', port: 5070 },
      },
    });
  });

  it('presses nothing on a number of which it knows nothing, and takes a port alone', () => {
    expect(read('--to', '1002', '--sip', '5070')).toMatchObject({ value: { press: '', sip: { host: '127.0.0.1', port: 5070 } } });
  });

  it.each([
    [['--from', 'Margaret'], /--from takes a telephone number/],
    [['--press', '1a'], /--press takes keys/],
    [['--seconds', '0'], /--seconds takes a number from 1/],
    [['--sip', '127.0.0.1:99999'], /--sip takes HOST:PORT/],
    [['--colour', 'red'], /--colour/],
  ])('says in one sentence what is wrong with %j', (args, message) => {
    const options = read(...args);
    expect(options.ok).toBe(false);
    if (!options.ok) expect(options.error).toMatch(message);
  });
});
