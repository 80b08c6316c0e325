import { describe, expect, it } from 'vitest';
import { pushExamples } from '../../contract/wire-examples.ts';
import { agentIdOf, connectDesktop, openApi } from './api-house.ts';

const ana = agentIdOf('ana');

describe('resuming a session', () => {
  it('answers with the whole screen and marks the desktop connected', async () => {
    const house = await openApi();
    const desktop = await house.openDesktop('ana');
    expect(house.desktops.isConnected(ana)).toBe(false);
    const answer = await desktop.resume();
    expect(answer).toMatchObject({
      ok: true,
      value: { seq: 0, user: { userId: 'user-ana', role: 'agent' }, agent: { agentId: 'agent-1' } },
    });
    expect(house.desk.presence).toEqual([`${ana} connected`]);
    expect(house.desktops.isConnected(ana)).toBe(true);
  });

  it('tells the phone of an agent the way of its sound, and nobody without one', async () => {
    const relay = { urls: ['turn:127.0.0.1:3478'], secret: 'north', lifeSeconds: 3_600, relayOnly: true };
    const house = await openApi({ relay });
    const answers = [await (await house.openDesktop('ana')).resume(), await (await house.openDesktop('sora')).resume()];
    expect(answers).toMatchObject([
      { ok: true, value: { soundPath: { iceServers: [{ urls: relay.urls }], iceTransportPolicy: 'relay' } } },
      { ok: true, value: { soundPath: null } },
    ]);
    expect(JSON.stringify(answers)).not.toContain('north');
  });

  it('holds what happens while the snapshot is built and delivers it right after the answer, numbered without a gap', async () => {
    const house = await openApi();
    const desktop = await house.openDesktop('ana');
    house.desktops.push(ana, 'agent:changed', pushExamples['agent:changed']); // before the resume: not sent, the snapshot has it
    house.desk.onSnapshot = async (snapshot) => {
      house.desktops.push(ana, 'reservation:offered', pushExamples['reservation:offered']);
      await new Promise((resolve) => setImmediate(resolve));
      house.desktops.push(ana, 'reservation:ended', pushExamples['reservation:ended']);
      return snapshot;
    };
    const order: string[] = [];
    desktop.socket.on('push', (push) => order.push(`${push.seq} ${push.name}`));
    desktop.socket.emit('command', 'session:resume', { lastSeq: 0 }, (ack: { value: { seq: number } }) =>
      order.push(`snapshot ${ack.value.seq}`),
    );
    await desktop.until(() => desktop.pushes.length === 2);
    house.desktops.push(ana, 'queue:changed', pushExamples['queue:changed']);
    await desktop.until(() => desktop.pushes.length === 3);
    expect(order).toEqual(['snapshot 0', '1 reservation:offered', '2 reservation:ended', '3 queue:changed']);
  });

  it('goes on counting on the next socket of the same session', async () => {
    const house = await openApi();
    const { token } = await house.logIn('ana');
    const first = await connectDesktop(house.url, token);
    await first.resume();
    house.desktops.push(ana, 'queue:changed', pushExamples['queue:changed']);
    await first.until(() => first.pushes.length === 1);
    const second = await connectDesktop(house.url, token);
    expect(await first.ended).toBe('io server disconnect');
    expect(first.pushes.map((push) => push.name)).toEqual(['queue:changed', 'session:replaced']);
    expect(await second.resume()).toMatchObject({ ok: true, value: { seq: 2 } });
    house.desktops.push(ana, 'queue:changed', pushExamples['queue:changed']);
    await second.until(() => second.pushes.length === 1);
    expect(second.pushes[0]?.seq).toBe(3);
    expect(house.desk.presence).toEqual([`${ana} connected`]);
  });

  it('answers a failing snapshot as an error, stays unconnected, and succeeds at the next attempt', async () => {
    const house = await openApi();
    const desktop = await house.openDesktop('ana');
    house.desk.onSnapshot = async () => {
      throw new Error('the disk is away');
    };
    expect(await desktop.resume()).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(house.desktops.isConnected(ana)).toBe(false);
    house.desk.onSnapshot = async (snapshot) => snapshot;
    expect(await desktop.resume()).toMatchObject({ ok: true });
    expect(house.desktops.isConnected(ana)).toBe(true);
  });

  it('must come before any other command', async () => {
    const house = await openApi();
    const desktop = await house.openDesktop('ana');
    expect(await desktop.command('call:end', { interactionId: 'i' })).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    expect(house.desk.asked).toEqual([]);
  });
});

