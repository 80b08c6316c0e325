import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaults } from '../../../cti-bridge/config/index.ts';
import { demoPassword } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { TestBridge } from '../../support/bridge.ts';
import { startBridge } from '../../support/bridge.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { NoMedia } from '../../support/scripted-phone/index.ts';
import { selfSigned } from '../../support/self-signed.ts';

/** One certificate for HTTPS, socket.io, SIP over WSS and SIP over TLS, replaced while desktops are at work. */

const usual = getCACertificates('default');
let folder: string;
let bridge: TestBridge;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosspoint-tls-'));
});
afterEach(async () => {
  await bridge.dispose();
  setDefaultCACertificates(usual);
  await rm(folder, { recursive: true, force: true });
});

const put = (pair: { readonly cert: string; readonly key: string }) =>
  Promise.all([writeFile(join(folder, 'cert.pem'), pair.cert), writeFile(join(folder, 'key.pem'), pair.key)]);

const tls = () => ({ certificateFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') });

/** SHA-256 of the certificate that is shown to who connects now. */
function shown(): Promise<string> {
  const { hostname, port } = new URL(bridge.httpAddress);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

const logIn = (username: string) =>
  ScriptedDesktop.logIn({ bridge: bridge.httpAddress, username, password: demoPassword, phoneMedia: NoMedia.open });

test('a desktop logs in, resumes and registers its phone over TLS, before and after the certificate was replaced', async () => {
  const first = selfSigned();
  const second = selfSigned();
  setDefaultCACertificates([...usual, first.cert, second.cert]);
  await put(first);
  bridge = await startBridge({ config: { tls: tls() } });
  expect(bridge.httpAddress).toMatch(/^https:/);
  const desktop = await logIn('lena.hartmann');
  await desktop.becomeAvailable();
  const before = await shown();

  await put(selfSigned({ until: new Date(Date.now() - 1_000) }));
  await bridge.reloadCertificate();
  expect(await shown()).toBe(before);
  expect(await (await fetch(`${bridge.httpAddress}/health`)).text()).toContain('The certificate was not replaced');

  await put(second);
  await bridge.reloadCertificate();
  expect(await shown()).not.toBe(before);
  const other = await logIn('lin.wei');
  expect(other.phone).toBeDefined();
  // The socket that stood before still does.
  await desktop.ask('agent:set-presence', { presence: 'available' });
  expect(desktop.gaps).toEqual([]);
  expect(bridge.bugs).toEqual([]);
});

test('plain HTTP is not answered where TLS is set up', async () => {
  await put(selfSigned());
  bridge = await startBridge({ config: { tls: tls() } });
  await expect(fetch(bridge.httpAddress.replace('https', 'http'))).rejects.toThrow('fetch failed');
});

test('a bridge whose certificate cannot be read does not start and says which file', async () => {
  bridge = await startBridge();
  await expect(startBridge({ config: { ...defaults, tls: tls() } })).rejects.toThrow(`There is no file ${join(folder, 'cert.pem')}.`);
});
