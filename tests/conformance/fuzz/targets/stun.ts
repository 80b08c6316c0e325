import assert from 'node:assert/strict';
import { RtcpPacketConverter, RtpPacket, StunProtocol } from 'werift';
import { PathGuard } from '../../../../cti-bridge/media/webrtc/path-guard.ts';
import type { FuzzTarget } from '../fuzz.ts';
import type { Random } from '../random.ts';

/** What anybody can send to the port of a WebRTC leg: werift's reading of it, from the datagram on. */

const cookie = [0x21, 0x12, 0xa4, 0x42];

function attribute(type: number, value: Buffer, length = value.length): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(length & 0xffff, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function stunMessage(type: number, attributes: readonly Buffer[]): Buffer {
  const body = Buffer.concat(attributes);
  const head = Buffer.from([type >> 8, type & 0xff, 0, 0, ...cookie, ...Buffer.alloc(12, 7)]);
  head.writeUInt16BE(body.length & 0xffff, 2);
  return Buffer.concat([head, body]);
}

const username = attribute(0x0006, Buffer.from('4ZcD:abcd'));
const passwords = { '4ZcD': 'VOkJxbRl1RmTxUk/WvJxBt' };
/** Names that every object has are somebody's too. */
const names = ['4ZcD', '__proto__', 'constructor', 'toString', ''];
const bindingRequest = stunMessage(0x0001, [
  username,
  attribute(0x0024, Buffer.from([0x7e, 0x7f, 0x1e, 0xff])),
  attribute(0x802a, Buffer.alloc(8, 9)),
  attribute(0x0025, Buffer.alloc(0)),
  attribute(0x0008, Buffer.alloc(20, 1)),
  attribute(0x8028, Buffer.alloc(4, 2)),
]);
const success = stunMessage(0x0101, [attribute(0x0020, Buffer.from([0, 1, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66]))]);
const failure = stunMessage(0x0111, [attribute(0x0009, Buffer.concat([Buffer.from([0, 0, 4, 1]), Buffer.from('Unauthorized')]))]);
const clientHello = Buffer.concat([
  Buffer.from([22, 254, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 60, 1, 0, 0, 48, 0, 0, 0, 0, 0, 0, 0, 48, 254, 253]),
  Buffer.alloc(46, 3),
]);

const knownTypes = [0x0001, 0x0006, 0x0008, 0x0009, 0x000d, 0x0012, 0x0014, 0x0016, 0x0020, 0x0024, 0x0025, 0x8022, 0x8028, 0x8029, 0x802a];

function generate(random: Random): Buffer {
  const attributes = Array.from({ length: random.below(8) }, () => {
    if (random.chance(0.2)) return attribute(0x0006, Buffer.from(`${random.pick(names)}:abcd`));
    if (random.chance(0.2)) return attribute(0x0008, random.bytes(20));
    const value = random.bytes(random.size(120));
    const type = random.chance(0.8) ? random.pick(knownTypes) : random.below(65_536);
    return attribute(type, value, random.chance(0.9) ? value.length : random.below(65_536));
  });
  return stunMessage(random.pick([0x0001, 0x0011, 0x0101, 0x0111, 0x0003, random.below(16_384)]), attributes);
}

/** What its socket calls with each datagram. */
interface Datagrams {
  datagramReceived(bytes: Buffer, from: readonly [string, number]): void;
}

export const stun: FuzzTarget = {
  name: 'stun',
  samples: [bindingRequest, success, failure, clientHello],
  generate,
  check(bytes) {
    const guard = new PathGuard(passwords);
    assert.ok(!guard.admits(bytes, ['192.0.2.9', 50_000]), 'nothing is taken that was not made with our password');
    const protocol = new StunProtocol();
    let requests = 0;
    protocol.onRequestReceived.subscribe((message) => {
      requests++;
      assert.ok(message.bytes.length <= bytes.length + 64, 'a message does not grow by being read');
    });
    (protocol as unknown as Datagrams).datagramReceived(bytes, ['192.0.2.9', 50_000]);
    assert.ok(requests <= 1);
  },
};

/** werift's own RTP and RTCP, where they are still used; it says so when it cannot read a packet, which its caller expects. */
export const weriftRtp: FuzzTarget = {
  name: 'werift-rtp',
  samples: [
    Buffer.from('8000000100000002000000030102030405', 'hex'),
    Buffer.from('80c80006000000070000000000000000000000000000000000000000', 'hex'),
  ],
  generate: (random) => {
    const bytes = random.bytes(random.size(300));
    if (bytes.length > 1) bytes[0] = 0x80 | random.below(64);
    if (bytes.length > 1) bytes[1] = random.pick([0, 200, 201, 202, 203, 205, 206]);
    return bytes;
  },
  check(bytes) {
    for (const read of [() => RtpPacket.deSerialize(bytes), () => RtcpPacketConverter.deSerialize(bytes)]) {
      try {
        read();
      } catch (error) {
        assert.ok(error instanceof Error);
      }
    }
  },
};
