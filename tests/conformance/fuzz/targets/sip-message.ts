import assert from 'node:assert/strict';
import type { ReceivedMessage } from '../../../../cti-bridge/sip/index.ts';
import {
  contactUri,
  createResponse,
  headerTokens,
  headerValues,
  parseCredentials,
  parseMessage,
  parseNameAddr,
  parseUri,
  parseVia,
  readSessionInterval,
  sdpOf,
  serializeMessage,
} from '../../../../cti-bridge/sip/index.ts';
import { bytesOf, tortureMessages } from '../../sip/rfc4475/expectations.ts';
import type { FuzzTarget } from '../fuzz.ts';
import { hostileNumbers } from '../mutate.ts';
import type { Random } from '../random.ts';

const wire = (text: string): Buffer => Buffer.from(text.replace(/\n/g, '\r\n'));

const everyday = [
  `INVITE sip:4001@192.0.2.1 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.10:5060;rport;branch=z9hG4bKabc
Max-Forwards: 70
From: "Jürgen" <sip:+8613800000001@example.net>;tag=f1
To: <sip:4001@example.com>
Call-ID: c1@192.0.2.10
CSeq: 1 INVITE
Contact: <sip:peer@192.0.2.10:5060>
Supported: timer, 100rel, replaces
Session-Expires: 1800;refresher=uac
Min-SE: 90
P-Asserted-Identity: "Li" <sip:+8613800000001@example.net>, <tel:+8613800000001>
Privacy: id
Diversion: <sip:4000@example.com>;reason=unconditional
Content-Type: application/sdp
Content-Length: 7

v=0
s=`,
  `REGISTER sip:example.com SIP/2.0
v: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bKnashds7
f: <sip:1001@example.com>;tag=9fxced76sl
t: <sip:1001@example.com>
i: 3848276298220188511@example.com
CSeq: 2 REGISTER
Max-Forwards: 70
m: <sip:1001@df7jal23ls0d.invalid;transport=ws>;reg-id=1;+sip.instance="<urn:uuid:f81-7dec-14a06cf1>";expires=600
Authorization: Digest username="1001", realm="example.com", nonce="abc.def", uri="sip:example.com", response="0123456789abcdef0123456789abcdef", algorithm=MD5, qop=auth, nc=00000001, cnonce="c"
k: path, outbound
l: 0

`,
  `SIP/2.0 200 OK
Via: SIP/2.0/UDP [2001:db8::1]:5060;branch=z9hG4bKdef;received=2001:db8::9;rport=5062
From: <sip:x@example.com>;tag=a
To: <sip:1001@example.com>;tag=b
Call-ID: x
CSeq: 7 INVITE
Record-Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>
Contact: <sip:1001@192.0.2.20>
Content-Type: multipart/mixed;boundary="b"
Content-Length: 73

--b
Content-Type: application/sdp

v=0

--b
Content-Type: x/y

z
--b--
`,
  `REFER sip:crosspoint@192.0.2.1 SIP/2.0
Via: SIP/2.0/TLS phone.example.com;branch=z9hG4bKref
From: <sip:1001@example.com>;tag=a
To: <sip:2@example.com>;tag=b
Call-ID: x
CSeq: 9 REFER
Refer-To: <sip:1002@example.com?Replaces=12345%40192.0.2.1%3Bto-tag%3D1%3Bfrom-tag%3D2>
Referred-By: <sip:1001@example.com>
Content-Length: 0

`,
].map(wire);

