/** What the microphone hears, until it is stopped. */
export interface SoundRecording {
  stop(): Promise<Blob>;
  /** Nothing is kept of it. */
  cancel(): void;
}

const levelEveryMs = 100;

/** Null: there is no microphone to be had. `onLevel` is told how loud it is, 0 to 1, ten times a second. */
export async function recordSound(devices: MediaDevices | undefined, onLevel: (level: number) => void): Promise<SoundRecording | null> {
  const stream = await devices
    ?.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: true, autoGainControl: true }, video: false })
    .catch(() => null);
  if (!stream) return null;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const metering = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    // Speech is between 50 and 10 dB below full scale.
    onLevel(Math.min(1, Math.max(0, (10 * Math.log10(Math.max(power, 1e-10)) + 50) / 40)));
  }, levelEveryMs);
  const recorder = new MediaRecorder(stream);
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  recorder.start(1_000);

  const end = () => {
    clearInterval(metering);
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  };
  return {
    stop: () =>
      new Promise((resolve) => {
        recorder.onstop = () => {
          end();
          resolve(new Blob(pieces, { type: recorder.mimeType }));
        };
        recorder.stop();
      }),
    cancel() {
      recorder.onstop = null;
      recorder.stop();
      end();
    },
  };
}
