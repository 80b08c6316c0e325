/** `A`, `B` ... `Z`, `AA`: how spreadsheets name the column at a place counted from 0. */
export function columnLetter(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : columnLetter(Math.floor(at / 26) - 1) + letter;
}
