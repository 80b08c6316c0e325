import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BridgeSocket } from '../../../../renderer/bridge/bridge.ts';
import { type Bridge, type BridgeListener, connectBridge } from '../../../../renderer/bridge/index.ts';
import type { Push, Snapshot } from '../../../../shared/contracts/bridge-events.ts';
import type { Ack } from '../../../../shared/contracts/errors.ts';
import { emptySnapshot } from '../../../support/ui-stage/scripted-bridge.ts';

/** A socket in memory: the test plays the bridge at its other end. */
class FakeSocket {
  connected = false;
  active = true;
  readonly commands: { name: string; answer: (ack: Ack<unknown>) => void }[] = [];
  readonly #listeners = new Map<string, (argument?: unknown) => void>();
  io = { engine: { close: () => this.drop('transport close') } };
  probes: ((error: unknown, serverTime: number) => void)[] = [];

  on(name: string, listener: (argument?: unknown) => void) {
    this.#listeners.set(name, listener);
    return this;
  }
  timeout(ms: number) {
    return {
      emit: (_name: string, answer: (error: unknown, serverTime: number) => void) => {
        const late = setTimeout(() => answer(new Error('late'), 0), ms);
        this.probes.push((error, serverTime) => {
          clearTimeout(late);
          answer(error, serverTime);
        });
      },
      emitWithAck: (_event: string, name: string) =>
        new Promise<Ack<unknown>>((answer, reject) => {
          this.commands.push({ name, answer });
          setTimeout(() => reject(new Error('late')), ms);
        }),
    };
  }
  connects = 0;
  connect() {
    this.connects++;
  }
  /** Whose doing it was is told, as socket.io does. */
  disconnect() {
    if (this.connected) this.drop('io client disconnect');
  }
  tell(name: string, argument?: unknown) {
    this.#listeners.get(name)?.(argument);
  }
  open() {
    this.connected = true;
    this.tell('connect');
  }
  drop(reason: string) {
    this.connected = false;
    this.tell('disconnect', reason);
  }
}

const snapshot = (seq: number): Snapshot => ({ ...emptySnapshot(1_000), seq });
const assigned = (seq: number): Push => ({
  seq,
  name: 'call:quality',
  payload: { interactionId: 'i', lossPercent: 0, jitterMs: seq, bars: 4 },
});

const silence: BridgeListener = {
  connecting: () => undefined,
  connected: () => undefined,
  lost: () => undefined,
  probed: () => undefined,
  snapshot: () => undefined,
  push: () => undefined,
  ended: () => undefined,
};

