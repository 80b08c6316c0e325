import { gsmCodesOf, readGsm } from '../../../../shared/gsm-alphabet.ts';
import { type SmsEncoding, splitSms } from '../../../../shared/sms-segments.ts';
import type { ArrivedText } from '../../../interactions/index.ts';
import { esm, type ShortMessage } from './bodies.ts';
import { tags } from './pdu.ts';

/** Between the bytes of a message and its text; and between a long text and its parts. */

/** §5.2.19 of what we send. */
const codingOf: Readonly<Record<SmsEncoding, number>> = { gsm7: 0x00, ucs2: 0x08 };

export interface OutgoingPart {
  readonly esmClass: number;
  readonly dataCoding: number;
  readonly bytes: Buffer;
}

/**
 * A text as it goes out. A long one in parts, each behind a header that says which of how many it is (3GPP TS 23.040 §9.2.3.24.1):
 *
 *     05 | 00 03 | reference | total | index
 */
export function writeParts(text: string, reference: number): readonly OutgoingPart[] {
  const { encoding, parts } = splitSms(text);
  return parts.map((part, at) => {
    const bytes = encoding === 'gsm7' ? gsmBytes(part) : Buffer.from(part, 'utf16le').swap16();
    const dataCoding = codingOf[encoding];
    if (parts.length === 1) return { esmClass: 0, dataCoding, bytes };
    const header = Buffer.from([5, 0, 3, reference & 0xff, parts.length, at + 1]);
    return { esmClass: esm.hasHeader, dataCoding, bytes: Buffer.concat([header, bytes]) };
  });
}

function gsmBytes(text: string): Buffer {
  return Buffer.from([...text].flatMap((character) => gsmCodesOf(character) ?? []));
}

export interface ReadText {
  readonly text: string;
  readonly part: ArrivedText['part'];
}

/** Whatever came becomes some text: what cannot be read as text is shown as its bytes. */
export function readText({ esmClass, dataCoding, bytes: short, tlvs }: ShortMessage): ReadText {
  const bytes = short.length > 0 ? short : (tlvs.get(tags.messagePayload) ?? short);
  const header = (esmClass & esm.hasHeader) === 0 ? null : readHeader(bytes);
  const body = header ? bytes.subarray(header.bytes) : bytes;
  return { text: readBytes(body, dataCoding), part: header?.part ?? partOfTlvs(tlvs) };
}

/** Null where its length cannot be: then it is no header, and all of it is shown. */
function readHeader(bytes: Buffer): { readonly bytes: number; readonly part: ArrivedText['part'] } | null {
  const length = bytes[0];
  if (length === undefined || length + 1 > bytes.length) return null;
  let part: ArrivedText['part'] = null;
  for (let at = 1; at + 2 <= length + 1; ) {
    const kind = bytes[at];
    const size = bytes[at + 1] ?? 0;
    const value = bytes.subarray(at + 2, at + 2 + size);
    // What it says beyond its end is nothing; the text begins where it ends all the same.
    if (at + 2 + size > length + 1) break;
    if (kind === 0x00 && size === 3) part ??= partOf(value[0], value[1], value[2]);
    if (kind === 0x08 && size === 4) part ??= partOf(value.readUInt16BE(0), value[2], value[3]);
    at += 2 + size;
  }
  return { bytes: length + 1, part };
}

function partOfTlvs(tlvs: ShortMessage['tlvs']): ArrivedText['part'] {
  const reference = tlvs.get(tags.sarReference);
  const total = tlvs.get(tags.sarTotal);
  const index = tlvs.get(tags.sarIndex);
  if (reference?.length !== 2 || total?.length !== 1 || index?.length !== 1) return null;
  return partOf(reference.readUInt16BE(0), total[0], index[0]);
}

function partOf(reference = 0, total = 0, index = 0): ArrivedText['part'] {
  return total > 1 && index >= 1 && index <= total ? { reference, total, index } : null;
}

/** SMPP 3.4 §5.2.19; from 0x10 on the bits of 3GPP TS 23.038 §4, which networks hand through. 15 is what networks in China mean by it. */
function readBytes(bytes: Buffer, coding: number): string {
  switch (coding < 0x10 ? coding : codingOfBits(coding)) {
    case 0:
      return readGsm(bytes);
    case 1:
    case 3:
      return bytes.toString('latin1');
    case 5:
      return decoded(bytes, 'shift_jis');
    case 6:
      return decoded(bytes, 'iso-8859-5');
    case 7:
      return decoded(bytes, 'iso-8859-8');
    case 8:
      return readUcs2(bytes);
    case 10:
      return decoded(bytes, 'iso-2022-jp');
    case 14:
      return decoded(bytes, 'euc-kr');
    case 15:
      return decoded(bytes, 'gb18030');
    default:
      return readOctets(bytes);
  }
}

function codingOfBits(coding: number): number {
  const group = coding >> 4;
  if (group === 0xe) return 8;
  if (group === 0xf) return (coding & 0x04) === 0 ? 0 : 2;
  if (group > 0x7) return 0;
  return [0, 2, 8, 0][(coding >> 2) & 0x03] ?? 0;
}

const decoded = (bytes: Buffer, name: string): string => new TextDecoder(name).decode(bytes);

/** UTF-16 in truth. Half a character at the end of a part is kept: the other half is at the beginning of the next. */
function readUcs2(bytes: Buffer): string {
  const even = bytes.subarray(0, bytes.length & ~1);
  const isLittle = even.length >= 2 && even.readUInt16BE(0) === 0xfffe;
  const text = (isLittle ? even : Buffer.from(even).swap16()).toString('utf16le');
  return text.replace(/^\ufeff/, '') + (even.length < bytes.length ? '\ufffd' : '');
}

/** Bytes that are called neither: networks send UTF-8 so; anything else is shown in hexadecimal. */
function readOctets(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return `<${bytes.toString('hex')}>`;
  }
}
