import { describe, expect, it } from 'vitest';
import { openMicrophone } from '../../../../renderer/phone/microphone.ts';

/** A track that remembers whether it is stopped, and can be pulled. */
class FakeTrack extends EventTarget {
  readonly kind = 'audio';
  readonly label: string;
  enabled = true;
  isStopped = false;
  constructor(label: string) {
    super();
    this.label = label;
  }
  stop(): void {
    this.isStopped = true;
  }
}

class FakeStream {
  readonly track: FakeTrack;
  constructor(label: string) {
    this.track = new FakeTrack(label);
  }
  getAudioTracks = () => [this.track];
  getTracks = () => [this.track];
  clone = () => new FakeStream(this.track.label);
}

/** Microphones by their ids; the first is the computer's choice. */
function computer(...plugged: string[]) {
  const opened: FakeStream[] = [];
  const told: string[] = [];
  const devices = {
    async getUserMedia({ audio }: { audio: { deviceId?: { exact: string } } }) {
      const label = audio.deviceId ? plugged.find((each) => each === audio.deviceId?.exact) : plugged[0];
      if (label === undefined) throw new DOMException('none', audio.deviceId ? 'OverconstrainedError' : 'NotFoundError');
      const stream = new FakeStream(label);
      opened.push(stream);
      return stream;
    },
  };
  const microphone = openMicrophone(devices as unknown as MediaDevices, (state, name) => told.push(name ? `${state} ${name}` : state));
  const calls: string[][] = [];
  return {
    ...{ plugged, opened, told, microphone, calls },
    /** A call, and the names of the microphones it was given one after the other. */
    async call() {
      const given: string[] = [];
      const streams: FakeStream[] = [];
      const voice = await microphone.forCall((stream) => {
        streams.push(stream as unknown as FakeStream);
        given.push((stream as unknown as FakeStream).track.label);
      });
      return { given, streams, voice, said: voice?.stream as unknown as FakeStream | undefined };
    },
    pull(label: string) {
      plugged.splice(plugged.indexOf(label), 1);
      opened.findLast(({ track }) => track.label === label && !track.isStopped)?.track.dispatchEvent(new Event('ended'));
    },
    use: (id: string, usual = plugged[0] ?? '') => microphone.use({ microphone: id, usualMicrophone: usual }),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the microphone', () => {
  it('is opened once, switched off, and each call has a part of its own, switched off too', async () => {
    const pc = computer('headset');
    await pc.microphone.open();
    const one = await pc.call();
    const other = await pc.call();
    expect(pc.opened.map(({ track }) => track.enabled)).toEqual([false]);
    expect(one.said).not.toBe(other.said);
    expect(one.said?.track.enabled).toBe(false);
    expect(pc.told).toEqual(['ready headset']);
  });

  it('that is pulled in a call gives way to what there is, in every call that is up, switched off until the call switches it', async () => {
    const pc = computer('headset', 'built-in');
    const one = await pc.call();
    const other = await pc.call();
    pc.pull('headset');
    await settled();
    expect([one.given, other.given]).toEqual([['built-in'], ['built-in']]);
    expect(one.streams[0]?.track.enabled).toBe(false);
    expect(pc.opened[0]?.track.isStopped).toBe(true);
    expect(pc.told).toEqual(['ready headset', 'ready built-in']);
  });

  it('is said to be missing when nothing is left, and comes into the call that waits for it when something is plugged in', async () => {
    const pc = computer('headset');
    const call = await pc.call();
    pc.pull('headset');
    await settled();
    expect(pc.told.at(-1)).toBe('missing');
    pc.plugged.push('another');
    pc.use('');
    await settled();
    expect(call.given).toEqual(['another']);
  });

  it('is another one when another is chosen, and the chosen one again when it is back', async () => {
    const pc = computer('built-in', 'headset');
    const call = await pc.call();
    pc.use('headset');
    await settled();
    pc.pull('headset');
    await settled();
    pc.use('');
    await settled();
    pc.plugged.push('headset');
    pc.use('headset');
    await settled();
    expect(call.given.at(0)).toBe('headset');
    expect(call.given.at(-1)).toBe('headset');
    expect(call.given).toContain('built-in');
    expect(pc.opened.filter(({ track }) => !track.isStopped)).toHaveLength(1);
  });

  it('follows the computer’s own choice where nothing was chosen, and only there', async () => {
    const pc = computer('built-in', 'headset');
    const call = await pc.call();
    pc.use('', 'built-in');
    pc.plugged.reverse();
    pc.use('', 'headset');
    await settled();
    expect(call.given).toEqual(['headset']);
    pc.use('headset', 'headset');
    await settled();
    pc.use('headset', 'built-in');
    await settled();
    expect(call.given).toEqual(['headset', 'headset']);
  });

  it('is not opened anew when its permission only gives it a name', async () => {
    const pc = computer('built-in');
    await pc.microphone.open();
    pc.use('', ' ');
    pc.use('', 'g1 Built-in');
    await settled();
    expect(pc.opened).toHaveLength(1);
  });

  it('chosen and not there, it is any other rather than none', async () => {
    const pc = computer('built-in');
    pc.use('headset');
    expect(await pc.microphone.open()).toBe(true);
    expect(pc.told).toEqual(['ready built-in']);
  });

  it('is not opened by a device that comes while nobody needs it, nor after it was stopped', async () => {
    const pc = computer('headset');
    pc.use('headset');
    await settled();
    expect(pc.opened).toEqual([]);
    await pc.call();
    pc.microphone.stop();
    pc.use('');
    pc.pull('headset');
    await settled();
    expect(pc.opened).toHaveLength(1);
    expect(pc.opened[0]?.track.isStopped).toBe(true);
  });

  it('gives nothing more to a call that has let go of it', async () => {
    const pc = computer('headset', 'built-in');
    const call = await pc.call();
    call.voice?.release();
    pc.pull('headset');
    await settled();
    expect(call.given).toEqual([]);
  });

  it('of two choices in one breath it is the last, and the other one is closed', async () => {
    const pc = computer('a', 'b', 'c');
    const call = await pc.call();
    pc.use('b');
    pc.use('c');
    await settled();
    expect(call.given).toEqual(['c']);
    expect(pc.opened.filter(({ track }) => !track.isStopped).map(({ track }) => track.label)).toEqual(['c']);
  });
});
