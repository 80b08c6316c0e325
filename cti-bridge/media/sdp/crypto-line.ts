import { masterKeyLength, masterSaltLength, type SrtpMaster, type SrtpProfile, srtpProfiles } from '../srtp/session-keys.ts';

/** One `a=crypto` line (RFC 4568 section 9.1): a key that its sender protects its packets with, if the line is chosen. */
export interface CryptoLine {
  readonly tag: number;
  readonly master: SrtpMaster;
}

/** Keys of both directions, agreed on in SDP. Two descriptions that agree on the same keys have the same object. */
export interface SrtpAgreement {
  /** Of the line that was chosen, the same in offer and answer. */
  readonly tag: number;
  readonly ours: SrtpMaster;
  readonly theirs: SrtpMaster;
}

/** RFC 4568 section 6.1: packets the key is good for, at most 2^48. Who sends with it counts them and comes with a new key in time. */
const lifetime = /^(?:2\^(?:[1-9]|[1-3]\d|4[0-8])|[1-9]\d{0,14})$/;

/**
 * The value of a line, or null for one that must not be chosen: malformed, of a suite we do not speak, with a key of another length, with
 * several keys or a master key identifier (each packet would carry it), or with a parameter that changes the protection. Optional
 * extensions (a leading dash) and hints for the replay window may be ignored (sections 6.3.6 and 6.3.7).
 */
export function readCryptoLine(value: string): CryptoLine | null {
  const [tag, suite, key, ...parameters] = value.trim().split(/ +/);
  const profile = srtpProfiles.find((known) => known === suite);
  if (!/^\d{1,9}$/.test(tag ?? '') || !profile || !key || !parameters.every(isHarmless)) return null;
  const [, encoded = '', , packets] = /^inline:([A-Za-z0-9+/]+={0,2})(\|([^|:;]+))?$/i.exec(key) ?? [];
  if (packets !== undefined && !lifetime.test(packets)) return null;
  const bytes = Buffer.from(encoded, 'base64');
  const keyLength = masterKeyLength[profile];
  if (bytes.length !== keyLength + masterSaltLength[profile]) return null;
  return { tag: Number(tag), master: { profile, key: bytes.subarray(0, keyLength), salt: bytes.subarray(keyLength) } };
}

function isHarmless(parameter: string): boolean {
  return parameter.startsWith('-') || /^KDR=0$/i.test(parameter) || /^WSH=\d{2,}$/i.test(parameter);
}

export function writeCryptoLine({ tag, master }: CryptoLine): string {
  return `a=crypto:${tag} ${master.profile} inline:${Buffer.concat([master.key, master.salt]).toString('base64')}`;
}

export function isSameKey(one: SrtpMaster, other: SrtpMaster): boolean {
  return one.profile === other.profile && one.key.equals(other.key) && one.salt.equals(other.salt);
}

export function isSameAgreement(one: SrtpAgreement, other: SrtpAgreement): boolean {
  return one.tag === other.tag && isSameKey(one.ours, other.ours) && isSameKey(one.theirs, other.theirs);
}

/** `random` gives that many bytes. */
export function newMaster(profile: SrtpProfile, random: (length: number) => Buffer): SrtpMaster {
  return { profile, key: random(masterKeyLength[profile]), salt: random(masterSaltLength[profile]) };
}

/** What we offer: what every device speaks first; the short tag for those that know no other. Each line has a key of its own. */
export function cryptoOffer(random: (length: number) => Buffer): readonly CryptoLine[] {
  const profiles = ['AES_CM_128_HMAC_SHA1_80', 'AES_256_CM_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'] as const;
  return profiles.map((profile, index) => ({ tag: index + 1, master: newMaster(profile, random) }));
}
