import { expect, test } from 'vitest';
import { bridgeUrlFrom, isBridgeUrl } from '../../../electron/settings/index.ts';

test.each([
  'http://127.0.0.1:8600',
  'http://localhost:8600/',
  'http://[::1]:8600',
  'https://bridge.example',
  'https://bridge.example:8443/',
])('%s may be a bridge', (address) => {
  expect(isBridgeUrl(address)).toBe(true);
});

test.each([
  'http://bridge.example:8600',
  'http://127.0.0.1.example:8600',
  'https://user:word@bridge.example',
  'https://bridge.example/path',
  'https://bridge.example/?a=b',
  'ws://127.0.0.1:8600',
  'file:///etc',
  'javascript:alert(1)',
  '',
])('%s may not be a bridge', (address) => {
  expect(isBridgeUrl(address)).toBe(false);
});

test('the bridge of one run is taken from the command line, and only a usable one', () => {
  expect(bridgeUrlFrom(['.', '--bridge-url=http://127.0.0.1:8700/'])).toBe('http://127.0.0.1:8700');
  expect(bridgeUrlFrom(['.', '--bridge-url=http://evil.example'])).toBeNull();
  expect(bridgeUrlFrom(['.'])).toBeNull();
});
