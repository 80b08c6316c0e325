/** ITU-T G.711: 64 kbit/s speech, one byte a sample at 8 kHz. Linear samples here are 16 bit. */
export type Law = 'PCMU' | 'PCMA';

/** Samples in 20 ms at 8 kHz: the frame everything on this floor moves in. */
export const frameSamples = 160;
export const frameMs = 20;
export const sampleRate = 8000;

/** One mu-law byte of a 16-bit sample (G.711 table 2a: sign, three bits of segment, four of step, all inverted). */
export function linearToMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32635) + 132;
  const segment = 24 - Math.clz32(magnitude);
  return ~(sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f)) & 0xff;
}

export function muLawToLinear(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + 132) << ((code & 0x70) >> 4)) - 132;
  return code & 0x80 ? 0 - magnitude : magnitude;
}

/** One A-law byte of a 16-bit sample (G.711 table 1a: even bits inverted). */
export function linearToALaw(sample: number): number {
  const mask = sample >= 0 ? 0xd5 : 0x55;
  const magnitude = Math.min(sample >= 0 ? sample >> 3 : -(sample >> 3) - 1, 0xfff);
  const segment = Math.max(0, 27 - Math.clz32(magnitude));
  return ((segment << 4) | ((magnitude >> (segment < 2 ? 1 : segment)) & 0x0f)) ^ mask;
}

export function aLawToLinear(byte: number): number {
  const code = byte ^ 0x55;
  const segment = (code & 0x70) >> 4;
  const step = (code & 0x0f) << 4;
  const magnitude = segment === 0 ? step + 8 : (step + 0x108) << (segment - 1);
  return code & 0x80 ? magnitude : -magnitude;
}

// Tables: mu-law keeps 14 bits of a sample, A-law 13, so one entry stands for 4 or 8 neighbouring samples.
const muEncode = Uint8Array.from({ length: 1 << 14 }, (_, index) => linearToMuLaw((index << 18) >> 16));
const aEncode = Uint8Array.from({ length: 1 << 13 }, (_, index) => linearToALaw((index << 19) >> 16));
const muDecode = Int16Array.from({ length: 256 }, (_, byte) => muLawToLinear(byte));
const aDecode = Int16Array.from({ length: 256 }, (_, byte) => aLawToLinear(byte));

export function encodeG711(law: Law, samples: Int16Array): Buffer {
  const bytes = Buffer.allocUnsafe(samples.length);
  if (law === 'PCMU') for (let i = 0; i < samples.length; i++) bytes[i] = muEncode[((samples[i] ?? 0) >> 2) & 0x3fff] ?? 0xff;
  else for (let i = 0; i < samples.length; i++) bytes[i] = aEncode[((samples[i] ?? 0) >> 3) & 0x1fff] ?? 0xd5;
  return bytes;
}

export function decodeG711(law: Law, bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(bytes.length);
  decodeG711Into(law, bytes, 0, bytes.length, samples, 0);
  return samples;
}

/** Bytes `from` to `to`, as samples in `target` from `at` on. */
export function decodeG711Into(law: Law, bytes: Uint8Array, from: number, to: number, target: Int16Array, at: number): void {
  const table = law === 'PCMU' ? muDecode : aDecode;
  for (let i = from, into = at; i < to; i++, into++) target[into] = table[bytes[i] as number] as number;
}

/** The loudest sample, without its sign. */
export function peakG711(law: Law, bytes: Uint8Array): number {
  const table = law === 'PCMU' ? muDecode : aDecode;
  let peak = 0;
  for (let i = 0; i < bytes.length; i++) {
    const sample = table[bytes[i] as number] as number;
    const level = sample < 0 ? -sample : sample;
    if (level > peak) peak = level;
  }
  return peak;
}

const muToA = Uint8Array.from(muDecode, (sample) => linearToALaw(sample));
const aToMu = Uint8Array.from(aDecode, (sample) => linearToMuLaw(sample));

/** The same sound in the other law; the bytes themselves where it is the same law. */
export function translateG711(from: Law, to: Law, bytes: Uint8Array): Uint8Array {
  if (from === to) return bytes;
  const table = from === 'PCMU' ? muToA : aToMu;
  const translated = Buffer.allocUnsafe(bytes.length);
  for (let i = 0; i < bytes.length; i++) translated[i] = table[bytes[i] as number] as number;
  return translated;
}
