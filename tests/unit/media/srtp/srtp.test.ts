import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RtpHeader, SrtcpSession, SrtpSession } from 'werift';
import { type RtpPacket, writeRtp } from '../../../../cti-bridge/media/rtp/rtp-packet.ts';
import { HmacSha1 } from '../../../../cti-bridge/media/srtp/hmac-sha1.ts';
import { createPacketCipher } from '../../../../cti-bridge/media/srtp/packet-cipher.ts';
import {
  deriveSessionKeys,
  masterKeyLength,
  masterSaltLength,
  type SrtpMaster,
  type SrtpProfile,
  srtpProfiles,
} from '../../../../cti-bridge/media/srtp/session-keys.ts';
import { Srtcp } from '../../../../cti-bridge/media/srtp/srtcp.ts';
import { SrtpReceiver, SrtpSender } from '../../../../cti-bridge/media/srtp/srtp-stream.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
/** Those that the other implementation knows too. */
const shared: readonly SrtpProfile[] = ['AES_CM_128_HMAC_SHA1_80', 'AEAD_AES_128_GCM'];
const masterOf = (profile: SrtpProfile): SrtpMaster => ({
  profile,
  key: randomBytes(masterKeyLength[profile]),
  salt: randomBytes(masterSaltLength[profile]),
});
const packetOf = (sequence: number, change: Partial<RtpPacket> = {}): Buffer =>
  writeRtp({
    payloadType: 8,
    marker: false,
    sequence,
    timestamp: sequence * 160,
    ssrc: 7,
    payload: Buffer.alloc(160, sequence),
    ...change,
  });

function protectedBy(sender: SrtpSender, packet: Buffer): Buffer {
  const bytes = Buffer.concat([packet, Buffer.alloc(sender.tagLength)]);
  sender.protect(bytes, packet.length);
  return bytes;
}

function opened(receiver: SrtpReceiver, bytes: Buffer): Buffer | null {
  const copy = Buffer.from(bytes);
  const length = receiver.open(copy);
  return length < 0 ? null : copy.subarray(0, length);
}

describe('the published vectors', () => {
  const master: SrtpMaster = {
    profile: 'AES_CM_128_HMAC_SHA1_80',
    key: hex('E1F97A0D3E018BE0D64FA32C06DE4139'),
    salt: hex('0EC675AD498AFEEBB6960B3AABE6'),
  };

  it('of RFC 3711 appendix B.3 give the session keys', () => {
    expect(deriveSessionKeys(master, 'rtp')).toEqual({
      encryption: hex('C61E7A93744F39EE10734AFE3FF7A087'),
      salt: hex('30CBBC08863D8C85D49DB34A9AE1'),
      authentication: hex('CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4'),
    });
  });

  it('of RFC 3711 appendix B.2 give the key stream', () => {
    const cipher = createPacketCipher('AES_CM_128_HMAC_SHA1_80', {
      encryption: hex('2B7E151628AED2A6ABF7158809CF4F3C'),
      authentication: Buffer.alloc(20),
      salt: hex('F0F1F2F3F4F5F6F7F8F9FAFBFCFD'),
    });
    const bytes = Buffer.alloc(12 + 48 + 10);
    cipher.protect(bytes, 60, 12, 0);
    expect(bytes.subarray(12, 60)).toEqual(
      hex('E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0'),
    );
  });

  it('of RFC 6188 section 7.2 and 7.1 give the session keys and the key stream of the longer key', () => {
    const longer: SrtpMaster = {
      profile: 'AES_256_CM_HMAC_SHA1_80',
      key: hex('f0f04914b513f276 3a1b1fa130f10e29 98f6f6e43e4309d1 e622a0e332b9f1b6'),
      salt: hex('3b04803de51ee7c96423ab5b78d2'),
    };
    expect(deriveSessionKeys(longer, 'rtp')).toEqual({
      encryption: hex('5ba1064e30ec5161 3cad926c5a28ef73 1ec7fb397f70a960 653caf06554cd8c4'),
      salt: hex('fa31791685ca444a9e07c6c64e93'),
      authentication: hex('fd9c32d39ed5fbb5a9dc96b30818454d1313dc05'),
    });
    const cipher = createPacketCipher('AES_256_CM_HMAC_SHA1_80', {
      encryption: hex('57f82fe3613fd170 a85ec93c40b1f092 2ec4cb0dc025b582 72147cc438944a98'),
      authentication: Buffer.alloc(20),
      salt: hex('f0f1f2f3f4f5f6f7f8f9fafbfcfd'),
    });
    const bytes = Buffer.alloc(12 + 48 + 10);
    cipher.protect(bytes, 60, 12, 0);
    expect(bytes.subarray(12, 60)).toEqual(
      hex('92bdd28a93c3f52511c677d08b5515a4 9da71b2378a854f67050756ded165bac 63c4868b7096d88421b563b8c94c9a31'),
    );
  });

  it('of RFC 7714 section 16.1 give the packet', () => {
    const cipher = createPacketCipher('AEAD_AES_128_GCM', {
      encryption: hex('000102030405060708090a0b0c0d0e0f'),
      authentication: Buffer.alloc(0),
      salt: hex('51756964 2070726f 2071756f'),
    });
    const plain = hex('8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976 69736120 696e2070 61727465 73207472 6573');
    const secret = hex(
      `8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b 36de3adf 8833
       899d7f27 beb16a91 52cf765e e4390cce`,
    );
    const bytes = Buffer.concat([plain, Buffer.alloc(16)]);
    cipher.protect(bytes, plain.length, 12, 0);
    expect(bytes).toEqual(secret);
    expect(cipher.open(bytes, plain.length, 12, 0)).toBe(true);
    expect(bytes.subarray(0, plain.length)).toEqual(plain);
  });
});

