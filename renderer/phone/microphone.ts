/** The microphone, opened ahead of the first call and kept open with its track switched off. */
export interface Microphone {
  /** The open stream; opens it if need be. Null when there is none to be had. */
  stream(): Promise<MediaStream | null>;
  /** After a call nothing may be heard any more. */
  silence(): void;
  stop(): void;
}

export type MicrophoneState = 'ready' | 'blocked' | 'missing';

const constraints: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  video: false,
};

export function openMicrophone(devices: MediaDevices | undefined, changed: (state: MicrophoneState) => void): Microphone {
  let open: Promise<MediaStream | null> | null = null;
  let isStopped = false;

  async function acquire(): Promise<MediaStream | null> {
    // `mediaDevices` is missing on pages that are neither https nor loopback.
    if (!devices) {
      changed('blocked');
      return null;
    }
    try {
      const stream = await devices.getUserMedia(constraints);
      if (isStopped) {
        for (const track of stream.getTracks()) track.stop();
        return null;
      }
      for (const track of stream.getAudioTracks()) {
        track.enabled = false;
        // The headset was pulled: the next call, or the next device, opens another.
        track.addEventListener('ended', () => {
          open = null;
        });
      }
      changed('ready');
      return stream;
    } catch (error) {
      changed(error instanceof DOMException && error.name === 'NotFoundError' ? 'missing' : 'blocked');
      open = null;
      return null;
    }
  }

  const stream = () => {
    open ??= acquire();
    return open;
  };
  const reopen = () => {
    if (open === null && !isStopped) void stream();
  };
  devices?.addEventListener('devicechange', reopen);

  return {
    stream,
    silence() {
      void open?.then((current) => {
        for (const track of current?.getAudioTracks() ?? []) track.enabled = false;
      });
    },
    stop() {
      isStopped = true;
      devices?.removeEventListener('devicechange', reopen);
      void open?.then((current) => {
        for (const track of current?.getTracks() ?? []) track.stop();
      });
      open = null;
    },
  };
}
