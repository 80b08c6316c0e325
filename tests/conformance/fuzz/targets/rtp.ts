import assert from 'node:assert/strict';
import { CodedSound } from '../../../../cti-bridge/media/codec/coded-sound.ts';
import { DigitReceiver, JitterBuffer, parseRtp, writeRtp } from '../../../../cti-bridge/media/index.ts';
import { readReports, writeReport } from '../../../../cti-bridge/media/rtp/rtcp.ts';
import { Srtcp } from '../../../../cti-bridge/media/srtp/srtcp.ts';
import { SrtpReceiver, SrtpSender } from '../../../../cti-bridge/media/srtp/srtp-stream.ts';
import type { FuzzTarget } from '../fuzz.ts';
import type { Random } from '../random.ts';

const speech = writeRtp({
  payloadType: 0,
  marker: true,
  sequence: 65_535,
  timestamp: 160,
  ssrc: 1,
  payload: new Uint8Array(160).fill(0xd5),
});
const key = writeRtp({ payloadType: 101, marker: false, sequence: 2, timestamp: 320, ssrc: 1, payload: Uint8Array.of(5, 0x8a, 3, 0xc0) });
/** Two sources, a header extension and padding. */
const dressed = Buffer.concat([
  Buffer.from([0xb2, 0x00, 0x00, 0x07, 0, 0, 3, 0x20, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0xbe, 0xde, 0, 1, 0x10, 0xff, 0, 0]),
  Buffer.alloc(160, 0xd5),
  Buffer.from([0, 0, 0, 4]),
]);

function header(random: Random): Buffer {
  const bytes = random.bytes(12 + random.size(200));
  if (random.chance(0.9)) bytes[0] = 0x80 | random.below(64);
  if (random.chance(0.7)) bytes[1] = random.pick([0, 8, 101, 0x80, 200, 201]);
  return bytes;
}

/** One jitter buffer and one receiver of key presses for all cases, as one call would have them. */
const jitter = new JitterBuffer();
const digits = new DigitReceiver();
let now = 0;

export const rtp: FuzzTarget = {
  name: 'rtp',
  samples: [speech, key, dressed],
  generate: header,
  check(bytes) {
    now += 20;
    const packet = parseRtp(bytes);
    if (packet) {
      assert.ok(packet.payload.length <= bytes.length - 12);
      assert.deepEqual(plain(parseRtp(writeRtp(packet))), plain(packet));
      digits.receive(packet.timestamp, packet.payload, now);
      jitter.push(packet.timestamp, new CodedSound('PCMU', packet.payload), now);
    }
    digits.expire(now);
    assert.equal(jitter.pull(now).samples.length, 160);
  },
};

const plain = (packet: ReturnType<typeof parseRtp>) => packet && { ...packet, payload: Buffer.from(packet.payload).toString('hex') };

const report = writeReport(
  {
    ssrc: 7,
    ntpSeconds: 3_900_000_000.5,
    rtpTimestamp: 160,
    packets: 50,
    octets: 8_000,
    reception: {
      ssrc: 9,
      fractionLost: 12,
      lost: -3,
      highestSequence: 65_600,
      jitterSamples: 8,
      lastReport: 77,
      delaySinceLastReport: 65_536,
    },
  },
  'someone@192.0.2.9',
);

export const rtcp: FuzzTarget = {
  name: 'rtcp',
  samples: [report, Buffer.concat([report, report])],
  generate(random) {
    const bytes = random.bytes(8 + 4 * random.size(40));
    bytes[0] = 0x80 | random.below(32);
    bytes[1] = random.pick([200, 201, 202, 203, 204, 205, 206]);
    if (random.chance(0.8)) bytes.writeUInt16BE(bytes.length / 4 - 1, 2);
    return bytes;
  },
  check(bytes) {
    const reports = readReports(bytes);
    assert.ok(reports.length <= bytes.length / 8);
    for (const { receptions } of reports) {
      assert.ok(receptions.length <= 31);
      for (const reception of receptions) {
        const again = readReports(writeReport({ ssrc: 1, ntpSeconds: 0, rtpTimestamp: 0, packets: 0, octets: 0, reception }, 'x'));
        assert.deepEqual(again[0]?.receptions, [reception]);
      }
    }
  },
};

const masters = [
  { profile: 'AES_CM_128_HMAC_SHA1_80', key: Buffer.alloc(16, 1), salt: Buffer.alloc(14, 2) },
  { profile: 'AEAD_AES_128_GCM', key: Buffer.alloc(16, 3), salt: Buffer.alloc(12, 4) },
] as const;

/** Packets made with the key, so that changed ones are nearly right. */
const protectedOnes = masters.flatMap((master) => {
  const sender = new SrtpSender(master);
  const reports = new Srtcp(master);
  const packets = [1, 2, 3].map((sequence) => {
    const bytes = writeRtp(
      { payloadType: 0, marker: false, sequence, timestamp: sequence * 160, ssrc: 5, payload: new Uint8Array(160) },
      sender.tagLength,
    );
    sender.protect(bytes, bytes.length - sender.tagLength);
    return bytes;
  });
  return [...packets, reports.protect(report)];
});
const genuine = new Set(protectedOnes.map((bytes) => bytes.toString('hex')));

export const srtp: FuzzTarget = {
  name: 'srtp',
  samples: protectedOnes,
  generate: (random) => Buffer.concat([header(random), random.bytes(random.pick([10, 14, 16, 20]))]),
  check(bytes) {
    const before = bytes.toString('hex');
    for (const master of masters) {
      const length = new SrtpReceiver(master).open(bytes);
      if (length >= 0) assert.ok(genuine.has(before), 'what was not made with the key is not taken');
      else assert.equal(bytes.toString('hex'), before, 'what is refused is left as it came');
      if (length >= 0) bytes = Buffer.from(before, 'hex');
      const opened = new Srtcp(master).open(Buffer.from(bytes));
      if (opened) {
        assert.ok(genuine.has(before), 'a report that was not made with the key is not taken');
        readReports(opened);
      }
    }
  },
};
