import assert from 'node:assert/strict';
import {
  esm,
  readData,
  readShortMessage,
  type ShortMessage,
  writeBind,
  writeShortMessage,
} from '../../../../cti-bridge/channels/sms/smpp/bodies.ts';
import { commands, mostPduBytes, PduFramer, tags, writePdu } from '../../../../cti-bridge/channels/sms/smpp/pdu.ts';
import { isReceipt, readReceipt } from '../../../../cti-bridge/channels/sms/smpp/receipt.ts';
import { readText, writeParts } from '../../../../cti-bridge/channels/sms/smpp/short-text.ts';
import type { FuzzTarget } from '../fuzz.ts';
import type { Random } from '../random.ts';

/** Text messages as a network sends them: the stream is cut into PDUs, and whatever is delivered becomes a text or a receipt. */

const receipt = 'id:0123 sub:001 dlvrd:001 submit date:2611230900 done date:2611230901 stat:DELIVRD err:000 text:hello';

const message = (more: Partial<ShortMessage>): ShortMessage => ({
  source: { ton: 1, npi: 1, address: '8613900004126' },
  destination: { ton: 3, npi: 0, address: '10690' },
  esmClass: 0,
  registeredDelivery: 0,
  dataCoding: 0,
  bytes: Buffer.from('hello'),
  tlvs: new Map(),
  ...more,
});

const delivered = (more: Partial<ShortMessage>, command: number = commands.deliver): Buffer =>
  writePdu({ command, status: 0, sequence: 1, body: writeShortMessage(message(more)) });

const samples = [
  delivered({}),
  delivered({ esmClass: esm.receipt, bytes: Buffer.from(receipt) }),
  delivered({
    tlvs: new Map([
      [tags.receiptedMessageId, Buffer.from('4d2\0')],
      [tags.messageState, Buffer.from([2])],
      [tags.networkError, Buffer.from([3, 0, 9])],
    ]),
  }),
  delivered({
    bytes: Buffer.alloc(0),
    dataCoding: 8,
    tlvs: new Map([[tags.messagePayload, Buffer.from('你好'.repeat(300), 'utf16le').swap16()]]),
  }),
  delivered({}, commands.data),
  ...writeParts('一条很长的短信。'.repeat(20), 7).map(({ esmClass, dataCoding, bytes }) => delivered({ esmClass, dataCoding, bytes })),
  writePdu({
    command: commands.bindTransceiver,
    status: 0,
    sequence: 1,
    body: writeBind({ systemId: 'a', password: 'b', systemType: '' }),
  }),
  writePdu({ command: 0x8000_0004, status: 0, sequence: 3, body: Buffer.from('1234\0') }),
];

function generate(random: Random): Buffer {
  const tlvs = Array.from({ length: random.below(4) }, () => [random.pick(Object.values(tags)), random.bytes(random.below(20))] as const);
  const hasHeader = random.chance(0.4) ? esm.hasHeader : 0;
  const kind = random.pick([0, esm.receipt, esm.intermediate, random.below(256)]);
  return delivered(
    { esmClass: hasHeader | kind, dataCoding: random.below(256), bytes: random.bytes(random.below(200)), tlvs: new Map(tlvs) },
    random.pick([commands.deliver, commands.data]),
  );
}

export const smpp: FuzzTarget = {
  name: 'smpp',
  samples,
  generate,
  check(bytes) {
    const { pdus, broken } = new PduFramer().push(bytes);
    assert.ok(broken !== null || pdus.reduce((sum, { body }) => sum + body.length + 16, 0) <= bytes.length);
    const inTwo = new PduFramer();
    const half = bytes.length >> 1;
    const again = [bytes.subarray(0, half), bytes.subarray(half)].flatMap((piece) => inTwo.push(piece).pdus);
    assert.deepEqual(again, pdus, 'cut in two it is the same');
    for (const { command, body } of pdus) {
      const read = command === commands.data ? readData(body) : readShortMessage(body);
      if (!read.ok) continue;
      const { text, part } = readText(read.value);
      assert.ok(text.length <= mostPduBytes * 2);
      assert.ok(part === null || (part.total > 1 && part.index >= 1 && part.index <= part.total));
      const told = isReceipt(read.value) ? readReceipt(read.value, text) : null;
      assert.ok(told === null || (told.providerId.length > 0 && told.providerId.length <= 100));
    }
  },
};