describe('the end of a desktop', () => {
  it('is told to the desk at once when the socket is lost', async () => {
    const house = await openApi();
    const desktop = await house.openDesktop('ana');
    await desktop.resume();
    const gone = new Promise<void>((resolve) => {
      house.desk.desktopGone = (agentId, why) => {
        house.desk.presence.push(`${agentId} gone: ${why}`);
        resolve();
      };
    });
    desktop.socket.disconnect();
    await gone;
    expect(house.desk.presence).toEqual([`${ana} connected`, `${ana} gone: connectionLost`]);
    expect(house.desktops.isConnected(ana)).toBe(false);
  });

  it('by a log-in elsewhere is told to the old desktop, which is closed', async () => {
    const house = await openApi();
    const old = await house.openDesktop('ana');
    await old.resume();
    const { token } = await house.logIn('ana', true);
    expect(await old.ended).toBe('io server disconnect');
    expect(old.pushes.map((push) => push.name)).toEqual(['session:replaced']);
    expect(house.desk.presence).toEqual([`${ana} connected`, `${ana} gone: replaced`]);
    const fresh = await connectDesktop(house.url, token);
    await fresh.resume();
    expect(house.desktops.isConnected(ana)).toBe(true);
  });

  it('by a log-in elsewhere while it slept is told when it comes back', async () => {
    const house = await openApi();
    const { token } = await house.logIn('ana');
    const asleep = await connectDesktop(house.url, token);
    asleep.socket.disconnect();
    await house.logIn('ana', true);
    await expect(connectDesktop(house.url, token)).rejects.toMatchObject({ data: { code: 'session_replaced' } });
  });

  it('by signing out is answered first, ends the token, and is told to the desk', async () => {
    const house = await openApi();
    const { token } = await house.logIn('ana');
    const desktop = await connectDesktop(house.url, token);
    await desktop.resume();
    expect(await desktop.command('session:log-out', {})).toEqual({ ok: true, value: {} });
    expect(await desktop.ended).toBe('io server disconnect');
    expect(house.desk.presence.at(-1)).toBe(`${ana} gone: loggedOut`);
    await expect(connectDesktop(house.url, token)).rejects.toMatchObject({ message: 'unauthorized', data: { code: 'unauthorized' } });
  });

  it('without a word is found by the heartbeat', async () => {
    const house = await openApi({ limits: { pingEveryMs: 50, pongLimitMs: 50 } });
    const desktop = await house.openDesktop('ana');
    await desktop.resume();
    // A blackhole: what arrives is not read any more, so pings stay unanswered and no close is seen.
    const transport = desktop.socket.io.engine.transport as unknown as { ws: { _socket: { pause(): void } } };
    transport.ws._socket.pause();
    const gone = new Promise((resolve) => {
      house.desk.desktopGone = (_agentId, why) => resolve(why);
    });
    expect(await gone).toBe('connectionLost');
    expect(house.desktops.isConnected(ana)).toBe(false);
  });

  it('by the stop of the bridge lets the desktop come back by itself', async () => {
    const house = await openApi();
    const desktop = await house.openDesktop('ana');
    await desktop.resume();
    await house.api.stop();
    expect(await desktop.ended).toBe('transport close');
    expect(house.desk.presence.at(-1)).toBe(`${ana} gone: shutdown`);
  });
});
