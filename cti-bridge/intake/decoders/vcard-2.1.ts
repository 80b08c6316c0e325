/**
 * Writes a card of version 2.1, which telephones still export, in the syntax of 3.0. The differences that matter: quoted-printable texts
 * with a charset of their own, line folding inside them by `=`, and types without their name (`TEL;CELL:` is `TEL;TYPE=CELL:`).
 */
export function asVersion3(card: string): string {
  return logicalLines(card)
    .map((line) => (/^VERSION:/i.test(line) ? 'VERSION:3.0' : convert(line)))
    .join('\r\n');
}

function logicalLines(card: string): string[] {
  const lines: string[] = [];
  for (const line of card.split('\r\n')) {
    const last = lines.at(-1);
    if (last !== undefined && isQuotedPrintable(last) && last.endsWith('=')) lines[lines.length - 1] = last.slice(0, -1) + line;
    else if (last !== undefined && /^[ \t]/.test(line)) lines[lines.length - 1] = last + line.slice(1);
    else if (line !== '') lines.push(line);
  }
  return lines;
}

function isQuotedPrintable(line: string): boolean {
  return /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i.test(line);
}

function convert(line: string): string {
  const colon = line.indexOf(':');
  if (colon < 0) return line;
  const [name = '', ...parameters] = line.slice(0, colon).split(';');
  const charset = parameters.find((each) => /^CHARSET=/i.test(each))?.slice(8) ?? 'utf-8';
  const kept = parameters
    .filter((each) => !/^(?:CHARSET=|ENCODING=|QUOTED-PRINTABLE$|BASE64$|8BIT$)/i.test(each))
    .map((each) => (each.includes('=') ? each : `TYPE=${each}`));
  const raw = line.slice(colon + 1);
  const value = isQuotedPrintable(line) ? escaped(decodeQuotedPrintable(raw, charset), name) : raw;
  return `${[name, ...kept].join(';')}:${value}`;
}

function decodeQuotedPrintable(text: string, charset: string): string {
  const bytes = text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  // What was not quoted is ASCII; a character beyond it stands for itself.
  if (/[\u0100-\uffff]/.test(bytes)) return bytes;
  return new TextDecoder(charset).decode(Buffer.from(bytes, 'latin1'));
}

/** In 3.0 a line end is written `\n`, and a comma in a single text is escaped; semicolons separate the parts of N, ADR and ORG. */
function escaped(text: string, name: string): string {
  const isStructured = /(?:^|\.)(?:N|ADR|ORG)$/i.test(name);
  const commas = text.replace(/\r\n|\n|\r/g, '\\n').replace(/,/g, '\\,');
  return isStructured ? commas : commas.replace(/;/g, '\\;');
}
