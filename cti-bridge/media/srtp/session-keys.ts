import { createCipheriv } from 'node:crypto';

/** The protection profiles we speak, by their names in SDP (RFC 4568 section 6.2, RFC 6188 section 4.1, RFC 7714 section 14). */
export const srtpProfiles = ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32', 'AES_256_CM_HMAC_SHA1_80', 'AEAD_AES_128_GCM'] as const;
export type SrtpProfile = (typeof srtpProfiles)[number];

/** One direction's master key and salt, as DTLS or SDP hands them over. */
export interface SrtpMaster {
  readonly profile: SrtpProfile;
  readonly key: Buffer;
  readonly salt: Buffer;
}

export const masterKeyLength: Readonly<Record<SrtpProfile, 16 | 32>> = {
  AES_CM_128_HMAC_SHA1_80: 16,
  AES_CM_128_HMAC_SHA1_32: 16,
  AES_256_CM_HMAC_SHA1_80: 32,
  AEAD_AES_128_GCM: 16,
};
export const masterSaltLength: Readonly<Record<SrtpProfile, number>> = {
  AES_CM_128_HMAC_SHA1_80: 14,
  AES_CM_128_HMAC_SHA1_32: 14,
  AES_256_CM_HMAC_SHA1_80: 14,
  AEAD_AES_128_GCM: 12,
};

/** What the packets of one direction are protected with; never changes, because the key derivation rate is 0. */
export interface SrtpSessionKeys {
  readonly encryption: Buffer;
  readonly authentication: Buffer;
  readonly salt: Buffer;
}

/**
 * RFC 3711 section 4.3.1; RFC 7714 section 11 uses the same function with its shorter salt filled up with zeros, RFC 6188 section 3 with the
 * longer key.
 */
export function deriveSessionKeys(master: SrtpMaster, stream: 'rtp' | 'rtcp'): SrtpSessionKeys {
  const first = stream === 'rtp' ? 0 : 3;
  const saltLength = masterSaltLength[master.profile];
  return {
    encryption: derive(master, first, masterKeyLength[master.profile]),
    authentication: derive(master, first + 1, 20),
    salt: derive(master, first + 2, saltLength),
  };
}

function derive(master: SrtpMaster, label: number, length: number): Buffer {
  const start = Buffer.alloc(16);
  master.salt.copy(start);
  start.writeUInt8(start.readUInt8(7) ^ label, 7);
  // Counter mode over zeros is the key stream itself.
  return createCipheriv(master.key.length === 32 ? 'aes-256-ctr' : 'aes-128-ctr', master.key, start).update(Buffer.alloc(length));
}
