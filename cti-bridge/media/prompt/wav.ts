import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';
import { decodeG711, sampleRate } from '../codec/g711.ts';

export interface Wav {
  readonly rate: number;
  readonly channels: number;
  /** Interleaved when there are several channels. */
  readonly samples: Int16Array;
}

/** Reads RIFF/WAVE with 16-bit PCM (format 1), A-law (6) or mu-law (7). Chunks it does not know are skipped. */
export function readWav(bytes: Buffer): Result<Wav, string> {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    return err('not a RIFF/WAVE file');
  let format: { code: number; channels: number; rate: number; bits: number } | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + size));
    if (name === 'fmt ') {
      if (body.length < 16) return err('format chunk is too short');
      const code = body.readUInt16LE(0);
      // WAVE_FORMAT_EXTENSIBLE keeps the real format in its sub-format's first two bytes.
      const real = code === 0xfffe && body.length >= 26 ? body.readUInt16LE(24) : code;
      format = { code: real, channels: body.readUInt16LE(2), rate: body.readUInt32LE(4), bits: body.readUInt16LE(14) };
    } else if (name === 'data') {
      if (!format) return err('data before format');
      const samples = readSamples(format, body);
      return samples
        ? ok({ rate: format.rate, channels: format.channels, samples })
        : err(`unsupported format ${format.code} with ${format.bits} bits`);
    }
    at += 8 + size + (size & 1);
  }
  return err('no data chunk');
}

function readSamples(format: { code: number; bits: number }, body: Buffer): Int16Array | null {
  if (format.code === 6) return decodeG711('PCMA', body);
  if (format.code === 7) return decodeG711('PCMU', body);
  if (format.code !== 1 || format.bits !== 16) return null;
  const samples = new Int16Array(body.length >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = body.readInt16LE(i * 2);
  return samples;
}

/** A 16-bit PCM file. */
export function writeWav(samples: Int16Array, rate: number = sampleRate, channels = 1): Buffer {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * channels * 2, 28);
  bytes.writeUInt16LE(channels * 2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples.length * 2, 40);
  for (let i = 0; i < samples.length; i++) bytes.writeInt16LE(samples[i] ?? 0, 44 + i * 2);
  return bytes;
}
