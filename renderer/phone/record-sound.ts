import { measureLoudness, speechLevel } from './sound-meter.ts';

/** What the microphone hears, until it is stopped. */
export interface SoundRecording {
  stop(): Promise<Blob>;
  /** Nothing is kept of it. */
  cancel(): void;
}

/** Null: there is no microphone to be had. `onLevel` is told how loud it is, 0 to 1, ten times a second. */
export async function recordSound(devices: MediaDevices | undefined, onLevel: (level: number) => void): Promise<SoundRecording | null> {
  const stream = await devices
    ?.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: true, autoGainControl: true }, video: false })
    .catch(() => null);
  if (!stream) return null;
  const endMeter = measureLoudness(stream, (loudness) => onLevel(speechLevel(loudness)));
  const recorder = new MediaRecorder(stream);
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  recorder.start(1_000);

  const end = () => {
    endMeter();
    for (const track of stream.getTracks()) track.stop();
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
