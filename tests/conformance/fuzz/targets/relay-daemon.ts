import assert from 'node:assert/strict';
import { VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { type BencodeValue, decodeBencode, encodeBencode, isDictionary } from '../../../../cti-bridge/media/rtpengine/bencode.ts';
import { NgClient } from '../../../../cti-bridge/media/rtpengine/ng-client.ts';
import { packetsOf } from '../../../../cti-bridge/media/rtpengine/relay-statistics.ts';
import { agreeOnTerms, answeredDirection, endpointOf, onlyLaw } from '../../../../cti-bridge/media/rtpengine/relay-terms.ts';
import { readAnswer } from '../../../../cti-bridge/media/sdp/rtp-negotiation.ts';
import type { FuzzTarget } from '../fuzz.ts';
import { hostileNumbers } from '../mutate.ts';
import type { Random } from '../random.ts';

/** What comes back from rtpengine, or from whoever sends to the port on which its answers are awaited. */

const cookie = 'c1';
const sdp = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 30000 RTP/AVP 8 101',
  'a=rtpmap:101 telephone-event/8000',
  'a=sendrecv',
  '',
].join('\r\n');
const statistics = { result: 'ok', tags: { a: { medias: [{ index: 1, streams: [{ stats: { packets: 50, octets: 8_000 } }] }] } } };
const replies: readonly BencodeValue[] = [
  { result: 'pong' },
  { result: 'ok', sdp },
  { result: 'error', 'error-reason': 'Unknown call-id' },
  statistics,
  [['a', 1], {}, [], '', 'keys of äöü'],
];

/** Anything the notation can say, a few levels deep. */
function anyValue(random: Random, depth = 0): string {
  const kind = random.below(depth > 4 ? 2 : 4);
  if (kind === 0) return `i${random.chance(0.8) ? random.below(100_000) : random.pick(hostileNumbers)}e`;
  if (kind === 1) return textOf(random);
  const items = Array.from({ length: random.below(5) }, () => anyValue(random, depth + 1));
  return kind === 2 ? `l${items.join('')}e` : `d${items.map((item) => textOf(random) + item).join('')}e`;
}

function textOf(random: Random): string {
  const text = random.pick([
    'result',
    'ok',
    'sdp',
    'tags',
    'medias',
    'streams',
    'stats',
    'packets',
    'a',
    '',
    '__proto__',
    'constructor',
    'ü',
  ]);
  return `${random.chance(0.95) ? Buffer.byteLength(text) : random.pick(hostileNumbers)}:${text}`;
}

export const relayDaemon: FuzzTarget = {
  name: 'relay-daemon',
  samples: replies.map((reply) => Buffer.from(encodeBencode(reply))),
  generate: (random) =>
    Buffer.from(random.chance(0.1) ? random.pick(['l', 'd1:a', 'i', 'd0:']).repeat(random.size(20_000)) : anyValue(random)),
  check(bytes) {
    const decoded = decodeBencode(bytes);
    if (decoded.ok) {
      assert.deepEqual(decodeBencode(Buffer.from(encodeBencode(decoded.value))), decoded, 'what was read can be written and read again');
      if (isDictionary(decoded.value)) readReply(decoded.value);
    }
    const client = new NgClient({ clock: new VirtualClock(), send: () => {}, cookie: () => cookie });
    void client.ask('ping');
    client.receive(bytes);
    assert.equal(
      client.waiting,
      bytes.toString('latin1').startsWith(`${cookie} `) ? 0 : 1,
      'only an answer with our cookie settles a command',
    );
    client.receive(Buffer.concat([Buffer.from(`${cookie} `), bytes]));
    assert.equal(client.waiting, 0, 'an answer that cannot be read is an answer');
  },
};

/** Everything that the session of a relayed call reads from an answer. */
function readReply(reply: Readonly<Record<string, BencodeValue>>): void {
  assert.equal(typeof packetsOf(reply, 'a'), 'number');
  assert.equal(typeof packetsOf(reply, '__proto__'), 'number');
  if (typeof reply.sdp !== 'string') return;
  const answer = readAnswer(reply.sdp);
  if (answer.ok) agreeOnTerms(null, answer.value);
  endpointOf(reply.sdp);
  answeredDirection(reply.sdp);
  onlyLaw(reply.sdp, { payloadType: 8, law: 'PCMA', eventPayloadType: 101 });
}
