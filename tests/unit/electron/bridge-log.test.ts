import { expect, test } from 'vitest';
import { describeLogLine } from '../../../electron/bridge-host/index.ts';

test('shows warnings and errors of the bridge, and keeps the rest for the file', () => {
  expect(describeLogLine({ level: 30, msg: 'call:received' })).toBeNull();
  expect(describeLogLine({ level: 40, time: 'now', msg: 'trunk:refused', source: '192.0.2.1', count: 3 })).toBe(
    'warning: trunk:refused source=192.0.2.1 count=3',
  );
  expect(describeLogLine({ level: 'error', msg: 'service:died' })).toBe('error: service:died');
});
