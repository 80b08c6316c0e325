import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { demoPassword } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { AgentView } from '../../../shared/contracts/agent.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { withPhone } from '../../support/bridge.ts';
import { knownSoundsOf, ScriptedPhone } from '../../support/scripted-phone/index.ts';
import { BridgeStage } from './bridge-stage.ts';

/** An agent with a telephone on the desk and no desktop: 6012, Lena Hartmann, in a whole bridge from `compose`. */

const known = knownSoundsOf(fileURLToPath(new URL('../../../assets', import.meta.url)));
const secrets = mkdtempSync(join(tmpdir(), 'crosspoint-secrets-'));
writeFileSync(join(secrets, '6012'), 'swordfish\n');
const registered = withPhone('6012', { kind: 'registered', password: { file: join(secrets, '6012') } });
const lena = 'agent-lena-hartmann';

let stage: BridgeStage;
let phone: ScriptedPhone;

afterEach(async () => {
  await phone?.close();
  await stage.close();
  expect(stage.bridge.bugs).toEqual([]);
});
afterAll(() => rmSync(secrets, { recursive: true }));

async function withRegisteredPhone(change: (configuration: Configuration) => Configuration = (same) => same): Promise<void> {
  stage = await BridgeStage.open({ setUp: (configuration) => change(registered(configuration)) });
  phone = await ScriptedPhone.onDesk({ sip: stage.bridge.sip, extension: '6012', password: 'swordfish', known });
}

/** The phone is there before the bridge that is told where it is. */
async function withPhoneAtAddress(): Promise<void> {
  phone = await ScriptedPhone.onDesk({ sip: null, extension: '6012', known });
  stage = await BridgeStage.open({ setUp: withPhone('6012', { kind: 'address', uri: `sip:6012@${phone.sentBy}` }) });
  phone.aim(stage.bridge.sip);
}

/** Dials a code and listens to what is said about it. */
async function dial(code: string, prompt: string): Promise<void> {
  const call = await phone.dial(code);
  await call.answered();
  await call.ears.prompt(prompt);
  await call.hangUp();
}

const presenceOf = () =>
  stage.bridge.events.flatMap((event) =>
    event.type === 'agent:presenceChanged' && event.agentId === lena ? [`${event.presence} ${event.reason ?? ''}`.trim()] : [],
  );

/** Lena answers a call by lifting the receiver, and both hear each other. */
async function talking() {
  const call = await stage.callBilling();
  const desk = await phone.nextCall();
  await desk.answer();
  await stage.bridge.event('interaction:answered');
  call.mouth.playTone(1000);
  desk.mouth.playTone(440);
  await desk.ears.tone(1000);
  await call.ears.tone(440);
  return { call, desk };
}

describe.each([
  ['registered', () => withRegisteredPhone()],
  ['at a fixed address', () => withPhoneAtAddress()],
] as const)('a desk phone %s', (_, setUp) => {
  it('signs in, takes a call that both sides hear, and is free again with the default outcome after *12', async () => {
    await setUp();
    await dial('*11', 'desk-signed-in');
    await dial('*12', 'desk-available');
    expect(presenceOf()).toEqual(['notReady signedIn', 'available']);

    const { call, desk } = await talking();
    await call.hangUp();
    expect(await desk.ended()).toMatchObject({ by: 'them', how: 'bye' });
    await stage.bridge.event('wrapUp:started');
    await dial('*12', 'desk-available');
    expect(await stage.bridge.event('interaction:completed')).toMatchObject({ agentId: lena, isAutomatic: true });

    const next = await stage.callBilling();
    await (await phone.nextCall()).answer();
    await next.hangUp();
    await dial('*10', 'desk-signed-out');
    expect(presenceOf().at(-1)).toBe('loggedOut');
    await stage.expectAllReleased();
  });

  it('puts the caller on hold and takes them back by its own keys, and hangs up', async () => {
    await setUp();
    await dial('*12', 'desk-available');
    const { call, desk } = await talking();
    expect(await desk.reoffer('sendonly')).toBe(200);
    await call.ears.music();
    expect(await desk.reoffer('sendrecv')).toBe(200);
    await stage.bridge.event('call:resumed');
    await desk.hangUp();
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' });
    expect((await stage.bridge.event('interaction:ended')).end).toEqual({ by: 'agent', reason: 'hungUp', fault: 'agent' });
    await stage.expectAllReleased();
  });
});

