import { expect, test } from 'vitest';
import { contentSecurityPolicy, resolveAsset } from '../../../electron/security/index.ts';

test.each([
  ['app://crosspoint/', '/srv/renderer/index.html'],
  ['app://crosspoint/index.html', '/srv/renderer/index.html'],
  ['app://crosspoint/assets/ring%20tone.wav', '/srv/renderer/assets/ring tone.wav'],
  ['app://crosspoint/assets/../index.html', '/srv/renderer/index.html'], // the address itself was normalised
  ['app://crosspoint/%2e%2e/%2e%2e/etc/passwd.js', '/srv/renderer/etc/passwd.js'],
])('%s is %s', (address, file) => {
  expect(resolveAsset('/srv/renderer', address)).toBe(file);
});

test.each([
  'app://crosspoint/..%2f..%2fetc%2fpasswd.js',
  'app://crosspoint/assets/..%2F..%2Frenderer-secret%2Fx.js',
  'app://crosspoint/..%5c..%5csecrets.json',
  'app://crosspoint/%00.js',
  'app://crosspoint/%zz.js',
  'app://crosspoint//etc/passwd',
  'app://crosspoint/settings',
  'app://crosspoint/key.pem',
  'app://elsewhere/index.html',
  'file:///srv/renderer/index.html',
  'https://crosspoint/index.html',
])('%s names no file', (address) => {
  expect(resolveAsset('/srv/renderer', address)).toBeNull();
});

test('a page may reach its own files and its one bridge, and run nothing inline', () => {
  const policy = contentSecurityPolicy('https://bridge.example:8443');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("connect-src 'self' https://bridge.example:8443 wss://bridge.example:8443;");
  expect(policy).toContain('frame-src https://bridge.example:8443/api/mail-pages/;');
  expect(policy).not.toMatch(/unsafe|\*/);
});

test('no setting can write a directive into the policy', () => {
  const policy = contentSecurityPolicy("http://127.0.0.1:8600/;script-src 'unsafe-inline'");
  expect(policy).toContain("connect-src 'self' http://127.0.0.1:8600 ws://127.0.0.1:8600;");
  expect(policy).not.toContain('unsafe-inline');
});
