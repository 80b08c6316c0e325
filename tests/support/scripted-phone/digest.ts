import { createHash, randomBytes } from 'node:crypto';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** Answers a Digest challenge with MD5 (RFC 3261 §22, RFC 2617), the only kind JsSIP understands. Null when it is of another kind. */
export function answerChallenge(challenge: string, method: string, uri: string, { username, password }: Credentials): string | null {
  const value = (name: string): string | undefined =>
    new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|([^\\s,]+))`, 'i')
      .exec(challenge)
      ?.slice(1)
      .find((found) => found !== undefined);
  const realm = value('realm');
  const nonce = value('nonce');
  if (
    !/^\s*digest\b/i.test(challenge) ||
    realm === undefined ||
    nonce === undefined ||
    (value('algorithm') ?? 'MD5').toUpperCase() !== 'MD5'
  )
    return null;
  const ha1 = md5(`${username}:${realm}:${password}`);
  const ha2 = md5(`${method}:${uri}`);
  const hasAuthQop = (value('qop') ?? '').split(',').some((qop) => qop.trim() === 'auth');
  const cnonce = randomBytes(8).toString('hex');
  const response = hasAuthQop ? md5(`${ha1}:${nonce}:00000001:${cnonce}:auth:${ha2}`) : md5(`${ha1}:${nonce}:${ha2}`);
  const opaque = value('opaque');
  return [
    `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5`,
    ...(hasAuthQop ? [`qop=auth, nc=00000001, cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
  ].join(', ');
}
