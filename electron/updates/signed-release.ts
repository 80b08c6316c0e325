import { createPublicKey, verify } from 'node:crypto';

/** A version as its source describes it. */
export interface Release {
  readonly version: string;
  /** Each with the SHA-512 that what is fetched is held against, base64. */
  readonly files: readonly { readonly url: string; readonly sha512: string }[];
  /** Ed25519 over `releaseWords`, base64; null where the source has none. */
  readonly signature: string | null;
}

/** What is signed: the version and what each file must be, so that none of them can be exchanged alone. */
export function releaseWords({ version, files }: Omit<Release, 'signature'>): string {
  const lines = files.map(({ url, sha512 }) => `${url} ${sha512}`).sort();
  return ['crosspoint release', version, ...lines, ''].join('\n');
}

/** `key` is the raw public key, base64. Anything that is not as it should be is not signed. */
export function isSigned(release: Release, key: string): boolean {
  if (release.signature === null || release.files.length === 0) return false;
  // What stands in a line of its own must not hold one.
  if ([release.version, ...release.files.flatMap(({ url, sha512 }) => [url, sha512])].some((word) => !/^[^\s]+$/.test(word))) return false;
  try {
    const publicKey = createPublicKey({
      format: 'jwk',
      key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key, 'base64').toString('base64url') },
    });
    return verify(null, Buffer.from(releaseWords(release)), publicKey, Buffer.from(release.signature, 'base64'));
  } catch {
    return false; // no such key
  }
}
