import type { Random } from './random.ts';

/** Numbers at which counters, lengths and shifts go wrong. */
export const hostileNumbers = [
  '-1',
  '0',
  '00000000000000000000001',
  '255',
  '256',
  '65535',
  '65536',
  '2147483647',
  '2147483648',
  '4294967295',
  '4294967296',
  '9007199254740993',
  '36893488147419103232',
  '1e9',
  '0x10',
  'NaN',
];

const hostileText = [
  '',
  '\r\n',
  '\r\n\r\n',
  '\n',
  '\r',
  '\0',
  '\u00a0',
  '\ufeff',
  '"',
  '\\',
  '\\"',
  '<',
  '>',
  '<<>>',
  ';',
  ';;;',
  ',',
  ',,,',
  '=',
  ':',
  '@',
  '?',
  '%',
  '%00',
  '%0d%0a',
  '%zz',
  '[::1]',
  '[',
  ']',
  '__proto__',
  'constructor',
  ' \t ',
  '\r\n ',
  '大停電',
  '\ud800',
  '*',
  '/',
  ...hostileNumbers,
];

/** One change of a byte string: bits, bytes, pieces, numbers, text that parsers trip over, and pieces of another message. */
export function mutateOnce(bytes: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  const at = random.below(bytes.length + 1);
  const end = Math.min(bytes.length, at + random.size(bytes.length));
  switch (random.below(11)) {
    case 0:
      return changed(bytes, at, (byte) => byte ^ (1 << random.below(8)));
    case 1:
      return changed(bytes, at, () => random.below(256));
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(hostileText)), bytes.subarray(at)]);
    case 5:
      return bytes.subarray(0, at);
    case 6: {
      const other = random.pick(others);
      return Buffer.concat([bytes.subarray(0, at), other.subarray(random.below(other.length + 1))]);
    }
    case 7: {
      const piece = bytes.subarray(at, Math.min(end, at + 8));
      return Buffer.concat([bytes.subarray(0, at), ...Array.from({ length: random.size(2_000) }, () => piece), bytes.subarray(at)]);
    }
    case 8:
      return otherNumber(bytes, random);
    case 9: {
      // What a parser that looks back at each step takes for ever with.
      const run = Buffer.alloc(random.size(65_535), random.pick([' ', '\t', '<', '"', ';', ',', '\\', ':', 'a', '0', '%']));
      return Buffer.concat([bytes.subarray(0, at), run, bytes.subarray(at)]);
    }
    default:
      return Buffer.concat([bytes.subarray(0, at), random.bytes(random.size(64)), bytes.subarray(end)]);
  }
}

function changed(bytes: Buffer, at: number, change: (byte: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  const byte = copy[at];
  if (byte !== undefined) copy[at] = change(byte);
  return copy;
}

/** One of the numbers in the text becomes a hostile one. */
function otherNumber(bytes: Buffer, random: Random): Buffer {
  const text = bytes.toString('latin1');
  const numbers = [...text.matchAll(/\d+/g)];
  if (numbers.length === 0) return bytes;
  const { 0: digits, index } = random.pick(numbers);
  return Buffer.from(text.slice(0, index) + random.pick(hostileNumbers) + text.slice(index + digits.length), 'latin1');
}

const longest = 70_000;

/** Between one and eight changes; never longer than a datagram and a little more. */
export function mutate(bytes: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  let result = bytes;
  for (let left = random.between(1, 8); left > 0; left--) result = mutateOnce(result, random, others).subarray(0, longest);
  return Buffer.from(result);
}