describe('the line to the bridge', () => {
  let socket: FakeSocket;
  let bridge: Bridge;
  let heard: string[];
  let reported: Record<string, unknown>[];
  const settle = () => vi.advanceTimersByTimeAsync(0);

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000 });
    socket = new FakeSocket();
    heard = [];
    reported = [];
    bridge = connectBridge({
      url: 'http://127.0.0.1',
      openSocket: () => socket as unknown as BridgeSocket,
      report: (event, facts) => reported.push({ event, ...facts }),
    });
    bridge.connect('token', {
      connecting: () => heard.push('connecting'),
      connected: () => heard.push('connected'),
      lost: () => heard.push('lost'),
      probed: (roundTripMs) => heard.push(`probed ${Math.round(roundTripMs)}`),
      snapshot: ({ seq }) => heard.push(`snapshot ${seq}`),
      push: ({ seq }) => heard.push(`push ${seq}`),
      ended: (why) => heard.push(`ended ${why}`),
    });
  });
  afterEach(() => {
    bridge.disconnect();
    vi.useRealTimers();
  });

  async function resumed(seq: number) {
    socket.open();
    socket.commands.at(-1)?.answer({ ok: true, value: snapshot(seq) });
    await settle();
  }

  it('begins every connection with session:resume and hands on what comes after the snapshot', async () => {
    socket.open();
    expect(socket.commands.map(({ name }) => name)).toEqual(['session:resume']);
    socket.tell('push', assigned(5));
    socket.commands[0]?.answer({ ok: true, value: snapshot(4) });
    await settle();
    socket.tell('push', assigned(6));
    expect(heard).toEqual(['connecting', 'snapshot 4', 'push 5', 'connected', 'push 6']);
  });

  it('resumes when it sees a gap', async () => {
    await resumed(4);
    socket.tell('push', assigned(7));
    expect(socket.commands).toHaveLength(2);
    socket.commands[1]?.answer({ ok: true, value: snapshot(7) });
    await settle();
    expect(heard).not.toContain('push 7');
    expect(heard.at(-2)).toBe('snapshot 7');
  });

  describe('refuses an event it cannot read, with a line about it and a snapshot', () => {
    const resumes = () => socket.commands.filter(({ name }) => name === 'session:resume').length;
    const answer = async (seq: number) => {
      socket.commands.at(-1)?.answer({ ok: true, value: snapshot(seq) });
      await settle();
    };

    it.each([
      ['whose content does not fit', { seq: 5, name: 'call:quality', payload: { interactionId: 'Mrs Lenz' } }, 'call:quality', 'malformed'],
      ['of a name it does not know', { seq: 5, name: 'moon:risen', payload: {} }, 'moon:risen', 'unknown'],
      ['of a name that every object has', { seq: 5, name: 'toString', payload: {} }, 'toString', 'unknown'],
      ['whose name would write into the log', { seq: 5, name: 'a\n{"event":"b"}', payload: {} }, 'a??', 'unknown'],
      ['without a number', { name: 'call:quality', payload: {} }, '', 'no envelope'],
      ['that is no object', 'Mrs Lenz', '', 'no envelope'],
      ['that is nothing', null, '', 'no envelope'],
    ])('%s', async (_, raw, name, why) => {
      await resumed(4);
      socket.tell('push', raw);
      expect(reported).toEqual([expect.objectContaining({ event: 'push:refused', why, name: expect.stringContaining(name) })]);
      expect(JSON.stringify(reported)).not.toContain('Lenz');
      expect(resumes()).toBe(2);
      await answer(5);
      socket.tell('push', assigned(6));
      expect(heard.at(-1)).toBe('push 6');
    });

    it('once for each kind it does not know, which is no gap in the order', async () => {
      await resumed(4);
      socket.tell('push', { seq: 5, name: 'moon:risen', payload: {} });
      await answer(5);
      socket.tell('push', { seq: 6, name: 'moon:risen', payload: {} });
      socket.tell('push', assigned(7));
      expect(heard.at(-1)).toBe('push 7');
      await vi.advanceTimersByTimeAsync(3_000);
      expect([resumes(), reported.length]).toEqual([2, 2]);
    });

    it('also when it came behind the snapshot that was on its way', async () => {
      socket.open();
      socket.tell('push', { seq: 5, name: 'call:quality', payload: null });
      await answer(4);
      expect(resumes()).toBe(1);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(resumes()).toBe(2);
    });

    it('at most once a second, and once more after the last, however many come', async () => {
      await resumed(4);
      for (let seq = 5; seq < 1_005; seq += 1) {
        socket.tell('push', { seq, name: 'call:quality', payload: null });
        if (seq === 5) await answer(5);
      }
      expect(resumes()).toBe(2);
      await vi.advanceTimersByTimeAsync(999);
      expect(resumes()).toBe(2);
      await vi.advanceTimersByTimeAsync(1);
      expect(resumes()).toBe(3);
      await answer(1_004);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(resumes()).toBe(3);
    });
  });

  it('resumes when the organisation was set up anew, so that names, reasons and rights are those of now', async () => {
    await resumed(4);
    socket.tell('push', { seq: 5, name: 'organisation:changed', payload: { at: 1 } });
    expect(socket.commands.map(({ name }) => name)).toEqual(['session:resume', 'session:resume']);
  });

  it('resumes again after the line was lost', async () => {
    await resumed(4);
    socket.drop('transport close');
    expect(heard.at(-1)).toBe('lost');
    await resumed(9);
    expect(heard.slice(-2)).toEqual(['snapshot 9', 'connected']);
  });

  it('says goodbye before the computer sleeps, and comes back when it wakes, or by itself when it stayed awake', async () => {
    await resumed(1);
    const { connects } = socket;
    bridge.sleep();
    expect([socket.connected, heard.at(-1), socket.connects]).toEqual([false, 'lost', connects]);
    bridge.wake();
    expect(socket.connects).toBe(connects + 1);
    socket.open();
    bridge.sleep();
    await vi.advanceTimersByTimeAsync(9_999);
    expect(socket.connects).toBe(connects + 1);
    await vi.advanceTimersByTimeAsync(1);
    expect(socket.connects).toBe(connects + 2);
  });

  it('posts what is too large for the socket with the bearer, and reads the answer of either kind', async () => {
    const posted: { url: string; init: RequestInit }[] = [];
    const answers: (() => Response)[] = [
      () => Response.json({ ok: true, value: { problems: [], changes: [] } }),
      () => Response.json({ ok: false, error: { code: 'too_large', message: 'More than this takes.' } }, { status: 413 }),
      () => new Response('a page of something in between', { status: 502 }),
      () => {
        throw new TypeError('fetch failed');
      },
    ];
    const line = connectBridge({
      url: 'http://127.0.0.1',
      openSocket: () => socket as unknown as BridgeSocket,
      fetch: async (url, init = {}) => {
        posted.push({ url: String(url), init });
        return answers.shift()?.() ?? Response.error();
      },
    });
    const check = () => line.upload('configuration:check', { configuration: { version: 1 } });
    expect(await check()).toMatchObject({ ok: false, error: { code: 'offline' } });
    line.connect('bearer-1', silence);
    expect(await check()).toEqual({ ok: true, value: { problems: [], changes: [] } });
    expect(await check()).toMatchObject({ ok: false, error: { code: 'too_large' } });
    expect(await check()).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(await check()).toMatchObject({ ok: false, error: { code: 'offline' } });
    expect(posted).toHaveLength(4);
    expect(posted[0]).toMatchObject({
      url: 'http://127.0.0.1/api/configuration/check',
      init: { method: 'POST', headers: { authorization: 'Bearer bearer-1' }, body: '{"configuration":{"version":1}}' },
    });
    line.disconnect();
    expect(await check()).toMatchObject({ ok: false, error: { code: 'offline' } });
  });

  it('ends every command: offline at once, without an answer after its limit', async () => {
    expect(await bridge.command('call:hold', { interactionId: 'i' })).toMatchObject({ ok: false, error: { code: 'offline' } });
    await resumed(1);
    const late = bridge.command('call:hold', { interactionId: 'i' });
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await late).toMatchObject({ ok: false, error: { code: 'no_answer' } });
  });

  it('hands on a refusal as it is, and refuses an answer it cannot read', async () => {
    await resumed(1);
    const refused = bridge.command('call:hold', { interactionId: 'i' });
    socket.commands.at(-1)?.answer({ ok: false, error: { code: 'conflict', message: 'gone' } });
    expect(await refused).toMatchObject({ ok: false, error: { code: 'conflict' } });
    const nonsense = bridge.command('call:hold', { interactionId: 'i' });
    socket.commands.at(-1)?.answer({ ok: true, value: { nonsense: true } });
    expect(await nonsense).toMatchObject({ ok: false, error: { code: 'internal' } });
  });

  it('stops for good when another desktop took over, or the session is over', async () => {
    await resumed(1);
    socket.tell('push', { seq: 2, name: 'session:replaced', payload: { at: 5 } });
    expect(heard.at(-1)).toBe('ended session_replaced');
    expect(socket.connected).toBe(false);
  });

  it('is told by the handshake that the session is over', () => {
    socket.tell('connect_error', Object.assign(new Error('unauthorized'), { data: { code: 'unauthorized', message: '' } }));
    expect(heard.at(-1)).toBe('ended unauthorized');
  });

  it('notices a dead line by two probes without an answer, nine seconds after the last one that had an answer', async () => {
    await resumed(1);
    socket.probes.at(-1)?.(null, 1_000);
    await vi.advanceTimersByTimeAsync(8_999);
    expect(heard).not.toContain('lost');
    await vi.advanceTimersByTimeAsync(1);
    expect(heard).toContain('lost');
  });

  it('opens a line anew that says no word for a second after waking, and leaves one alone that does', async () => {
    await resumed(1);
    const { connects } = socket;
    bridge.wake();
    socket.probes.at(-1)?.(null, 1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([heard.includes('lost'), socket.connects]).toEqual([false, connects]);
    bridge.wake();
    await vi.advanceTimersByTimeAsync(1_000);
    expect([heard.at(-1), socket.connects]).toEqual(['lost', connects + 1]);
  });

  it('gives up an attempt that hangs when it is woken, and begins another at once', async () => {
    await resumed(1);
    socket.drop('ping timeout');
    const did: string[] = [];
    socket.disconnect = () => void did.push('given up');
    socket.connect = () => void did.push('begun');
    bridge.wake();
    expect(did).toEqual(['given up', 'begun']);
  });
});
