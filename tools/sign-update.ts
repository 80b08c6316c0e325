import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';
import * as z from 'zod/mini';
import { releaseWords } from '../electron/updates/index.ts';

/**
 * Signs the description of a release, as electron-builder writes it, so that desktops take it:
 *   node tools/sign-update.ts --key private.pem release/latest-linux.yml
 * The key is made by `openssl genpkey -algorithm ed25519 -out private.pem`; what is printed goes into the administrator's file of the desktops.
 */
const { values, positionals } = parseArgs({ options: { key: { type: 'string' } }, allowPositionals: true });
const [path] = positionals;
if (values.key === undefined || path === undefined) {
  process.stderr.write('Say which key and which file: node tools/sign-update.ts --key private.pem release/latest-linux.yml\n');
  process.exit(2);
}
const schema = z.looseObject({ version: z.string(), files: z.array(z.looseObject({ url: z.string(), sha512: z.string() })) });
const release = schema.parse(parse(readFileSync(path, 'utf8')));
const key = createPrivateKey(readFileSync(values.key));
const signature = sign(null, Buffer.from(releaseWords(release)), key).toString('base64');
writeFileSync(path, stringify({ ...release, signature }));
const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
process.stdout.write(`Signed ${release.version}. The public key: ${Buffer.from(x, 'base64url').toString('base64')}\n`);
