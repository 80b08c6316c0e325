import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readBind,
  readData,
  readOneText,
  readShortMessage,
  type ShortMessage,
  writeBind,
  writeData,
  writeShortMessage,
} from '../../../../cti-bridge/channels/sms/smpp/bodies.ts';
import { headBytes, mostPduBytes, type Pdu, PduFramer, writePdu } from '../../../../cti-bridge/channels/sms/smpp/pdu.ts';

const text = (most: number) =>
  fc.string({ unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: most });
const byte = fc.integer({ min: 0, max: 255 });
const bytes = (most: number) => fc.uint8Array({ maxLength: most }).map((array) => Buffer.from(array));
const address = fc.record({ ton: byte, npi: byte, address: text(20) });
const tlvs = fc.array(fc.tuple(fc.integer({ min: 0, max: 0xffff }), bytes(300)), { maxLength: 5 }).map((entries) => new Map(entries));
const message: fc.Arbitrary<ShortMessage> = fc.record({
  source: address,
  destination: address,
  esmClass: byte,
  registeredDelivery: byte,
  dataCoding: byte,
  bytes: bytes(255),
  tlvs,
});
const pdu: fc.Arbitrary<Pdu> = fc.record({
  command: fc.nat(0xffffffff),
  status: fc.nat(0xffffffff),
  sequence: fc.nat(0xffffffff),
  body: bytes(400),
});

/** Cut anywhere. */
function* pieces(whole: Buffer, sizes: readonly number[]): Generator<Buffer> {
  let at = 0;
  for (let n = 0; at < whole.length; n++) {
    const size = sizes[n % sizes.length] ?? 1;
    yield whole.subarray(at, at + size);
    at += size;
  }
}

describe('what goes over the wire', () => {
  it('is as the standard draws it', () => {
    const bind = writePdu({ command: 9, status: 0, sequence: 1, body: writeBind({ systemId: 'me', password: 'pw', systemType: '' }) });
    expect(bind.toString('hex')).toBe(
      `0000001b${'00000009'}${'00000000'}${'00000001'}${'6d6500'}${'707700'}${'00'}${'34'}${'0000'}${'00'}`,
    );
  });

  it('is read as it was written, wherever the network cuts it', () => {
    fc.assert(
      fc.property(fc.array(pdu, { maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (pdus, sizes) => {
        const framer = new PduFramer();
        const read = [...pieces(Buffer.concat(pdus.map(writePdu)), sizes)].map((piece) => framer.push(piece));
        expect(read.flatMap((each) => each.pdus)).toEqual(pdus);
        expect(read.every(({ broken }) => broken === null)).toBe(true);
      }),
    );
  });

  it('keeps every field of a message', () => {
    fc.assert(
      fc.property(message, (given) => {
        expect(readShortMessage(writeShortMessage(given))).toEqual({ ok: true, value: given });
        expect(readData(writeData(given))).toEqual({ ok: true, value: { ...given, bytes: Buffer.alloc(0) } });
      }),
    );
  });

  it('lets no text end another field', () => {
    const bind = { systemId: 'a\0b', password: 'c', systemType: '' };
    expect(readBind(writeBind(bind))).toEqual({ ok: true, value: { ...bind, systemId: 'ab' } });
  });
});

describe('what should not be', () => {
  it.each([0, 1, 3, 4, 15, mostPduBytes + 1, 0x7fffffff, 0x80000000, 0xffffffff])('ends the reading at a length of %i', (length) => {
    const framer = new PduFramer();
    const head = Buffer.alloc(headBytes);
    head.writeUInt32BE(length, 0);
    const good = writePdu({ command: 0x15, status: 0, sequence: 7, body: Buffer.alloc(0) });
    expect(framer.push(Buffer.concat([good, head, good]))).toMatchObject({ pdus: [{ sequence: 7 }], broken: `a length of ${length}` });
    expect(framer.push(good)).toMatchObject({ pdus: [], broken: `a length of ${length}` });
  });

  it('is a message that ends in the middle, wherever that is', () => {
    const given: ShortMessage = {
      source: { ton: 1, npi: 1, address: '8613900004126' },
      destination: { ton: 3, npi: 0, address: '10690' },
      esmClass: 0,
      registeredDelivery: 0,
      dataCoding: 0,
      bytes: Buffer.from('hello'),
      tlvs: new Map([[0x1e, Buffer.from('12\0')]]),
    };
    const whole = writeShortMessage(given);
    const withoutField = whole.length - 7;
    for (let length = 0; length < whole.length; length++)
      expect(readShortMessage(whole.subarray(0, length)).ok, `${length} bytes`).toBe(length === withoutField);
  });

  it('never throws, and says of nothing that it is whole when it is not', () => {
    fc.assert(
      fc.property(bytes(300), (body) => {
        for (const read of [readShortMessage(body), readData(body)])
          if (read.ok) expect(read.value.bytes.length).toBeLessThanOrEqual(body.length);
        readBind(body);
        expect(readOneText(body) === null).toBe(!body.includes(0));
      }),
    );
  });

  it('is read one byte at a time without copying it each time', () => {
    const framer = new PduFramer();
    const big = writePdu({ command: 5, status: 0, sequence: 1, body: Buffer.alloc(mostPduBytes - headBytes) });
    const read = [...pieces(big, [1])].flatMap((piece) => framer.push(piece).pdus);
    expect(read).toHaveLength(1);
  });
});