describe('a parked customer', () => {
  it('is fetched from a desk phone by the place that was said, and the two hear each other', async () => {
    await withRegisteredPhone();
    await dial('*13', 'desk-not-ready');
    const wei = await stage.signIn('lin.wei');
    const { call, interactionId } = await stage.talking(wei);
    const { slot } = await wei.ask('call:park', { interactionId });
    await call.ears.music();
    await dial('*1460', 'desk-nobody-parked');
    await dial(`*14${slot}`, 'desk-parked');
    const desk = await phone.nextCall();
    await desk.answer();
    call.mouth.playTone(1_000);
    desk.mouth.playTone(440);
    await desk.ears.tone(1_000);
    await call.ears.tone(440);
    await call.hangUp();
    await desk.ended();
    await stage.expectAllReleased();
  });
});

describe('the transfer key of a desk phone', () => {
  it('with two calls brings both callers together, each recorded to its end, and the agent wraps up both', async () => {
    await withRegisteredPhone((configuration) => ({
      ...configuration,
      capacities: configuration.capacities.map((each) => ({
        ...each,
        channels: { ...each.channels, voice: { max: 2, weight: 50, interrupts: [] } },
      })),
    }));
    await dial('*12', 'desk-available');
    const first = await talking();
    const call = await stage.callBilling('+447700900177');
    const desk = await phone.nextCall();
    await desk.answer();
    await first.call.ears.music();

    expect(await first.desk.referInto(desk)).toBe(200);
    first.call.mouth.playTone(1_000);
    call.mouth.playTone(440);
    await call.ears.tone(1_000);
    await first.call.ears.tone(440);
    expect([await first.desk.ended(), await desk.ended()]).toMatchObject([{ how: 'bye' }, { how: 'bye' }]);
    const ends = () => stage.bridge.events.flatMap((event) => (event.type === 'interaction:ended' ? [event.end.reason] : []));
    await expect.poll(ends).toEqual(['transferred', 'transferred']);
    await call.hangUp();
    expect(await first.call.ended()).toMatchObject({ by: 'them', how: 'bye' });
    await expect.poll(ends).toEqual(['transferred', 'transferred', 'hungUp']);
    await stage.expectAllReleased();
  });

  it('gives the caller to the extension that is dialled, and back when nobody takes them', async () => {
    await withRegisteredPhone();
    await dial('*12', 'desk-available');
    const { call, desk } = await talking();
    const dana = await stage.signIn('dana.whitlock');
    const referring = desk.refer('6001');
    const tooSoon = referring.then((status) => Promise.reject(new Error(`nobody was asked, and the phone was told ${status}`)));
    const refused = await Promise.race([dana.push('reservation:offered'), tooSoon]);
    (await dana.ringing(refused.reservationId)).reject(603);
    expect(await referring).toBe(503);
    await desk.ears.tone(1000);

    const before = dana.pushes.length;
    const again = desk.refer('6001');
    const { reservationId, pop } = await dana.push('reservation:offered', () => true, 5_000, before);
    expect(pop.transfer).toMatchObject({ fromName: 'Lena Hartmann', kind: 'transfer' });
    const danas = await dana.answer(reservationId);
    expect(await again).toBe(200);
    await desk.ended();
    danas.mouth.playTone(880);
    await call.ears.tone(880);
    await danas.ears.tone(1000);
    await call.hangUp();
    await stage.expectAllReleased();
  });
});

