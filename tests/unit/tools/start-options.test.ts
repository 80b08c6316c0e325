import { expect, test } from 'vitest';
import { readStartOptions } from '../../../tools/start-options.ts';

const read = (...args: string[]) => readStartOptions(args, '/home/someone');

test('starts with the bridge its own ports, data beside it and the desktop open', () => {
  expect(read()).toEqual({ ok: true, value: { isOpenWanted: true, port: null, sipPort: null, dataFolder: '/home/someone/data' } });
});

test('takes every option', () => {
  expect(read('--no-open', '--port', '0', '--sip-port=5070', '--data', '../shift')).toEqual({
    ok: true,
    value: { isOpenWanted: false, port: 0, sipPort: 5070, dataFolder: '/home/shift' },
  });
});

test.each([
  [['--prot', '8601'], "Unknown option '--prot'."],
  [['--port', 'http'], '--port takes a port number from 0 to 65535, not "http".'],
  [['--sip-port', '70000'], '--sip-port takes a port number from 0 to 65535, not "70000".'],
  [['--port', '-1'], "Option '--port' argument is ambiguous."],
  [['--data', ''], '--data takes the path of a folder.'],
])('answers %j with one sentence', (args, sentence) => {
  const answer = read(...args);
  expect(answer.ok ? '' : answer.error.split('\n')[0]).toBe(sentence);
});
