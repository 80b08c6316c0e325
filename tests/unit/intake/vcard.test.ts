import { describe, expect, it } from 'vitest';
import type { DecodedRow, RowFault } from '../../../cti-bridge/intake/decoders/decoded.ts';
import { decodeVcards, vcardColumns } from '../../../cti-bridge/intake/decoders/vcard.ts';

async function read(text: string) {
  const bytes = Buffer.from(text.replaceAll('\n', '\r\n'));
  const rows: DecodedRow[] = [];
  const faults: RowFault[] = [];
  const open = async function* () {
    for (let at = 0; at < bytes.length; at += 11) yield bytes.subarray(at, at + 11);
  };
  for await (const batch of decodeVcards(open)) {
    rows.push(...batch.rows);
    faults.push(...batch.faults);
  }
  const named = ({ row, cells }: DecodedRow) => ({
    row,
    ...Object.fromEntries(vcardColumns.flatMap((name, at) => (cells[at] ? [[`${name}${at}`, cells[at]]] : [])).reverse()),
  });
  return { cards: rows.slice(1).map(named), faults: faults.map(({ row, code }) => [row, code]) };
}

const good = `BEGIN:VCARD
VERSION:3.0
FN:王小明
ORG:Acme\\, Inc;Sales
TEL;TYPE=CELL:139 0000 4126
TEL;TYPE=WORK,VOICE:021-5555
 1234
TEL;TYPE=FAX:021-5555 9999
EMAIL;TYPE=INTERNET:A@example.com
ADR;TYPE=HOME:;;1 Main St\\, 4;Shanghai;;200000;China
BDAY:19800102
NOTE:a\\nb
PHOTO;ENCODING=b;TYPE=JPEG:AAAA
END:VCARD
`;

describe('a vCard file', () => {
  it('gives one row per card of version 3.0', async () => {
    expect((await read(good)).cards).toEqual([
      {
        row: 2,
        name0: '王小明',
        company2: 'Acme, Inc',
        mobile3: '139 0000 4126',
        phone5: '021-55551234',
        email8: 'A@example.com',
        address11: '1 Main St, 4, Shanghai, 200000, China',
        birthday12: '1980-01-02',
        note14: 'a\nb',
      },
    ]);
  });

  it('reads version 4.0 with numbers as addresses', async () => {
    const card =
      'BEGIN:VCARD\nVERSION:4.0\nFN:Jürgen Groß\nTEL;VALUE=uri;TYPE="voice,cell":tel:+49-151-1234567\nUID:urn:uuid:abc\nBDAY:1985-04-12\nEND:VCARD\n';
    expect((await read(card)).cards).toEqual([
      { row: 2, name0: 'Jürgen Groß', mobile3: '+49-151-1234567', birthday12: '1985-04-12', externalId13: 'abc' },
    ]);
  });

  it('reads version 2.1 with quoted texts over several lines', async () => {
    const card =
      'BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E5=B0=8F=\n=E6=98=8E;;;\nTEL;CELL;PREF:13900001111\nNOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo, three\nEND:VCARD\n';
    expect((await read(card)).cards).toEqual([{ row: 2, name0: '王小明', mobile3: '13900001111', note14: 'one\ntwo, three' }]);
  });

  it('loses only the card that cannot be read', async () => {
    const { cards, faults } = await read(
      `${good}BEGIN:VCARD\ngarbage\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:No end\n${good}BEGIN:VCARD\nFN:Cut`,
    );
    expect(cards.map(({ row }) => row)).toEqual([2, 5]);
    expect(faults).toEqual([
      [3, 'cardUnreadable'],
      [4, 'cardUnreadable'],
      [6, 'cardUnreadable'],
    ]);
  });

  it('without a card is told to be empty', async () => {
    await expect(read('hello\n')).rejects.toMatchObject({ reason: 'empty' });
  });
});
