/** Why a mail server cannot be used now. */
export interface LineTrouble {
  /** In plain words, for the administrator; never a secret. */
  readonly why: string;
  /** Our name or password is not accepted: asking often may lock the account. */
  readonly isLogin: boolean;
}

export interface ServerName {
  readonly host: string;
  readonly port: number;
  readonly username: string | null;
}

/** What Node and OpenSSL call it, and what it means. `{place}` is host and port. */
const meanings: Readonly<Record<string, string>> = {
  ENOTFOUND: 'There is no host of the name {host}.',
  EAI_AGAIN: 'The name {host} cannot be looked up at the moment.',
  EDNS: 'The name {host} cannot be looked up.',
  ECONNREFUSED: 'Nothing listens on {place}.',
  EHOSTUNREACH: '{host} cannot be reached.',
  ENETUNREACH: '{host} cannot be reached.',
  ECONNRESET: '{place} broke the connection.',
  EPIPE: '{place} broke the connection.',
  ETIMEDOUT: '{place} does not answer in time.',
  ETIMEOUT: '{place} does not answer in time.',
  time_limit: '{place} does not answer in time.',
  CONNECT_TIMEOUT: '{place} does not answer in time.',
  GREETING_TIMEOUT: '{place} takes the connection and says nothing.',
  UPGRADE_TIMEOUT: '{place} does not finish securing the connection in time.',
  EConnectionClosed: '{place} closed the connection.',
  NoConnection: '{place} closed the connection.',
  ECONNECTION: '{place} closed the connection.',
  CERT_HAS_EXPIRED: 'The certificate of {place} has expired.',
  CERT_NOT_YET_VALID: 'The certificate of {place} is not valid yet.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of {place} is signed by nobody we know.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate of {place} is signed by nobody we know.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate of {place} is signed by nobody we know.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'The certificate of {place} is signed by nobody we know.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of {place} is for another name.',
  ERR_SSL_WRONG_VERSION_NUMBER: '{place} does not speak TLS there.',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: '{place} does not speak TLS there.',
  EPROTO: '{place} does not agree on TLS with us.',
};

/** What mail libraries add to an error; all of it may be missing. */
export interface MailError {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly cause?: unknown;
  readonly message?: unknown;
  /** The server's own line. */
  readonly response?: unknown;
  readonly responseText?: unknown;
  readonly authenticationFailed?: unknown;
}

export function troubleOf(error: unknown, server: ServerName): LineTrouble {
  const found = (typeof error === 'object' && error !== null ? error : {}) as MailError;
  const place = `${server.host}:${server.port}`;
  const fill = (text: string) => text.replace('{place}', place).replace('{host}', server.host);
  const said = serverWords(found.responseText) ?? serverWords(found.response);
  if (found.code === 'EAUTH' || found.authenticationFailed === true) {
    const answer = said === null ? '' : ` It says: ${said}`;
    return { why: `${place} does not accept the name ${server.username ?? '(none)'} with its password.${answer}`, isLogin: true };
  }
  // The first that we know: what the library calls it says less than what the system calls it.
  const cause = (found.cause ?? {}) as MailError;
  for (const code of [found.originalCode, cause.code, namedIn(found.message), found.code]) {
    const meaning = typeof code === 'string' ? meanings[code] : undefined;
    if (meaning !== undefined) return { why: fill(meaning), isLogin: false };
  }
  if (said !== null) return { why: `${place} says: ${said}`, isLogin: false };
  if (found.code === 'ETLS') return { why: `${place} does not secure the connection, and it must.`, isLogin: false };
  return { why: `${place} cannot be used (${oneLine(String(found.code ?? found.message ?? error))}).`, isLogin: false };
}

/** Libraries put what OpenSSL said into the text of their own error. */
function namedIn(message: unknown): string | undefined {
  const text = String(message ?? '');
  if (/certificate has expired/i.test(text)) return 'CERT_HAS_EXPIRED';
  if (/self-signed certificate|self signed certificate/i.test(text)) return 'DEPTH_ZERO_SELF_SIGNED_CERT';
  if (/does not match certificate's altnames/i.test(text)) return 'ERR_TLS_CERT_ALTNAME_INVALID';
  if (/wrong version number|packet length too long/i.test(text)) return 'ERR_SSL_WRONG_VERSION_NUMBER';
  return undefined;
}

/** A line of the server as it may be shown: of one line, short, without what terminals and screens would act on. */
export function serverWords(said: unknown): string | null {
  if (typeof said !== 'string' || said.trim() === '') return null;
  return oneLine(said);
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
