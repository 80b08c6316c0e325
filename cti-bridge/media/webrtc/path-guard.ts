import { createHmac, timingSafeEqual } from 'node:crypto';

const headerLength = 20;
const cookie = 0x2112a442;
const classBits = 0x0110;
const attributes = { username: 0x0006, messageIntegrity: 0x0008 } as const;
const integrityLength = 20;

/**
 * Who may send to the socket of a WebRTC leg. werift takes any check of the path for the browser's, and the one that nominates decides where
 * the sound goes; so a check must be made with our password (RFC 8445 section 7.3, RFC 8489 section 9.1.3), and everything else, DTLS
 * above all, must come from where such a check came from. The rest is a stranger's: a browser that still sends to a bridge of before, or
 * somebody who guesses ports.
 */
export class PathGuard {
  /** Datagrams of strangers. */
  refused = 0;
  readonly #passwords: Readonly<Record<string, string>>;
  readonly #known = new Set<string>();

  /** Our passwords by their user name fragments, as they are at the time: an ICE restart adds a pair. */
  constructor(passwords: Readonly<Record<string, string>>) {
    this.#passwords = passwords;
  }

  admits(bytes: Buffer, [host, port]: readonly [string, number]): boolean {
    const from = `${host}:${port}`;
    const isAdmitted = isRequest(bytes) ? isMadeWith(bytes, this.#passwords) : this.#known.has(from);
    if (!isAdmitted) this.refused++;
    else if (isRequest(bytes)) this.#known.add(from);
    return isAdmitted;
  }
}

/** RFC 7983: first bytes 0 to 3 are STUN, which says so again by its cookie. */
function isRequest(bytes: Buffer): boolean {
  return (
    bytes.length >= headerLength && bytes.readUInt8(0) <= 3 && (bytes.readUInt16BE(0) & classBits) === 0 && bytes.readUInt32BE(4) === cookie
  );
}

function isMadeWith(bytes: Buffer, passwords: Readonly<Record<string, string>>): boolean {
  let password: string | undefined;
  for (let at = headerLength; at + 4 <= bytes.length; ) {
    const [type, length] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)];
    const value = bytes.subarray(at + 4, at + 4 + length);
    if (value.length < length) return false;
    // Ours stands before the colon: the far side writes the reader's fragment first.
    if (type === attributes.username) {
      const fragment = value.toString('utf8').split(':')[0] ?? '';
      password = Object.hasOwn(passwords, fragment) ? passwords[fragment] : undefined;
    }
    if (type === attributes.messageIntegrity)
      return password !== undefined && length === integrityLength && timingSafeEqual(value, integrity(bytes.subarray(0, at), password));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return false;
}

/** RFC 8489 section 14.5: over what stands before the attribute, with a length as if the message ended after it. */
function integrity(before: Buffer, password: string): Buffer {
  const covered = Buffer.from(before);
  covered.writeUInt16BE(before.length - headerLength + 4 + integrityLength, 2);
  return createHmac('sha1', password).update(covered).digest();
}
