/** What a prompt is sent with: twice what a telephone carries, so that the bridge has something to filter. */
const rate = 16_000;

/** A sound of any kind that this browser can read, as WAV of 16 bit in one channel; null where it can read none. */
export async function wavOf(sound: Blob): Promise<{ readonly wav: Blob; readonly seconds: number } | null> {
  const decoded = await new OfflineAudioContext(1, 1, rate).decodeAudioData(await sound.arrayBuffer()).catch(() => null);
  if (!decoded || decoded.length === 0) return null;
  const channels = Array.from({ length: decoded.numberOfChannels }, (_, channel) => decoded.getChannelData(channel));
  return { wav: new Blob([wavBytes(mixedDown(channels))], { type: 'audio/wav' }), seconds: decoded.length / rate };
}

/** Samples between -1 and 1 of several channels as those of one. */
export function mixedDown(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array()] = channels;
  if (channels.length <= 1) return first;
  return first.map((_, at) => channels.reduce((sum, samples) => sum + (samples[at] ?? 0), 0) / channels.length);
}

/** RIFF/WAVE with 16-bit PCM (format 1). */
export function wavBytes(samples: Float32Array): ArrayBuffer {
  const bytes = new ArrayBuffer(44 + samples.length * 2);
  const view = new DataView(bytes);
  const write = (at: number, text: string) => {
    for (let i = 0; i < text.length; i++) view.setUint8(at + i, text.charCodeAt(i));
  };
  write(0, 'RIFF');
  view.setUint32(4, bytes.byteLength - 8, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  let at = 44;
  for (const sample of samples) {
    view.setInt16(at, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true);
    at += 2;
  }
  return bytes;
}
