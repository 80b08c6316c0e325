import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIP, isIPv4 } from 'node:net';

/**
 * A certificate that signs itself, made here: Node reads X.509 and does not write it. The least that TLS clients accept (RFC 5280 §4.1):
 *
 * ```
 *   Certificate ::= SEQUENCE { tbs, ecdsa-with-SHA256, BIT STRING signature }
 *   tbs         ::= SEQUENCE { [0] v3, serial, algorithm, issuer, validity, subject, public key, [3] extensions }
 * ```
 */
export interface SelfSigned {
  /** PEM; its own authority. */
  readonly cert: string;
  readonly key: string;
  /** SHA-256 of the public key in base64, as Chromium's `--ignore-certificate-errors-spki-list` wants it. */
  readonly publicKeyHash: string;
}

export interface SelfSignedOptions {
  readonly names?: readonly string[];
  readonly from?: Date;
  readonly until?: Date;
}

const dayMs = 24 * 3_600_000;

export function selfSigned(options: SelfSignedOptions = {}): SelfSigned {
  const { names = ['localhost', '127.0.0.1', '::1'], from = new Date(Date.now() - dayMs), until = new Date(Date.now() + dayMs) } = options;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subjectPublicKey = publicKey.export({ type: 'spki', format: 'der' });
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
  // Its own: of two authorities of one name OpenSSL would ask the first.
  const name = sequence(set(sequence(oid('550403'), der(0x0c, Buffer.from(`test ${randomBytes(6).toString('hex')}`)))));
  const extensions = sequence(
    extension('551d13', sequence(der(0x01, Buffer.from([0xff])))), // basic constraints: may sign, which is itself
    extension('551d11', sequence(...names.map(alternativeName))),
  );
  const tbs = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    sequence(time(from), time(until)),
    name,
    subjectPublicKey,
    der(0xa3, extensions),
  );
  const signature = sign('sha256', tbs, privateKey);
  const whole = sequence(tbs, ecdsaWithSha256, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKeyHash: createHash('sha256').update(subjectPublicKey).digest('base64'),
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), der(0x04, value));

/** RFC 5280 §4.1.2.5: years from 2050 on have four digits. */
function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '');
  return at.getUTCFullYear() >= 2050 ? der(0x18, Buffer.from(digits)) : der(0x17, Buffer.from(digits.slice(2)));
}

function alternativeName(name: string): Buffer {
  if (isIP(name) === 0) return der(0x82, Buffer.from(name));
  if (isIPv4(name)) return der(0x87, Buffer.from(name.split('.').map(Number)));
  if (name !== '::1') throw new TypeError('of IPv6 only loopback is written here');
  return der(0x87, Buffer.concat([Buffer.alloc(15), Buffer.from([1])]));
}
