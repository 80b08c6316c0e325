import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { defaults } from '../../../cti-bridge/config/index.ts';
import { demoPassword, margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { mediaWorkers } from '../../support/media-workers.ts';
import type { ScriptedCall } from '../../support/scripted-phone/index.ts';
import { rawStatus } from '../api/api-house.ts';
import { BridgeStage } from './bridge-stage.ts';

/** A whole bridge of which a part dies, stalls or is attacked, while a call talks or comes in. */

let stage: BridgeStage;
/** What a test breaks on purpose is noted by the bridge, and expected. */
let expectedBugs: RegExp[] = [];

afterEach(async () => {
  await stage.close();
  expect(stage.bridge.bugs.filter((bug) => !expectedBugs.some((expected) => expected.test(bug)))).toEqual([]);
  expectedBugs = [];
});

/** Both hear a tone that was not there before. */
async function expectBothHear(call: ScriptedCall, agent: ScriptedCall, hertz: readonly [number, number]): Promise<void> {
  call.mouth.playTone(hertz[0]);
  agent.mouth.playTone(hertz[1]);
  await Promise.all([agent.ears.tone(hertz[0]), call.ears.tone(hertz[1])]);
}

function killMediaWorker(): void {
  const [worker] = mediaWorkers();
  if (worker === undefined) throw new Error('no media worker runs');
  process.kill(worker, 'SIGKILL');
}

describe('a media worker that is killed', () => {
  it('ends no call: customer and agent hear each other again, and the record says that the sound moved', async () => {
    stage = await BridgeStage.open();
    expectedBugs = [/^service:died/];
    const desktop = await stage.signIn();
    const { call, agent, interactionId } = await stage.talking(desktop);
    await expectBothHear(call, agent, [1000, 440]);
    killMediaWorker();
    const { tookMs } = await stage.bridge.event('call:mediaMoved');
    expect(tookMs).toBeLessThan(5_000);
    await expectBothHear(call, agent, [700, 600]);
    await call.hangUp();
    const types = stage.bridge.events.flatMap((event) =>
      'interactionId' in event && event.interactionId === interactionId ? [event.type] : [],
    );
    expect(types).not.toContain('call:agentLost');
    expect((await stage.bridge.event('interaction:ended')).end).toEqual({ by: 'caller', reason: 'hungUp', fault: 'caller' });
    await desktop.push('wrap-up:changed');
    await desktop.ask('interaction:complete', { interactionId, dispositionCode: 'billExplained', note: '', then: 'available' });
    await stage.expectAllReleased();
  });

  it('leaves whoever waits with their music', async () => {
    stage = await BridgeStage.open();
    expectedBugs = [/^service:died/];
    const call = await stage.callBilling();
    await call.ears.music();
    killMediaWorker();
    await stage.bridge.event('call:mediaMoved');
    await call.ears.music();
    await call.hangUp();
    expect((await stage.bridge.event('interaction:ended')).end).toMatchObject({ reason: 'abandoned' });
  });
});

describe('the connection of an agent’s phone', () => {
  it('may break and come back while talking: the conversation goes on, and signalling moves to the new one', async () => {
    stage = await BridgeStage.open();
    const desktop = await stage.signIn();
    const { call, agent } = await stage.talking(desktop);
    await expectBothHear(call, agent, [1000, 440]);
    const { phone } = desktop.login;
    if (!phone) throw new Error('an agent has a phone');
    const isGone = () => expect.poll(() => stage.metric('crosspoint_sip', '"bindings"'), { timeout: 5_000 }).toEqual([0]);
    expect(await desktop.phone.reconnect(phone, isGone)).toBe(200);
    await expectBothHear(call, agent, [700, 600]);
    expect(stage.bridge.events.map((event) => event.type)).not.toContain('call:agentLost');
    await call.hangUp();
    expect(await agent.ended()).toMatchObject({ by: 'them', how: 'bye' });
    expect((await stage.bridge.event('interaction:ended')).end).toEqual({ by: 'caller', reason: 'hungUp', fault: 'caller' });
  });
});

describe('a flood', () => {
  const invite = (number: number, from: string, to: string) =>
    [
      `INVITE sip:${to}@127.0.0.1 SIP/2.0`,
      `Via: SIP/2.0/UDP ${from};branch=z9hG4bKflood${number};rport`,
      'Max-Forwards: 70',
      `From: <sip:flood@${from}>;tag=f${number}`,
      `To: <sip:${to}@127.0.0.1>`,
      `Call-ID: flood-${number}@${from}`,
      'CSeq: 1 INVITE',
      `Contact: <sip:flood@${from}>`,
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n');
  const malformed = (number: number, from: string) => invite(number, from, '1000').replace(/CSeq: 1 INVITE/, 'CSeq: one INVITE');

  it('from strangers, of malformed messages and beyond the rate of the trunk, starts no calls and harms none', async () => {
    stage = await BridgeStage.open({ config: { sip: { ...defaults.sip, port: 0, inviteRateLimit: 10 } } });
    const desktop = await stage.signIn();
    const { call, agent } = await stage.talking(desktop);
    const { sip } = stage.bridge;
    const sockets: Socket[] = [];
    const socketAt = async (host: string) => {
      const socket = createSocket('udp4').bind(0, host);
      sockets.push(socket);
      await once(socket, 'listening');
      return socket;
    };
    const answers: string[] = [];
    const stranger = await socketAt('127.0.0.2');
    let answersToStranger = 0;
    stranger.on('message', () => answersToStranger++);
    const trunk = await socketAt('127.0.0.1');
    trunk.on('message', (bytes) => answers.push(bytes.toString().slice(8, 11)));
    const addressOf = (socket: Socket) => `${socket.address().address}:${socket.address().port}`;
    const floodedAt = performance.now();
    for (let number = 0; number < 1_000; number++) {
      stranger.send(number % 2 ? invite(number, addressOf(stranger), '1000') : malformed(number, addressOf(stranger)), sip.port, sip.host);
      trunk.send(malformed(10_000 + number, addressOf(trunk)), sip.port, sip.host);
      if (number < 200) trunk.send(invite(20_000 + number, addressOf(trunk), '4711'), sip.port, sip.host);
      if (number % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await expect.poll(() => answers.filter((status) => status === '400').length, { timeout: 5_000 }).toBeGreaterThan(500);
    await expectBothHear(call, agent, [1000, 440]);
    // Only what the rate lets in became calls, and those are refused for their number; the rest was told to come back later.
    const received = stage.bridge.events.filter((event) => event.type === 'interaction:received');
    expect(received.length).toBeLessThan(100);
    expect(received.slice(1).every((event) => event.dnis === 'unknown')).toBe(true);
    expect(answers).toContain('503');
    const [refused = 0] = await stage.metric('crosspoint_sip', '"refusedByRate"');
    const [dropped = 0] = await stage.metric('crosspoint_sip', '"droppedFlood"');
    // Not all of a flood reaches us; of what does, hardly anything is worth an answer.
    expect(refused).toBeGreaterThan(50);
    expect(dropped).toBeGreaterThan(400);
    // A hundred at once and fifty a second.
    expect(answersToStranger).toBeLessThanOrEqual(100 + 50 * Math.ceil((performance.now() - floodedAt) / 1_000));
    expect(call.journal.toString()).not.toContain('over:');
    for (const socket of sockets) socket.close();
    await call.hangUp();
  });
});

describe('a database that is locked', () => {
  it('delays no call: answered and popped from memory, and written when it is free again', async () => {
    stage = await BridgeStage.open();
    expectedBugs = [/^store:commitFailed/];
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    const database = new Sqlite(join(stage.bridge.folder, 'crosspoint.db'));
    database.exec('begin immediate');
    const startedAt = performance.now();
    const call = await stage.callBilling();
    const offer = await desktop.push('reservation:offered');
    expect(offer.pop.match).toMatchObject({ kind: 'certain' });
    const agent = await desktop.answer(offer.reservationId);
    await expectBothHear(call, agent, [1000, 440]);
    // One second is how long the first event waits before it is told from memory.
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    const stored = database.prepare('select number from interaction where interaction_id = ?');
    expect(stored.get(offer.interactionId)).toBeUndefined();
    const health = await (await fetch(`${stage.bridge.httpAddress}/health`)).json();
    expect(health).toMatchObject({ status: 'degraded' });
    database.exec('rollback');
    await expect.poll(() => stage.metric('crosspoint_store_backlog'), { timeout: 10_000 }).toEqual([0]);
    expect(stored.get(offer.interactionId)).toEqual({ number: margaretOkafor.number });
    const types = database
      .prepare('select type from interaction_event where interaction_id = ? order by sequence')
      .all(offer.interactionId);
    expect(types.map((row) => (row as { type: string }).type)).toEqual(
      stage.bridge.events.flatMap((event) => ('interactionId' in event && event.interactionId === offer.interactionId ? [event.type] : [])),
    );
    database.close();
    await call.hangUp();
  });
});

describe('the log, at its most talkative', () => {
  it('and the events hold no number, name, text or secret of anybody', async () => {
    stage = await BridgeStage.open();
    const desktop = await stage.signIn();
    const { call, agent, interactionId } = await stage.talking(desktop);
    const text = 'She asked about her passport.';
    await desktop.ask('interaction:save-draft', { interactionId, text, revision: 1 });
    await agent.press('5');
    await call.hangUp();
    await desktop.push('wrap-up:changed');
    await desktop.ask('interaction:complete', { interactionId, dispositionCode: 'billExplained', note: text, then: 'available' });
    const misdialled = '+447700900987';
    const refused = await stage.caller.call({ to: misdialled, from: margaretOkafor.number });
    expect(await refused.ended()).toMatchObject({ status: 404 });
    await stage.bridge.event('interaction:ended', ({ end }) => end.reason === 'unknownNumber');

    const { token, phone } = desktop.login;
    const told = [...stage.bridge.logged, ...stage.bridge.events.map((event) => JSON.stringify(event))].join('\n');
    expect(told).toContain('interaction:completed');
    const secrets = { token, phonePassword: phone?.password ?? token, password: demoPassword, name: margaretOkafor.name, text };
    const numbers = { caller: margaretOkafor.number.slice(-10), misdialled: misdialled.slice(-10) };
    for (const [what, secret] of Object.entries({ ...secrets, ...numbers })) expect([what, told.includes(secret)]).toEqual([what, false]);
  });
});

describe('every real pop', () => {
  it('carries its measurement in the record, and shows on the metrics page', async () => {
    stage = await BridgeStage.open();
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    await stage.callBilling();
    const { reservationId, pop } = await desktop.push('reservation:offered');
    await desktop.ask('pop:painted', { reservationId, popId: pop.popId });
    await stage.bridge.event('pop:painted');
    for (const metric of ['crosspoint_pop_delivered_seconds', 'crosspoint_pop_painted_seconds', 'crosspoint_offer_to_delivered_seconds']) {
      expect([metric, await stage.metric(`${metric}_count`)]).toEqual([metric, [1]]);
      expect((await stage.metric(`${metric}_sum`))[0]).toBeGreaterThan(0);
    }
    const database = new Sqlite(join(stage.bridge.folder, 'crosspoint.db'), { readonly: true });
    const rows = database.prepare("select type, body from interaction_event where type in ('pop:delivered', 'pop:painted')").all();
    database.close();
    expect(rows).toHaveLength(2);
    for (const { body } of rows as { body: string }[]) {
      const measured = JSON.parse(body) as { sinceReceivedMs: number; sinceOfferMs: number };
      expect(measured.sinceOfferMs).toBeGreaterThan(0);
      expect(measured.sinceReceivedMs).toBeGreaterThan(measured.sinceOfferMs);
    }
  });
});

describe('a page that is not ours', () => {
  it('gets nowhere: not by HTTP, not by the desktops’ socket, not by the phones’', async () => {
    stage = await BridgeStage.open();
    const port = Number(new URL(stage.bridge.httpAddress).port);
    const upgrade = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Protocol: sip',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ];
    const ask = (path: string, host: string, origin: string, more: readonly string[]) =>
      rawStatus(port, [`GET ${path} HTTP/1.1`, `Host: ${host}`, `Origin: ${origin}`, ...more]);
    const socketIo = '/socket.io/?EIO=4&transport=websocket';
    for (const [host, origin, isLetIn] of [
      [`127.0.0.1:${port}`, `http://127.0.0.1:${port}`, true],
      [`127.0.0.1:${port}`, 'http://evil.example', false],
      [`evil.example:${port}`, `http://evil.example:${port}`, false],
    ] as const) {
      const statuses = [
        await ask('/health', host, origin, []),
        await ask(socketIo, host, origin, upgrade),
        await ask('/sip', host, origin, upgrade),
      ];
      if (isLetIn) expect(statuses).toEqual([200, 101, 101]);
      else for (const status of statuses) expect([400, 403, 421]).toContain(status);
    }
  });
});
