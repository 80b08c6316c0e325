import type { Result } from '../../../kernel/index.ts';
import { FieldReader, readTlvs, type Tlvs, whole, writeText, writeTlvs } from './pdu.ts';

/** What the bodies of PDUs carry (SMPP 3.4 §4); in the order of the wire. Readers never throw. */

/** Type of number and numbering plan, §5.2.5 and §5.2.6. */
export interface SmppAddress {
  readonly ton: number;
  readonly npi: number;
  readonly address: string;
}

export const ton = { unknown: 0, international: 1, networkSpecific: 3, alphanumeric: 5 } as const;
export const npi = { unknown: 0, isdn: 1 } as const;

/** submit_sm and deliver_sm have the same fields; data_sm has some of them, and its text in a TLV. */
export interface ShortMessage {
  readonly source: SmppAddress;
  readonly destination: SmppAddress;
  readonly esmClass: number;
  /** 1: a receipt is wanted. */
  readonly registeredDelivery: number;
  readonly dataCoding: number;
  readonly bytes: Buffer;
  readonly tlvs: Tlvs;
}

/** §5.2.12: bits of esm_class. */
export const esm = { typeMask: 0x3c, receipt: 0x04, deliveryAnswer: 0x08, userAnswer: 0x10, intermediate: 0x20, hasHeader: 0x40 } as const;

export interface Bind {
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
}

/** SMPP 3.4 says so of itself. */
const interfaceVersion = 0x34;

export function writeBind({ systemId, password, systemType }: Bind): Buffer {
  const texts = [systemId, password, systemType].map(writeText);
  return Buffer.concat([...texts, Buffer.from([interfaceVersion, ton.unknown, npi.unknown]), writeText('')]);
}

export function readBind(body: Buffer): Result<Bind, 'cutShort'> {
  const fields = new FieldReader(body);
  const bind = { systemId: fields.text(), password: fields.text(), systemType: fields.text() };
  fields.take(3);
  fields.text();
  return whole(fields, bind);
}

export function writeShortMessage(message: ShortMessage): Buffer {
  const { source, destination, esmClass, registeredDelivery, dataCoding, bytes, tlvs } = message;
  return Buffer.concat([
    writeText(''), // service_type
    writeAddress(source),
    writeAddress(destination),
    Buffer.from([esmClass, 0, 0]), // protocol_id, priority_flag
    writeText(''), // schedule_delivery_time
    writeText(''), // validity_period
    Buffer.from([registeredDelivery, 0, dataCoding, 0, bytes.length]), // replace_if_present_flag, sm_default_msg_id
    bytes,
    writeTlvs(tlvs),
  ]);
}

export function readShortMessage(body: Buffer): Result<ShortMessage, 'cutShort'> {
  const fields = new FieldReader(body);
  fields.text();
  const source = readAddress(fields);
  const destination = readAddress(fields);
  const esmClass = fields.byte();
  fields.take(2);
  fields.text();
  fields.text();
  const registeredDelivery = fields.byte();
  fields.byte();
  const dataCoding = fields.byte();
  fields.byte();
  const bytes = fields.take(fields.byte());
  const tlvs = readTlvs(fields);
  return whole(fields, { source, destination, esmClass, registeredDelivery, dataCoding, bytes, tlvs });
}

/** data_sm, §4.7.1. */
export function readData(body: Buffer): Result<ShortMessage, 'cutShort'> {
  const fields = new FieldReader(body);
  fields.text();
  const source = readAddress(fields);
  const destination = readAddress(fields);
  const esmClass = fields.byte();
  const registeredDelivery = fields.byte();
  const dataCoding = fields.byte();
  const tlvs = readTlvs(fields);
  return whole(fields, { source, destination, esmClass, registeredDelivery, dataCoding, bytes: Buffer.alloc(0), tlvs });
}

export function writeData({ source, destination, esmClass, registeredDelivery, dataCoding, tlvs }: ShortMessage): Buffer {
  return Buffer.concat([
    writeText(''),
    writeAddress(source),
    writeAddress(destination),
    Buffer.from([esmClass, registeredDelivery, dataCoding]),
    writeTlvs(tlvs),
  ]);
}

/** The one text of submit_sm_resp (its id there), of deliver_sm_resp (empty) and of the answer to a bind; null where there is none to read. */
export function readOneText(body: Buffer): string | null {
  const fields = new FieldReader(body);
  const text = fields.text();
  return fields.isShort ? null : text;
}

function writeAddress({ ton, npi, address }: SmppAddress): Buffer {
  return Buffer.concat([Buffer.from([ton, npi]), writeText(address)]);
}

function readAddress(fields: FieldReader): SmppAddress {
  return { ton: fields.byte(), npi: fields.byte(), address: fields.text() };
}
