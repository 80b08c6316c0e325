import { readFileSync } from 'node:fs';

/** A status, `call` where the message is a call as any other, or `silence` where nothing may be sent back. */
export type Outcome = number | 'call' | 'silence';

/** One message of RFC 4475, "SIP Torture Test Messages", and what must become of it here. */
export interface TortureMessage {
  /** The RFC's name for it; `NAME.sip` beside this file has its bytes. */
  readonly name: string;
  readonly section: string;
  readonly about: string;
  readonly outcome: Outcome;
  /** What decides the outcome. Where RFC 4475 leaves a choice, this is the rule we took. */
  readonly clause: string;
  /** Whether the parser takes it. What it does not take is refused before anything is kept. */
  readonly isReadable: boolean;
}

const message = (section: string, name: string, about: string, outcome: Outcome, clause: string, isReadable = true): TortureMessage => ({
  name,
  section,
  about,
  outcome,
  clause,
  isReadable,
});

/** Not readable: the parser refuses it. */
const broken = (section: string, name: string, about: string, outcome: Outcome, clause: string): TortureMessage =>
  message(section, name, about, outcome, clause, false);

export const tortureMessages: readonly TortureMessage[] = [
  message('3.1.1.1', 'wsinv', 'a short tortuous INVITE; its To tag names a dialog nobody has', 481, 'RFC 3261 §12.2.2'),
  message('3.1.1.2', 'intmeth', 'a wide range of valid characters, and a method nobody has', 501, 'RFC 3261 §8.2.1, §21.5.2'),
  message('3.1.1.3', 'esc01', 'escapes in URIs', 'call', 'RFC 3261 §19.1.2'),
  message('3.1.1.4', 'escnull', 'escaped nulls in URIs; who registers must prove who it is', 401, 'RFC 3261 §19.1.4, §22'),
  message('3.1.1.5', 'esc02', 'percent signs that are no escapes', 501, 'RFC 3261 §25.1 (token), §21.5.2'),
  message('3.1.1.6', 'lwsdisp', 'no space between display name and <', 200, 'RFC 3261 §25.1 (name-addr)'),
  message('3.1.1.7', 'longreq', 'long values, and 34 hops', 'call', 'RFC 3261 §7.3.1'),
  message('3.1.1.8', 'dblreq', 'another request behind the first, which is not looked at', 401, 'RFC 3261 §18.3'),
  message('3.1.1.9', 'semiuri', 'semicolons in the user part', 200, 'RFC 3261 §25.1 (user-unreserved)'),
  message('3.1.1.10', 'transports', 'varied and unknown transports in Via', 200, 'RFC 3261 §25.1 (other-transport)'),
  message('3.1.1.11', 'mpart01', 'a multipart MESSAGE with binary parts', 405, 'RFC 3261 §8.2.1, §21.4.6'),
  message('3.1.1.12', 'unreason', 'an unusual reason phrase', 'silence', 'RFC 3261 §7.2'),
  message('3.1.1.13', 'noreason', 'an empty reason phrase', 'silence', 'RFC 3261 §25.1 (Reason-Phrase)'),
  broken('3.1.2.1', 'badinv01', 'separators that separate nothing', 400, 'RFC 3261 §25.1 (via-parm), §21.4.1'),
  broken('3.1.2.2', 'clerr', 'a Content-Length beyond the end', 400, 'RFC 3261 §18.3'),
  broken('3.1.2.3', 'ncl', 'a negative Content-Length', 400, 'RFC 3261 §20.14'),
  broken('3.1.2.4', 'scalar02', 'numbers in a request that overflow', 400, 'RFC 3261 §8.1.1.5, §20.22'),
  broken('3.1.2.5', 'scalarlg', 'numbers in a response that overflow', 'silence', 'RFC 3261 §18.1.2'),
  broken('3.1.2.6', 'quotbal', 'a quoted string that never closes', 400, 'RFC 3261 §25.1 (quoted-string)'),
  broken('3.1.2.7', 'ltgtruri', '<> around the Request-URI', 400, 'RFC 3261 §7.1'),
  broken('3.1.2.8', 'lwsruri', 'white space inside the Request-URI', 400, 'RFC 3261 §7.1'),
  broken('3.1.2.9', 'lwsstart', 'several spaces in the start line', 400, 'RFC 3261 §7.1'),
  broken('3.1.2.10', 'trws', 'spaces at the end of the start line', 400, 'RFC 3261 §7.1'),
  broken('3.1.2.11', 'escruri', 'headers in the Request-URI', 400, 'RFC 3261 §19.1.1'),
  message('3.1.2.12', 'baddate', 'a Date that is not in GMT, which nobody here needs', 'call', 'RFC 3261 §8.2.2'),
  message('3.1.2.13', 'regbadct', 'a Contact that needs <>; told after the password', 401, 'RFC 3261 §20.10, §22'),
  broken('3.1.2.14', 'badaspec', 'spaces within an addr-spec', 400, 'RFC 3261 §25.1 (addr-spec)'),
  broken('3.1.2.15', 'baddn', 'a display name that needs quotes', 400, 'RFC 3261 §25.1 (display-name)'),
  broken('3.1.2.16', 'badvers', 'an unknown version', 505, 'RFC 3261 §7.1, §21.5.6'),
  broken('3.1.2.17', 'mismatch01', 'start line and CSeq name different methods', 400, 'RFC 3261 §8.1.1.5'),
  broken('3.1.2.18', 'mismatch02', 'the same with an unknown method', 400, 'RFC 3261 §8.1.1.5'),
  broken('3.1.2.19', 'bigcode', 'a status code that overflows', 'silence', 'RFC 3261 §7.2, §18.1.2'),
  message('3.2.1', 'badbranch', 'the cookie alone, which identifies nothing', 200, 'RFC 3261 §17.2.3'),
  broken('3.3.1', 'insuf', 'required headers missing', 400, 'RFC 3261 §8.1.1'),
  message('3.3.2', 'unkscm', 'a Request-URI of an unknown scheme', 416, 'RFC 3261 §8.2.2.1'),
  message('3.3.3', 'novelsc', 'a Request-URI of a known scheme that is not ours', 416, 'RFC 3261 §8.2.2.1'),
  message('3.3.4', 'unksm2', 'unknown schemes in other headers', 401, 'RFC 3261 §10.3, §22'),
  message('3.3.5', 'bext01', 'unknown extensions required', 420, 'RFC 3261 §8.2.2.3'),
  message('3.3.6', 'invut', 'a body of unknown type', 415, 'RFC 3261 §8.2.3'),
  message('3.3.7', 'regaut01', 'an unknown authorization scheme', 401, 'RFC 3261 §22.4'),
  broken('3.3.8', 'multi01', 'single headers more than once', 400, 'RFC 3261 §7.3.1'),
  broken('3.3.9', 'mcl01', 'two Content-Lengths', 400, 'RFC 3261 §7.3.1, §20.14'),
  message('3.3.10', 'bcast', 'a response whose Via names the broadcast address', 'silence', 'RFC 3261 §18.1.2'),
  message('3.3.11', 'zeromf', 'Max-Forwards of zero at the end of the way', 200, 'RFC 3261 §11.1, §20.22'),
  message('3.3.12', 'cparam01', 'unknown parameters of a Contact', 401, 'RFC 3261 §20.10, §22'),
  message('3.3.13', 'cparam02', 'unknown parameters of a Contact URI', 401, 'RFC 3261 §19.1.1, §22'),
  message('3.3.14', 'regescrt', 'escaped headers in a Contact URI', 401, 'RFC 3261 §19.1.1, §22'),
  message('3.3.15', 'sdp01', 'a caller that does not take SDP', 406, 'RFC 3261 §8.2.3, §20.1'),
  message('3.4.1', 'inv2543', 'an INVITE of the old standard, without tag and branch', 'call', 'RFC 3261 §8.2.6.2, §17.2.3'),
];

export const bytesOf = (name: string): Buffer => readFileSync(new URL(`${name}.sip`, import.meta.url));
