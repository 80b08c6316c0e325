import type { SoundUse } from './sound-devices.ts';

/** The microphone, opened ahead of the first call and kept open with its track switched off. */
export interface Microphone {
  /** Opens it if need be; false when there is none to be had. */
  open(): Promise<boolean>;
  /** From now on this one, where it is open; calls that are up move along. */
  use(source: MicrophoneSource): void;
  /**
   * A stream of one call's own, switched off; null when there is no microphone. `replaced` gets another in its place, switched off too, when
   * the microphone is another: it was pulled, plugged in or chosen.
   */
  forCall(replaced: (voice: MediaStream) => void): Promise<CallVoice | null>;
  stop(): void;
}

/** What one call has of the microphone, until it is released. */
export interface CallVoice {
  readonly stream: MediaStream;
  release(): void;
}

export type MicrophoneState = 'ready' | 'blocked' | 'missing';
export type MicrophoneSource = Pick<SoundUse, 'microphone' | 'usualMicrophone'>;

const constraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true } satisfies MediaTrackConstraints;

/** `changed` is told with the name of the device that hears the agent. */
export function openMicrophone(
  devices: MediaDevices | undefined,
  changed: (state: MicrophoneState, name: string | null) => void,
): Microphone {
  let source: MicrophoneSource = { microphone: '', usualMicrophone: '' };
  let open: Promise<MediaStream | null> | null = null;
  let held: MediaStream | null = null;
  let isWanted = false;
  let isStopped = false;
  const calls = new Set<(voice: MediaStream) => void>();

  async function ask(from: MediaDevices): Promise<MediaStream> {
    const { microphone } = source;
    if (microphone !== '') {
      const chosen = { audio: { ...constraints, deviceId: { exact: microphone } }, video: false };
      const stream = await from.getUserMedia(chosen).catch(() => null);
      if (stream) return stream;
      // It was pulled a moment ago, or another program has it for itself: any microphone is better than none.
    }
    return from.getUserMedia({ audio: constraints, video: false });
  }

  function take(stream: MediaStream): void {
    const before = held;
    held = stream;
    for (const track of stream.getAudioTracks()) {
      track.enabled = false;
      // It was pulled.
      track.addEventListener('ended', () => {
        if (held === stream) reopen();
      });
    }
    for (const replaced of calls) replaced(voiceOf(stream));
    if (before) stopTracks(before);
    changed('ready', stream.getAudioTracks()[0]?.label ?? null);
  }

  /** Null also when another attempt has taken its place. */
  async function acquire(isCurrent: () => boolean): Promise<MediaStream | null> {
    // `mediaDevices` is missing on pages that are neither https nor loopback.
    if (!devices) {
      changed('blocked', null);
      return null;
    }
    try {
      const stream = await ask(devices);
      if (isCurrent()) {
        take(stream);
        return stream;
      }
      stopTracks(stream);
    } catch (error) {
      if (!isCurrent()) return null;
      changed(error instanceof DOMException && error.name === 'NotFoundError' ? 'missing' : 'blocked', null);
      open = null;
    }
    return null;
  }

  function begin(): Promise<MediaStream | null> {
    const attempt: Promise<MediaStream | null> = acquire(() => open === attempt && !isStopped);
    open = attempt;
    return attempt;
  }
  function reopen(): void {
    if (isWanted && !isStopped) void begin();
  }

  async function stream(): Promise<MediaStream | null> {
    isWanted = true;
    for (;;) {
      const attempt = open ?? begin();
      const opened = await attempt;
      if (open === attempt || open === null) return opened;
    }
  }

  return {
    open: async () => (await stream()) !== null,
    use(next) {
      const isOther = next.microphone !== source.microphone || (next.microphone === '' && next.usualMicrophone !== source.usualMicrophone);
      // Before the microphone is allowed, devices have no names, and the same one gets one then.
      const isNamed = source.usualMicrophone.trim() !== '' || source.microphone !== '';
      source = next;
      if ((isOther && (isNamed || next.microphone !== '')) || open === null) reopen();
    },
    async forCall(replaced) {
      const opened = await stream();
      if (!opened || isStopped) return null;
      calls.add(replaced);
      return { stream: voiceOf(opened), release: () => calls.delete(replaced) };
    },
    stop() {
      isStopped = true;
      calls.clear();
      if (held) stopTracks(held);
      held = null;
      open = null;
    },
  };
}

/** A call that rings beside one that talks must not share its switch. */
function voiceOf(stream: MediaStream): MediaStream {
  const own = stream.clone();
  switchTracks(own, false);
  return own;
}

/** What a track that is off sends is silence. */
export function switchTracks(stream: MediaStream, isOn: boolean): void {
  for (const track of stream.getAudioTracks()) track.enabled = isOn;
}

export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
