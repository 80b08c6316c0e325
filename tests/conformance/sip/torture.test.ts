import { expect, test } from 'vitest';
import { countingIds, silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import type { ReceivedMessage } from '../../../cti-bridge/sip/index.ts';
import { createSipStack, headerOf, parseMessage } from '../../../cti-bridge/sip/index.ts';
import { MemoryNetwork } from './memory-network.ts';
import { tortureMessages } from './torture-messages.ts';

/** A stack in a network of memory; the sender is a trunk, so that what is understood becomes a call. */
async function answersTo(
  message: string | Buffer,
): Promise<{ readonly answers: ReceivedMessage[]; readonly counters: Readonly<Record<string, number>> }> {
  const clock = new VirtualClock();
  const network = new MemoryNetwork(clock);
  const stack = createSipStack({
    config: {
      domain: 'example.com',
      product: 'Crosspoint/test',
      udp: { host: '192.0.2.1', port: 5060 },
      advertised: null,
      trunks: [{ trunkId: 'trunk', sources: ['192.0.2.99'] }],
      inviteRateLimit: 100,
    },
    clock,
    ids: countingIds(),
    log: silentLog,
    credentials: () => null,
    datagrams: network.endpoint('192.0.2.1', 5060),
  });
  await stack.start();
  stack.onCall((leg) => leg.refuse(486));
  const answers: ReceivedMessage[] = [];
  const sender = network.endpoint('192.0.2.99', 5060);
  await sender.start((bytes) => {
    const parsed = parseMessage(bytes);
    if (parsed.ok) answers.push(parsed.value);
    else answers.push({ kind: 'response', status: 0, reason: bytes.toString() } as ReceivedMessage);
  });
  sender.flowTo('192.0.2.1', 5060).send(Buffer.from(message));
  await clock.run(100);
  return { answers, counters: stack.counters() };
}

test('all 49 messages of RFC 4475 are here', () => {
  expect(new Set(tortureMessages.map((each) => each.section)).size).toBe(49);
});

for (const { name, section, message, answer } of tortureMessages) {
  test(`§${section} ${name}: ${answer === 'none' ? 'no answer' : answer}`, async () => {
    const { answers, counters } = await answersTo(message);
    const finals = answers.flatMap((each) =>
      each.kind === 'response' && each.status !== 100 ? [each.status === 0 ? firstLineStatus(each.reason) : each.status] : [],
    );
    expect(finals).toEqual(answer === 'none' ? [] : [answer]);
    expect(counters.faults).toBeUndefined();
  });
}

/** An answer to a request without From, To or Call-ID lacks them as well, so our own parser does not take it. */
const firstLineStatus = (text: string): number => Number(text.split(' ')[1]);

test('§3.3.5 the refusal of unknown extensions names them', async () => {
  const message = tortureMessages.find((each) => each.section === '3.3.5')?.message ?? '';
  const [answer] = (await answersTo(message)).answers;
  expect(answer && headerOf(answer, 'Unsupported')).toBe('nothingsupportsthis, nothingsupportsthiseither');
});

test('§3.1.1.1 folded, quoted and compact headers are read as meant', () => {
  const parsed = parseMessage(Buffer.from(tortureMessages[0]?.message ?? ''));
  if (!parsed.ok) throw new Error(parsed.error.text);
  expect(parsed.value.from).toMatchObject({ displayName: 'J Rosenberg \\"', uri: 'sip:jdrosen@example.com' });
  expect(parsed.value.toTag).toBe('1918181833n');
  expect(parsed.value.cseq).toEqual({ number: 9, method: 'INVITE' });
  expect(parsed.value.headers.filter((header) => header.name === 'Via')).toHaveLength(3);
  expect(headerOf(parsed.value, 'UnknownHeaderWithUnusualValue')).toBe(';;,,;;,;');
  expect(headerOf(parsed.value, 'NewFangledHeader')).toBe('newfangled value continued newfangled value');
});