describe('the arithmetic', () => {
  it('of HMAC-SHA1 is that of the system, for every length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 64 }), fc.nat(0xffffffff), (bytes, key, trailer) => {
        const end = Buffer.alloc(4);
        end.writeUInt32BE(trailer);
        const right = createHmac('sha1', key).update(bytes).update(end).digest();
        expect(new HmacSha1(key).digest(bytes, bytes.length, trailer).equals(right)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('of AES-GCM is that of the system, for every length', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 90 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.uint8Array({ minLength: 12, maxLength: 12 }),
        fc.nat(0xffffffff),
        (payload, key, salt, rollOver) => {
          const packet = packetOf(0xfffe, { payload, ssrc: 0xdeadbeef });
          const start = Buffer.alloc(12);
          start.writeUInt32BE(0xdeadbeef, 2);
          start.writeUInt32BE(rollOver, 6);
          start.writeUInt16BE(0xfffe, 10);
          for (let i = 0; i < 12; i++) start[i] = (start[i] ?? 0) ^ (salt[i] ?? 0);
          const node = createCipheriv('aes-128-gcm', key, start);
          node.setAAD(packet.subarray(0, 12));
          const right = Buffer.concat([packet.subarray(0, 12), node.update(payload), node.final(), node.getAuthTag()]);
          const keys = { encryption: Buffer.from(key), authentication: Buffer.alloc(0), salt: Buffer.from(salt) };
          const bytes = Buffer.concat([packet, Buffer.alloc(16)]);
          createPacketCipher('AEAD_AES_128_GCM', keys).protect(bytes, packet.length, 12, rollOver);
          expect(bytes.equals(right)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('cuts the tag of a packet to four bytes where that was agreed, and no other', () => {
  const [long, short] = (['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'] as const).map((profile) =>
    protectedBy(new SrtpSender({ ...masterOf(profile), key: Buffer.alloc(16, 1), salt: Buffer.alloc(14, 2) }), packetOf(9)),
  );
  expect(short).toEqual(long?.subarray(0, -6));
  const report = hex('81c80001 00000007');
  const master = masterOf('AES_CM_128_HMAC_SHA1_32');
  expect(new Srtcp(master).protect(report)).toHaveLength(report.length + 14);
});

describe.each(shared)('another implementation of %s', (profile) => {
  it('understands and is understood by another implementation, across the roll-over of the counter', () => {
    const [ours, theirs] = [masterOf(profile), masterOf(profile)];
    const other = new SrtpSession({
      profile: profile === 'AEAD_AES_128_GCM' ? 7 : 1,
      keys: { localMasterKey: theirs.key, localMasterSalt: theirs.salt, remoteMasterKey: ours.key, remoteMasterSalt: ours.salt },
    });
    const sender = new SrtpSender(ours);
    const receiver = new SrtpReceiver(theirs);
    for (let n = 65_530; n < 65_545; n++) {
      const packet = packetOf(n & 0xffff);
      expect(other.decrypt(protectedBy(sender, packet))).toEqual(packet);
      const header = new RtpHeader({ payloadType: 8, marker: false, sequenceNumber: n & 0xffff, timestamp: 5, ssrc: 9 });
      expect(opened(receiver, other.encrypt(Buffer.alloc(160, n), header))?.subarray(12)).toEqual(Buffer.alloc(160, n));
    }
    expect(receiver.refused).toBe(0);
  });

  it('carries reports that another implementation reads, and takes none twice', () => {
    const [ours, theirs] = [masterOf(profile), masterOf(profile)];
    const other = new SrtcpSession({
      profile: profile === 'AEAD_AES_128_GCM' ? 7 : 1,
      keys: { localMasterKey: theirs.key, localMasterSalt: theirs.salt, remoteMasterKey: ours.key, remoteMasterSalt: ours.salt },
    });
    const report = Buffer.concat([hex('81c80001 00000007'), randomBytes(48)]);
    const [sender, receiver] = [new Srtcp(ours), new Srtcp(theirs)];
    for (let i = 0; i < 3; i++) {
      expect(other.decrypt(sender.protect(report))).toEqual(report);
      const theirReport = other.encrypt(report);
      expect(receiver.open(theirReport)).toEqual(report);
      expect(receiver.open(theirReport)).toBeNull();
    }
    const changed = sender.protect(report);
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(new Srtcp(ours).open(changed)).toBeNull();
  });
});

describe.each(srtpProfiles)('%s', (profile) => {
  it('opens packets late and out of order around the roll-over, each once', () => {
    const master = masterOf(profile);
    const sender = new SrtpSender(master);
    const receiver = new SrtpReceiver(master);
    const sent = Array.from({ length: 40 }, (_, i) => protectedBy(sender, packetOf((65_516 + i) & 0xffff)));
    const order = sent.map((_, i) => (i < 2 ? i : i % 2 === 0 ? i + 1 : i - 1)).filter((i) => i < sent.length);
    for (const i of order) expect(opened(receiver, sent[i] ?? Buffer.alloc(0))).not.toBeNull();
    for (const bytes of sent) expect(opened(receiver, bytes)).toBeNull();
    expect(receiver.refused).toBe(sent.length);
  });

  it('opens the first packet that comes after a gap of thousands', () => {
    const master = masterOf(profile);
    const sender = new SrtpSender(master);
    const receiver = new SrtpReceiver(master);
    for (let n = 0; n < 200_000; n += 20_000) {
      const bytes = protectedBy(sender, packetOf(n & 0xffff));
      expect(opened(receiver, bytes)).toEqual(packetOf(n & 0xffff));
    }
  });

  it('leaves what was changed, cut or made with another key as it is, and counts it', () => {
    const master = masterOf(profile);
    const receiver = new SrtpReceiver(master);
    const sender = new SrtpSender(master);
    const good = protectedBy(sender, packetOf(100));
    expect(opened(receiver, protectedBy(new SrtpSender(masterOf(profile)), packetOf(100)))).toBeNull();
    for (let i = 0; i < good.length; i++) {
      const bad = Buffer.from(good);
      bad[i] = (bad[i] ?? 0) ^ 1;
      const before = Buffer.from(bad);
      expect(receiver.open(bad)).toBe(-1);
      expect(bad).toEqual(before);
    }
    expect(opened(receiver, good)).toEqual(packetOf(100));
  });

  it('bears any bytes', () => {
    const receiver = new SrtpReceiver(masterOf(profile));
    const reports = new Srtcp(masterOf(profile));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        expect(receiver.open(Buffer.from(bytes))).toBe(-1);
        expect(reports.open(Buffer.from(bytes))).toBeNull();
      }),
    );
    expect(receiver.open(Buffer.alloc(60_000, 0x80))).toBe(-1);
  });

  it('finds how far a source has counted that is met in the middle of a call, within hours and as long as nothing opened', () => {
    const master = masterOf(profile);
    const sender = new SrtpSender(master);
    for (let n = 0; n < 3 * 65_536; n += 30_000) protectedBy(sender, packetOf(n & 0xffff));
    const [late, later] = [196_700, 196_701].map((n) => protectedBy(sender, packetOf(n & 0xffff)));
    const receiver = new SrtpReceiver(master);
    expect(opened(receiver, late ?? Buffer.alloc(0))).toEqual(packetOf(196_700 & 0xffff));
    expect(opened(receiver, later ?? Buffer.alloc(0))).toEqual(packetOf(196_701 & 0xffff));
    const settled = new SrtpReceiver(master);
    opened(settled, protectedBy(new SrtpSender(master), packetOf(1, { ssrc: 99 })));
    expect(opened(settled, late ?? Buffer.alloc(0))).toBeNull();
  });

  it('goes on with a source under a new key, whether its counter is set back or not', () => {
    const [first, second] = [masterOf(profile), masterOf(profile)];
    const before = new SrtpReceiver(first);
    const sender = new SrtpSender(first);
    for (const n of [65_000, 65_535, 3]) opened(before, protectedBy(sender, packetOf(n)));
    const goesOn = new SrtpSender(second);
    for (const n of [65_000, 65_535]) protectedBy(goesOn, packetOf(n));
    expect(opened(new SrtpReceiver(second, undefined, before), protectedBy(goesOn, packetOf(4)))).toEqual(packetOf(4));
    expect(opened(new SrtpReceiver(second, undefined, before), protectedBy(new SrtpSender(second), packetOf(4)))).toEqual(packetOf(4));
  });
});

describe('streams made ahead', () => {
  it.each(srtpProfiles)(
    'are those of the packets they are used for, in whatever order and of whatever length these come: %s',
    (profile) => {
      const keys = deriveSessionKeys(masterOf(profile), 'rtp');
      const lasting = createPacketCipher(profile, keys);
      const packet = fc.record({
        step: fc.constantFrom(1, 1, 1, 1, 1, 0, 2, -1, -5, 17),
        octets: fc.constantFrom(160, 160, 160, 80, 33, 0, 480, 1_900),
        ssrc: fc.constantFrom(7, 7, 7, 7, 0xfedcba98),
        rollOver: fc.constantFrom(3, 3, 3, 4),
      });
      fc.assert(
        fc.property(fc.nat(0xffff), fc.array(packet, { maxLength: 60 }), (start, packets) => {
          let sequence = start;
          for (const { step, octets, ssrc, rollOver } of packets) {
            sequence = (sequence + step) & 0xffff;
            const plain = packetOf(sequence, { ssrc, payload: Buffer.alloc(octets, 0x55) });
            const [one, other] = [lasting, createPacketCipher(profile, keys)].map((cipher) => {
              const bytes = Buffer.concat([plain, Buffer.alloc(cipher.tagLength)]);
              cipher.protect(bytes, plain.length, 12, rollOver);
              return bytes;
            });
            expect(one).toEqual(other);
          }
        }),
        { numRuns: 30 },
      );
    },
  );
});
