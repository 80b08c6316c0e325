/** The microphone, opened ahead of the first call and kept open with its track switched off. */
export interface Microphone {
  /** Opens it if need be; false when there is none to be had. */
  open(): Promise<boolean>;
  /** A stream of one call's own, switched off; whoever asks stops it. Null when there is no microphone. */
  forCall(): Promise<MediaStream | null>;
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
        stopTracks(stream);
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
    open: async () => (await stream()) !== null,
    async forCall() {
      // A call that rings beside one that talks must not share its switch.
      const own = (await stream())?.clone() ?? null;
      if (own) switchTracks(own, false);
      return own;
    },
    stop() {
      isStopped = true;
      devices?.removeEventListener('devicechange', reopen);
      void open?.then((current) => {
        if (current) stopTracks(current);
      });
      open = null;
    },
  };
}

/** What a track that is off sends is silence. */
export function switchTracks(stream: MediaStream, isOn: boolean): void {
  for (const track of stream.getAudioTracks()) track.enabled = isOn;
}

export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
