import { expect, test } from 'vitest';
import { demoAnswerOf } from '../../../tools/demo-provider.ts';

test.each([
  ['+447700900142', 'answers'],
  ['+8613900004126', 'answers'],
  ['+447700900186', 'busy'],
  ['07700900186', 'busy'],
  ['+447700900187', 'nobody'],
  ['+447700900188', 'noSuchNumber'],
  ['', 'answers'],
] as const)('the telephone of %s: %s', (number, answer) => {
  expect(demoAnswerOf(number)).toBe(answer);
});