describe('a desk phone', () => {
  it('says a reason with *13 and a digit, and that a code is not known', async () => {
    await withRegisteredPhone();
    await dial('*13', 'desk-not-ready');
    await dial('*132', 'desk-not-ready');
    expect(presenceOf()).toEqual(['notReady break', 'notReady meal']);
    await dial('*99', 'desk-unknown');
    expect(presenceOf()).toHaveLength(2);
  });

  it('with a wrong password neither registers nor changes anything', async () => {
    await withRegisteredPhone();
    expect(await phone.register({ username: '6012', password: 'guess' })).toBe(401);
    const call = await phone.call({ to: '*12', from: '6012', credentials: { username: '6012', password: 'guess' } });
    expect(await call.ended()).toMatchObject({ how: 'refused', status: 401 });
    expect(presenceOf()).toEqual([]);
    expect(stage.bridge.logged.join('\n')).not.toContain('swordfish');
  });

  it('may not call out, and is told so', async () => {
    await withRegisteredPhone();
    const call = await phone.dial('1000');
    expect(await call.ended()).toMatchObject({ how: 'refused', status: 403, text: 'Outbound Calls Not Available Yet' });
  });

  it('is not ready after it was left ringing as often as the queue allows', async () => {
    await withRegisteredPhone((configuration) => ({
      ...configuration,
      queues: configuration.queues.map((queue) => ({ ...queue, ringSeconds: 3, missesBeforeNotReady: 1 })),
    }));
    await dial('*12', 'desk-available');
    await stage.callBilling();
    const desk = await phone.nextCall();
    expect(await desk.ended(6_000)).toMatchObject({ how: 'canceled', text: 'No answer' });
    expect(await stage.bridge.event('reservation:ended')).toMatchObject({ cause: 'noAnswer', countsAgainstAgent: true });
    await expect.poll(presenceOf).toEqual(['available', 'notReady noAnswer']);
  });

  it('whose plug is pulled is taken out of work as a device that cannot be reached, and not as an agent who misses calls', async () => {
    await withRegisteredPhone();
    await dial('*12', 'desk-available');
    await phone.vanish();
    await stage.callBilling();
    expect(await stage.bridge.event('reservation:ended')).toMatchObject({ cause: 'deviceUnreachable', countsAgainstAgent: false });
    await expect.poll(presenceOf).toEqual(['available', 'notReady deviceUnreachable']);
  });

  it('that lost its call is rung again, and goes on with the same caller', async () => {
    stage = await BridgeStage.open({
      setUp: registered,
      config: {
        media: { host: '127.0.0.1', advertisedHost: null, portRange: [0, 0], workers: 1, callsPerWorker: 20, rtpTimeoutMs: 1_000 },
      },
    });
    phone = await ScriptedPhone.onDesk({ sip: stage.bridge.sip, extension: '6012', password: 'swordfish', known });
    await dial('*12', 'desk-available');
    const { call, desk } = await talking();
    await desk.media.close();
    await stage.bridge.event('call:agentLost');
    const again = await phone.nextCall();
    await again.answer();
    await stage.bridge.event('call:agentRejoined');
    again.mouth.playTone(660);
    await call.ears.tone(660);
  });

  it('rings beside a desktop that shows the pop and has no phone of its own', async () => {
    await withRegisteredPhone();
    const desktop = await stage.signIn();
    expect(desktop.login.phone).toBeNull();
    await desktop.becomeAvailable();
    const call = await stage.callBilling();
    const offer = await desktop.push('reservation:offered');
    const desk = await phone.nextCall();
    expect(desk.invite.headers.find(({ name }) => name === 'X-Crosspoint-Reservation')?.value).toBe(offer.reservationId);
    await desk.answer();
    const { interactionId } = await desktop.push('interaction:assigned');
    await call.hangUp();
    await desktop.push('wrap-up:changed');
    // There is a screen to say how it ended: the code does not do it for them.
    await dial('*12', 'desk-wrap-up');
    await desktop.ask('interaction:complete', { interactionId, dispositionCode: 'billExplained', note: '', then: 'available' });
    expect(await stage.bridge.event('interaction:completed')).toMatchObject({ dispositionCode: 'billExplained', isAutomatic: false });
  });

  it('may be signed in and out by a program of the house', async () => {
    await withRegisteredPhone();
    const post = async (path: string, body: unknown, token?: string) => {
      const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
      return fetch(stage.bridge.httpAddress + path, { method: 'POST', headers, body: JSON.stringify(body) });
    };
    const login = { username: 'lena.hartmann', password: demoPassword, takeOver: false, contractMajor: 1 };
    const { token } = (await (await post('/api/login', login)).json()) as { token: string };
    const choose = async (body: unknown) => (await (await post('/api/agents/me/presence', body, token)).json()) as AgentView;
    expect(await phone.register({ username: '6012', password: 'swordfish' }, 0)).toBe(200);
    expect(await choose({ presence: 'available' })).toMatchObject({ presence: 'available', workState: 'notReachable' });
    expect(await phone.register({ username: '6012', password: 'swordfish' })).toBe(200);
    expect(await choose({ presence: 'available' })).toMatchObject({ agentId: lena, presence: 'available', workState: 'idle' });
    await stage.callBilling();
    await (await phone.nextCall()).answer();
    expect(await choose({ presence: 'notReady', reason: 'meal' })).toMatchObject({ presence: 'notReady', workState: 'engaged' });
    expect(await choose({ presence: 'notReady', reason: 'surfing' })).toMatchObject({ code: 'bad_request' });
    expect(await choose({ presence: 'loggedOut' })).toMatchObject({ presence: 'loggedOut' });
  });
});

describe('a desk phone whose password cannot be read', () => {
  it('is told on the health page in plain words, and does not register', async () => {
    const file = join(secrets, 'none');
    stage = await BridgeStage.open({ setUp: withPhone('6012', { kind: 'registered', password: { file } }) });
    const health = (await (await fetch(`${stage.bridge.httpAddress}/health`)).json()) as { reasons: string[] };
    expect(health.reasons).toContain(`The phone of extension 6012 cannot register: There is no file ${file}.`);
    phone = await ScriptedPhone.onDesk({ sip: stage.bridge.sip, extension: '6012', known });
    expect(await phone.register({ username: '6012', password: 'swordfish' })).toBe(401);
  });
});
