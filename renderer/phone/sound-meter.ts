const levelEveryMs = 100;

/** Ten times a second how loud a stream is: `rms` and `peak` in dB below full scale, so 0 is as loud as can be. */
export interface Loudness {
  readonly rms: number;
  readonly peak: number;
}

const quietest = 1e-5;
const decibels = (amplitude: number) => 20 * Math.log10(Math.max(amplitude, quietest));

/** Measures until the returned function is called. The stream stays its owner's. */
export function measureLoudness(stream: MediaStream, told: (loudness: Loudness) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const measuring = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    told({ rms: decibels(Math.sqrt(power)), peak: decibels(peak) });
  }, levelEveryMs);
  return () => {
    clearInterval(measuring);
    void context.close();
  };
}

/** 0 to 1 over what speech is: between 50 and 10 dB below full scale. */
export const speechLevel = ({ rms }: Loudness): number => Math.min(1, Math.max(0, (rms + 50) / 40));