const methods = ['INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'REGISTER', 'INFO', 'UPDATE', 'PRACK', 'REFER', 'NOTIFY', 'FOO'] as const;

/** A header value of the right shape; one in ten leaves is not what it should be. */
function leaf(random: Random, good: string): string {
  if (random.chance(0.9)) return good;
  const number = random.pick(hostileNumbers);
  return random.pick([number, `${good}${number}`, `"${good}`, `<${good}`, `${good};${good}`, good.repeat(random.size(200)), '']);
}

function uri(random: Random): string {
  const user = leaf(random, random.pick(['1001', '+8613800000001', 'a%20b', '*21', '%00', 'user;par=1']));
  const host = leaf(random, random.pick(['example.com', '192.0.2.1', '[2001:db8::1]', 'x.invalid', 'a'.repeat(300)]));
  const port = random.chance(0.3) ? `:${leaf(random, '5060')}` : '';
  const params = random.chance(0.3) ? leaf(random, random.pick([';lr', ';transport=ws', ';user=phone;x=%41', '?Route=%3Csip:x%3E'])) : '';
  return `${random.pick(['sip', 'sips', 'tel', 'SIP', 'isbn'])}:${user}@${host}${port}${params}`;
}

function nameAddr(random: Random): string {
  const name = leaf(random, random.pick(['', '"Bob" ', 'Bob ', '"\\"" ', '"大停電" ']));
  const tag = random.chance(0.7) ? `;tag=${leaf(random, 'abc')}` : '';
  return random.chance(0.8) ? `${name}<${uri(random)}>${tag}` : `${uri(random)}${tag}`;
}

const grammar: readonly ((random: Random) => string)[] = [
  (random) =>
    `Via: SIP/${leaf(random, '2.0')}/${leaf(random, random.pick(['UDP', 'TCP', 'WS']))} ${leaf(random, 'host.example.com')}:${leaf(random, '5060')};branch=${leaf(random, 'z9hG4bKx')};rport`,
  (random) => `Contact: ${random.chance(0.1) ? '*' : nameAddr(random)};expires=${leaf(random, '60')};q=${leaf(random, '0.5')}`,
  (random) => `Route: ${nameAddr(random)}, ${nameAddr(random)}`,
  (random) => `Expires: ${leaf(random, '60')}`,
  (random) => `Session-Expires: ${leaf(random, '1800')};refresher=${leaf(random, 'uas')}`,
  (random) => `Require: ${leaf(random, 'timer')}`,
  (random) => `Accept: ${leaf(random, 'application/sdp')}`,
  (random) => `Content-Type: ${leaf(random, random.pick(['application/sdp', 'multipart/mixed;boundary=b', 'application/dtmf-relay']))}`,
  (random) =>
    `Authorization: Digest username="${leaf(random, '1001')}", nonce=${leaf(random, '"x"')}, uri="${uri(random)}", nc=${leaf(random, '00000001')}`,
  (random) => `X-${leaf(random, 'Name')}: ${leaf(random, 'value')}`,
  (random) => `s: ${leaf(random, 'text')}\r\n ${leaf(random, 'folded')}`,
];

function generate(random: Random): Buffer {
  const method = random.pick(methods);
  const first = random.chance(0.8)
    ? `${method} ${uri(random)} SIP/${leaf(random, '2.0')}`
    : `SIP/2.0 ${leaf(random, random.pick(['100', '180', '200', '486', '503']))} ${leaf(random, 'OK')}`;
  const body = random.chance(0.5) ? leaf(random, 'v=0\r\ns=-\r\n') : '';
  const lines = [
    first,
    `Via: SIP/2.0/UDP 192.0.2.10:${leaf(random, '5060')};branch=z9hG4bK${random.below(1_000)}`,
    `From: ${nameAddr(random)}`,
    `To: ${nameAddr(random)}`,
    `Call-ID: ${leaf(random, `call${random.below(50)}`)}`,
    `CSeq: ${leaf(random, '1')} ${random.chance(0.95) ? method : 'OTHER'}`,
    `Max-Forwards: ${leaf(random, '70')}`,
    ...Array.from({ length: random.below(6) }, () => random.pick(grammar)(random)),
    ...(random.chance(0.8) ? [`Content-Length: ${leaf(random, String(Buffer.byteLength(body)))}`] : []),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** Everything the floors above read from a message. */
function readAll(message: ReceivedMessage): void {
  for (const name of ['Contact', 'Route', 'Record-Route', 'P-Asserted-Identity', 'Diversion', 'Refer-To'])
    for (const value of headerValues(message, name)) {
      const address = parseNameAddr(value);
      if (address.ok) parseUri(address.value.uri);
    }
  for (const name of ['Require', 'Supported', 'Accept']) headerTokens(message, name);
  for (const { name, value } of message.headers) {
    if (name === 'Via') parseVia(value);
    if (name === 'Authorization') parseCredentials(value);
  }
  contactUri(message);
  sdpOf(message);
  if (message.kind === 'request') readSessionInterval(message);
}

export const sipMessage: FuzzTarget = {
  name: 'sip-message',
  samples: [...everyday, ...tortureMessages.map(({ name }) => bytesOf(name))],
  generate,
  check(bytes) {
    const parsed = parseMessage(bytes);
    if (!parsed.ok) {
      assert.ok([400, 505, 513].includes(parsed.error.status));
      if (!parsed.error.reply) return;
      const refusal = serializeMessage(createResponse({ headers: parsed.error.reply }, 400, 't', 'p', { text: parsed.error.text }));
      assert.ok(refusal.ok, 'a refusal can be written');
      return;
    }
    const message = parsed.value;
    readAll(message);
    const written = serializeMessage(message);
    assert.ok(written.ok, 'what was read can be written');
    const again = parseMessage(written.value);
    assert.ok(again.ok, `what was written can be read: ${again.ok ? '' : again.error.text}`);
    assert.deepEqual(withoutLength(again.value), withoutLength(message));
    if (message.kind !== 'request') return;
    const answered = serializeMessage(createResponse(message, 200, 'tag', 'product'));
    assert.ok(answered.ok, 'what was read can be answered');
    const answer = parseMessage(answered.value);
    assert.ok(answer.ok, `the answer can be read: ${answer.ok ? '' : answer.error.text}`);
    assert.equal(answer.value.callId, message.callId);
    assert.equal(answer.value.fromTag, message.fromTag);
    assert.notEqual(answer.value.toTag, null);
  },
};

/** The encoder counts the length anew; a message without one gets one. */
function withoutLength(message: ReceivedMessage) {
  return {
    ...message,
    headers: message.headers.filter(({ name }) => name.toLowerCase() !== 'content-length'),
    body: message.body.toString('hex'),
  };
}
