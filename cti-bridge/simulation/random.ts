/**
 * Chance that can be had again. Each purpose has a stream of its own, named in words (`arrivals billing`, `offer 17 2`): so two
 * configurations meet the very same customers, and what one of them draws more of shifts nothing else (common random numbers).
 * Generator: sfc32 by C. Doty-Humphrey (PractRand), its state mixed from the name. Never for secrets.
 */
export interface Random {
  /** Between 0 and 1, never either. */
  next(): number;
}

export function randomStream(seed: number, ...purpose: readonly (string | number)[]): Random {
  let [a, b, c] = mixed(`${seed}/${purpose.join('/')}`);
  let counter = 1;
  const next32 = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next32();
  // 52 bits and a half: an exponential tail needs more than 32 bits can say.
  return { next: () => ((next32() >>> 6) * 67_108_864 + (next32() >>> 6) + 0.5) / 4_503_599_627_370_496 };
}

/** Three words of 32 bits from a text, each bit of which changes half of theirs (finaliser of MurmurHash3, A. Appleby). */
function mixed(text: string): [number, number, number] {
  const words: [number, number, number] = [0x9e3779b9, 0x243f6a88, 0xb7e15162];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    words[0] = Math.imul(words[0] ^ code, 0x01000193);
    words[1] = Math.imul(words[1] ^ code, 0x85ebca6b) ^ (words[0] >>> 15);
    words[2] = Math.imul(words[2] ^ code, 0xc2b2ae35) ^ (words[1] >>> 13);
  }
  const finish = (word: number) => {
    let mix = word;
    mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
    mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
    return mix ^ (mix >>> 16);
  };
  return [finish(words[0]), finish(words[1]), finish(words[2])];
}
