/**
 * A PDF of three pages as programs without fonts of their own write one: Latin in a standard font that is in no file, Chinese by a table of characters that
 * the reader has to have (ISO 32000-1, 9.6.2.2 and 9.7.5.2). It has a script and a link that must do nothing.
 */
export function madePdf(): string {
  const page = (number: number) =>
    [
      'BT /F1 28 Tf 72 740 Td (Meridian Hosting) Tj ET',
      `BT /F1 16 Tf 72 690 Td (${number === 3 ? 'Signature' : 'We hereby cancel the contract 50020041.'}) Tj ET`,
      // 解除合同, in UTF-16.
      'BT /F2 24 Tf 72 640 Td <89E396645408540C> Tj ET',
      `BT /F1 12 Tf 280 40 Td (Page ${number}) Tj ET`,
    ].join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\("script"\\)) >> >>',
    '<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 >>',
    ...[6, 7, 8].map(
      (content) =>
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${content} 0 R /Resources << /Font << /F1 9 0 R /F2 10 0 R >> >> /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /Border [0 0 0] /A << /S /URI /URI (https://elsewhere.invalid/) >> >>] >>`,
    ),
    ...[1, 2, 3].map((number) => `<< /Length ${page(number).length} >>\nstream\n${page(number)}\nendstream`),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [11 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 12 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ];
  let pdf = '%PDF-1.7\n';
  const places = objects.map((object, index) => {
    const place = pdf.length;
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  return `${pdf}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`;
}
