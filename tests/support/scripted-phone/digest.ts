import { createHash, randomBytes } from 'node:crypto';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const hashOf: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256' };

/** Answers a Digest challenge (RFC 3261 §22, RFC 7616, RFC 8760) with MD5 or SHA-256. Null when it is of another kind. */
export function answerChallenge(challenge: string, method: string, uri: string, { username, password }: Credentials): string | null {
  const value = (name: string): string | undefined =>
    new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|([^\\s,]+))`, 'i')
      .exec(challenge)
      ?.slice(1)
      .find((found) => found !== undefined);
  const realm = value('realm');
  const nonce = value('nonce');
  const algorithm = (value('algorithm') ?? 'MD5').toUpperCase();
  const name = hashOf[algorithm];
  if (!/^\s*digest\b/i.test(challenge) || realm === undefined || nonce === undefined || name === undefined) return null;
  const hash = (text: string): string => createHash(name).update(text).digest('hex');
  const ha1 = hash(`${username}:${realm}:${password}`);
  const ha2 = hash(`${method}:${uri}`);
  const hasAuthQop = (value('qop') ?? '').split(',').some((qop) => qop.trim() === 'auth');
  const cnonce = randomBytes(8).toString('hex');
  const response = hasAuthQop ? hash(`${ha1}:${nonce}:00000001:${cnonce}:auth:${ha2}`) : hash(`${ha1}:${nonce}:${ha2}`);
  const opaque = value('opaque');
  return [
    `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=${algorithm}`,
    ...(hasAuthQop ? [`qop=auth, nc=00000001, cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
  ].join(', ');
}
