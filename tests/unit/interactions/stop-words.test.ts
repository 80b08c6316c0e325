import { expect, it } from 'vitest';
import { readConsentWord } from '../../../cti-bridge/interactions/index.ts';

it.each([
  'STOP',
  'stop',
  ' Stop. ',
  '"STOP"',
  'STOP!!!',
  'STOPALL',
  'stop all',
  'Unsubscribe',
  'cancel',
  'END',
  'quit',
  'opt-out',
  '退订',
  '【退订】',
  '退訂',
  'TD',
  'td。',
  'ＴＤ',
  'ｔｄ',
  'T',
  'Ｔ',
  'n',
  'R',
  'S​T​O​P',
  '“退订”\n',
])('knows that %j wants no more', (text) => expect(readConsentWord(text)).toBe('stop'));

it.each(['START', 'unstop', '恢复', '恢复。', 'ｓｔａｒｔ'])('knows that %j wants them again', (text) =>
  expect(readConsentWord(text)).toBe('resume'),
);

it.each([
  '',
  '。',
  'please stop by tomorrow',
  'stop it now',
  'STOPS',
  '退订流程是什么？',
  '我不想退订',
  '取消退订',
  'TDK',
  'no',
  'T恤',
  'the end',
  'constructor',
  '__proto__',
  `STOP${' '.repeat(100)}STOP`,
])('takes %j for an ordinary message', (text) => expect(readConsentWord(text)).toBeNull());
