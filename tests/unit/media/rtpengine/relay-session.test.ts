import { beforeEach, expect, test } from 'vitest';
import { countingIds, silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { type BencodeDictionary, decodeBencode, encodeBencode, isDictionary } from '../../../../cti-bridge/media/rtpengine/bencode.ts';
import { NgClient } from '../../../../cti-bridge/media/rtpengine/ng-client.ts';
import { RelaySession } from '../../../../cti-bridge/media/rtpengine/relay-session.ts';
import { describeAudio } from '../../../../cti-bridge/media/rtpengine/relay-terms.ts';

/** A daemon in memory. It answers as told, and at once unless it is told to wait. */
let clock: VirtualClock;
let asked: BencodeDictionary[];
let refusals: Map<string, string>;
let packets: Record<string, number>;
let withheld: (() => void)[] | null;
let session: RelaySession;
let told: string[];

const alaw = { payloadType: 8, law: 'PCMA', eventPayloadType: 101 } as const;
const caller = describeAudio({ host: '203.0.113.7', port: 4_000, sessionNumber: 1, version: 1 }, alaw);
const phone = describeAudio({ host: '203.0.113.8', port: 5_000, sessionNumber: 1, version: 1 }, alaw);

beforeEach(() => {
  clock = new VirtualClock();
  asked = [];
  refusals = new Map();
  packets = {};
  withheld = null;
  told = [];
  const ids = countingIds('c');
  const client: NgClient = new NgClient({ clock, cookie: () => ids.next(), send: (datagram) => hear(datagram, client) });
  session = new RelaySession('call', { client, clock, log: silentLog, rtpTimeoutMs: 30_000, onClosed: () => told.push('freed') });
  session.on('closed', ({ why }) => told.push(`closed ${why}`));
  session.on('lost', ({ legId }) => told.push(`lost ${legId}`));
  session.on('connected', ({ legId }) => told.push(`connected ${legId}`));
});

function hear(datagram: Buffer, client: NgClient): void {
  const space = datagram.indexOf(32);
  const command = decodeBencode(datagram.subarray(space + 1));
  if (!command.ok || !isDictionary(command.value)) throw new Error('not a command');
  const values = command.value;
  asked.push(values);
  const answer = () => client.receive(Buffer.concat([datagram.subarray(0, space + 1), Buffer.from(encodeBencode(replyTo(values)))]));
  if (withheld) withheld.push(answer);
  else queueMicrotask(answer);
}

function replyTo({ command }: BencodeDictionary): BencodeDictionary {
  const refusal = refusals.get(String(command));
  if (refusal !== undefined) return { result: 'error', 'error-reason': refusal };
  const side = (tag: string) => ({ medias: [{ streams: [{ stats: { packets: packets[tag] ?? 0 } }] }] });
  if (command === 'query') return { result: 'ok', tags: { one: side('one'), other: side('other') } };
  const sdp = describeAudio({ host: '192.0.2.1', port: 30_000, sessionNumber: 1, version: 1 }, alaw);
  return { result: 'ok', sdp };
}

const commands = () => asked.map(({ command, 'from-tag': from }) => [command, from].filter(Boolean).join(' '));

async function twoSides() {
  const { legId: one } = await session.answerRtpLeg(caller);
  const { legId: other } = await session.offerRtpLeg();
  await session.acceptAnswer(other, phone);
  return { one, other };
}

test('a caller is answered before the other side is there, which takes the place of nobody', async () => {
  const { sdp } = await session.answerRtpLeg(caller);
  expect(sdp).toContain('m=audio 30000 RTP/AVP 8 101');
  expect(commands()).toEqual(['offer one', 'answer one']);
  expect(asked[1]?.sdp).toContain('c=IN IP4 0.0.0.0');
  const { legId } = await session.offerRtpLeg();
  await session.acceptAnswer(legId, phone);
  expect(commands().slice(2)).toEqual(['offer one', 'answer one']);
  expect(asked[3]?.sdp).toContain('c=IN IP4 203.0.113.8');
});

test('a side that goes is nobody again, so that nothing more is sent to it', async () => {
  const { one } = await twoSides();
  session.closeLeg(one);
  await session.offerRtpLeg();
  const [offer, answer] = asked.slice(4);
  expect([offer?.['from-tag'], offer?.['to-tag'], answer?.command]).toEqual(['other', 'one', 'answer']);
  expect(answer?.sdp).toContain('c=IN IP4 0.0.0.0');
});

test('a leg that the daemon refuses leaves its place free', async () => {
  refusals.set('offer', 'Ran out of ports');
  await expect(session.answerRtpLeg(caller)).rejects.toMatchObject({ code: 'noPorts' });
  refusals.clear();
  await twoSides();
});

test('a daemon that has forgotten the call was restarted: the call is told so, once', async () => {
  await twoSides();
  refusals.set('query', 'Unknown call-id');
  await session.look();
  await session.look();
  expect(told).toEqual(['freed', 'closed workerDied']);
  await expect(session.offerRtpLeg()).rejects.toMatchObject({ code: 'workerDied' });
});

test('a call that the daemon is only being told of is not missed yet', async () => {
  refusals.set('query', 'Unknown call-id');
  withheld = [];
  const answered = session.answerRtpLeg(caller);
  await session.look();
  const waiting = withheld;
  withheld = null;
  for (const answer of waiting) answer();
  await answered;
  expect(told).toEqual([]);
});

test('a call that ends is looked at no more', async () => {
  await twoSides();
  refusals.set('query', 'Unknown call-id');
  withheld = [];
  session.end();
  session.end();
  await session.look();
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  for (const answer of withheld) answer();
  await expect.poll(() => told).toEqual(['freed', 'closed ended']);
  expect(commands().filter((command) => command === 'delete')).toHaveLength(1);
});

test('packets tell that a side is there, and their absence that it is not, but for one that holds', async () => {
  const { one, other } = await twoSides();
  packets = { one: 50, other: 50 };
  await session.look();
  expect(told).toEqual([`connected ${one}`, `connected ${other}`]);
  await session.renegotiate(one, caller.replace('a=sendrecv', 'a=sendonly'));
  clock.advance(29_000);
  await session.look();
  clock.advance(1_000);
  await session.look();
  await session.look();
  expect(told.slice(2)).toEqual([`lost ${other}`]);
});
