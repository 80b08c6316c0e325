import { expect, test } from 'vitest';
import { CertificateFiles, silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { selfSigned } from '../../support/self-signed.ts';

const day = 24 * 3_600_000;
const clock = () => new VirtualClock(Date.now());
const good = selfSigned();

function house(files: Record<string, string>) {
  const time = clock();
  const options = {
    certificateFile: 'cert.pem',
    keyFile: 'key.pem',
    clock: time,
    log: silentLog,
    read: async (path: string) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error('no file'), { code: 'ENOENT' });
      return text;
    },
  };
  return { clock: time, open: () => CertificateFiles.open(options) };
}

async function opened(files: Record<string, string>) {
  const { open, clock: time } = house(files);
  const result = await open();
  if (!result.ok) throw new Error(result.error);
  return { certificate: result.value, clock: time };
}

test.each([
  ['a file is missing', { 'cert.pem': good.cert }, 'There is no file key.pem.'],
  ['there is something else in it', { 'cert.pem': 'hello', 'key.pem': good.key }, 'The file cert.pem holds no certificate in PEM form.'],
  [
    'the key is no key',
    { 'cert.pem': good.cert, 'key.pem': good.cert },
    'The file key.pem holds no private key in PEM form, or one under a pass phrase.',
  ],
  [
    'the key is that of another one',
    { 'cert.pem': good.cert, 'key.pem': selfSigned().key },
    'The key in key.pem is not that of the certificate in cert.pem.',
  ],
])('there is nothing to begin with when %s', async (_when, files, error) => {
  expect(await house(files).open()).toEqual({ ok: false, error });
});

test('new files are taken within seconds, once', async () => {
  const files = { 'cert.pem': good.cert, 'key.pem': good.key };
  const { certificate, clock: time } = await opened(files);
  const told: string[] = [];
  certificate.onReplaced(({ cert }) => told.push(cert));
  const next = selfSigned();
  Object.assign(files, { 'cert.pem': next.cert, 'key.pem': next.key });
  await time.run(12_000);
  expect(told).toEqual([next.cert]);
  expect(certificate.current).toEqual({ cert: next.cert, key: next.key });
  certificate.stop();
  expect(time.pending).toBe(0);
});

test('what cannot be used leaves the old one in use and is told, until it is put right', async () => {
  const files: Record<string, string> = { 'cert.pem': good.cert, 'key.pem': good.key };
  const { certificate } = await opened(files);
  const ended = selfSigned({ from: new Date(Date.now() - 9 * day), until: new Date(Date.now() - day) });
  const states: [string, string][] = [];
  for (const change of [
    { 'cert.pem': selfSigned().cert },
    { 'cert.pem': ended.cert, 'key.pem': ended.key },
    { 'cert.pem': good.cert, 'key.pem': good.key },
  ]) {
    Object.assign(files, change);
    await certificate.reload();
    states.push([certificate.current.cert === good.cert ? 'old' : 'new', certificate.problems[0]?.split(/[.:] /)[1] ?? '']);
  }
  expect(states).toEqual([
    ['old', 'The key in key.pem is not that of the certificate in cert.pem.'],
    ['old', 'The one in cert.pem has ended.'],
    ['old', expect.stringContaining('Put a new one')],
  ]);
  certificate.stop();
});

test('one that ends soon, or has ended, is told with its day', async () => {
  const until = new Date(Date.now() + 20 * day);
  const pair = selfSigned({ until });
  const { certificate, clock: time } = await opened({ 'cert.pem': pair.cert, 'key.pem': pair.key });
  expect(certificate.problems).toEqual([]);
  time.jump(10 * day);
  expect(certificate.problems).toEqual([expect.stringContaining(`ends on ${until.toISOString().slice(0, 10)}`)]);
  time.jump(11 * day);
  expect(certificate.problems).toEqual([expect.stringContaining('has ended on')]);
  certificate.stop();
});
