import { type Law, sampleRate } from '../codec/g711.ts';

/**
 * Recordings are G.711 in WAV, two channels: half the size of 16-bit PCM (58 MB an hour), and no loss beyond what the line has taken
 * already, for the customer's own law is kept. Browsers and players read it.
 *
 *     RIFF size WAVE | 'fmt ' 18: law, 2 channels, 8000 Hz, 8 bits | 'fact' 4: samples of a channel | 'data' size | left right left right ...
 */
export const headerBytes = 58;
export const channels = 2;

const formatCodes = { PCMA: 6, PCMU: 7 } as const;

/** The header of a file with so many bytes of sound. */
export function writeRecordingHeader(law: Law, dataBytes: number): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(18, 16);
  bytes.writeUInt16LE(formatCodes[law], 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * channels, 28);
  bytes.writeUInt16LE(channels, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write('fact', 38, 'latin1');
  bytes.writeUInt32LE(4, 42);
  bytes.writeUInt32LE(dataBytes / channels, 46);
  bytes.write('data', 50, 'latin1');
  bytes.writeUInt32LE(dataBytes, 54);
  return bytes;
}

/** What a file of ours says of itself; null when it is not one that `writeRecordingHeader` began. */
export function readRecordingHeader(bytes: Buffer): { readonly law: Law; readonly dataBytes: number } | null {
  if (bytes.length < headerBytes) return null;
  const dataBytes = bytes.readUInt32LE(54);
  for (const law of ['PCMA', 'PCMU'] as const) {
    if (bytes.subarray(0, headerBytes).equals(writeRecordingHeader(law, dataBytes))) return { law, dataBytes };
  }
  return null;
}
