import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { defaults } from '../../../../cti-bridge/config/index.ts';
import type { Flow, FlowNode } from '../../../../cti-bridge/ivr/index.ts';
import { spoken } from '../../../../cti-bridge/ivr/speech/index.ts';
import { tone } from '../../../../cti-bridge/media/index.ts';
import { customerNumbers, margaretOkafor, zhouHousehold } from '../../../../cti-bridge/store/seed/demo-people.ts';
import { asSound, keysIn } from '../../../support/key-tones.ts';
import type { ScriptedDesktop } from '../../../support/scripted-desktop.ts';
import { ScriptedPhone } from '../../../support/scripted-phone/index.ts';
import { expectTone, readChannel } from '../../../support/tones.ts';
import { knownSounds } from '../bridge-stage.ts';
import { expectHeard, FlowStage, longestSilenceMs } from './flow-stage.ts';

/** Cards typed in a call: charged, refused, and asked about where nobody answers. None of it is ever written down. */

const cards = {
  charged: '4242424242424242',
  refused: '5500005555555559',
  hung: '4000056655665556',
  afterwards: '4012888888881881',
} as const;
const expiry = '0931';

let house: FlowStage;
let lena: ScriptedDesktop;
let system: Server;
const asked: { readonly url: string; readonly body: string }[] = [];

beforeAll(async () => {
  system = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => {
      body += piece.toString();
    });
    request.on('end', () => {
      asked.push({ url: request.url ?? '', body });
      if (body.includes(cards.hung)) return;
      response.writeHead(body.includes(cards.charged) ? 200 : 402, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ receipt: 'R-2026-1' }));
    });
  });
  await new Promise<void>((resolve) => void system.listen(0, '127.0.0.1', resolve));
  const { port } = system.address() as AddressInfo;
  house = await FlowStage.open({
    config: { ivr: { ...defaults.ivr, lookups: { ...defaults.ivr.lookups, allowedHosts: [`127.0.0.1:${port}`] } } },
    flows: { payment: chargedAt(`http://127.0.0.1:${port}/charges`), survey: cardBetweenWords },
    setUp: (configuration) => ({
      ...configuration,
      queues: configuration.queues.map((queue) =>
        queue.id === 'billing' ? { ...queue, afterCall: 'survey', recording: { mode: 'always', announcement: null } } : queue,
      ),
    }),
  });
  lena = await house.stage.signIn('lena.hartmann');
});

afterAll(async () => {
  await house?.close();
  system.closeAllConnections();
  system.close();
  expect(house.stage.bridge.bugs).toEqual([]);
});

const chargedAt =
  (url: string) =>
  (flow: Flow): Flow => {
    const { charge } = flow.nodes;
    if (charge?.kind !== 'http') throw new Error('the payment flow charges nothing');
    return { ...flow, nodes: { ...flow.nodes, charge: { ...charge, url } } };
  };

/**
 * After the talk: something said, a card, something said. Nearer to each other a recording and a card never are: a talk is recorded until it
 * is over, what is said in a flow until its node is left.
 */
function cardBetweenWords(flow: Flow): Flow {
  const words = (attribute: string, prompt: string, next: string): FlowNode => ({
    ...{ kind: 'record', prompts: [prompt], attribute, maxSeconds: 30, exits: { done: next, nothing: next, error: next, timeout: next } },
  });
  const card: FlowNode = {
    ...{ kind: 'collect', prompts: ['pay-ask-card'], onInvalid: null, attribute: 'cardNumber', minLength: 8, maxLength: 19 },
    ...{
      terminator: null,
      firstKeyMs: 15_000,
      betweenKeysMs: 1_500,
      masked: true,
      attempts: 2,
      exits: { done: 'after', nothing: 'after' },
    },
  };
  const bye: FlowNode = { kind: 'hangUp', prompts: [], exits: {} };
  return {
    ...flow,
    start: 'before',
    nodes: { before: words('before', 'one-moment', 'card'), card, after: words('after', 'please-wait', 'bye'), bye },
  };
}

/** Up to the card, as who shares a line with others. */
async function pays(card: string) {
  const { call, interactionId } = await house.call('1011', zhouHousehold.number);
  await call.ears.prompt('zh/ask-customer-number', 20_000);
  await call.press(`${customerNumbers.zhouJianping}#`);
  await call.ears.prompt('zh/pay-amount', 20_000);
  await call.ears.prompt('zh/pay-ask-card', 15_000);
  await call.press(`${card}#`);
  await call.ears.prompt('zh/pay-ask-expiry', 10_000);
  await call.press(expiry);
  return { call, interactionId };
}

it.concurrent('a card that is charged is thanked for; the payment system alone has seen its number', { timeout: 90_000 }, async () => {
  const { call, interactionId } = await pays(cards.charged);
  await call.ears.prompt('zh/pay-thanks', 10_000);
  await call.ears.prompt('zh/goodbye', 10_000);
  // Two bills are unpaid: the one that is overdue, and the latest, where its day has not come.
  const [{ body = '' } = {}] = asked.filter((each) => each.body.includes(cards.charged));
  const { amount, ...said } = JSON.parse(body) as Record<string, string>;
  expect(said).toEqual({ customer: zhouHousehold.people[0].contactId, card: cards.charged, expiry, currency: 'CNY' });
  expectHeard(call, ['zh/pay-amount', ...spoken(amount ?? '', 'money', 'zh', 'CNY').map((name) => `zh/${name}`), 'zh/pay-ask-card']);
  const path = await house.passed({ interactionId }, 'goodbye');
  const keysOf = (nodeId: string) => path.find(({ node_id }) => node_id === nodeId)?.keys;
  expect(keysOf('ask-card')).toBe(`${'•'.repeat(cards.charged.length)}•`);
  expect(keysOf('ask-expiry')).toBe('••••');
  expect(path.find(({ node_id }) => node_id === 'paid')?.facts).toContain(`${amount} CNY`);
});

it.concurrent('a card that is refused leads to an agent, who sees that something was typed and not what', { timeout: 90_000 }, async () => {
  const { call, interactionId } = await pays(cards.refused);
  await call.ears.prompt('zh/pay-failed', 10_000);
  await lena.becomeAvailable();
  await call.ears.prompt('zh/please-wait', 10_000);
  const offered = await lena.push('reservation:offered', () => true, 15_000);
  expect(offered.pop).toMatchObject({ interactionId, queueId: 'billing', match: { kind: 'certain' } });
  expect(offered.pop.facts).toEqual({ 'entered.customerNumber': customerNumbers.zhouJianping });
  expect(offered.pop.path).toContainEqual(expect.objectContaining({ code: 'entered', facts: { attribute: 'cardNumber', digits: 16 } }));
  const agent = await lena.answer();
  call.mouth.playTone(1_000);
  await agent.ears.tone(1_000);
  await house.stage.bridge.event('recording:started');
  await call.hangUp();
  await house.stage.bridge.event('recording:ended');
});

it.concurrent('a payment system that hangs is waited for with a word and music, and given up', { timeout: 90_000 }, async () => {
  const { call } = await pays(cards.hung);
  const typed = call.ears.recording().length;
  await call.ears.prompt('zh/one-moment', 8_000);
  await call.ears.music(8_000);
  await call.ears.prompt('zh/pay-unclear', 20_000);
  await call.ears.prompt('zh/please-wait', 10_000);
  expect(longestSilenceMs(call.ears.recording().subarray(typed))).toBeLessThan(3_000);
  await call.hangUp();
});

it('a card that is keyed in as sound is in no recording of its call: the talk before it, and what is said before and after it', {
  timeout: 90_000,
}, async () => {
  const { bridge } = house.stage;
  const phone = await ScriptedPhone.onTrunk({ sip: bridge.sip, known: knownSounds, offersEvents: false });
  onTestFinished(() => phone.close());
  const { interactionId: last } = await lena.push('wrap-up:changed');
  await lena.ask('interaction:complete', { interactionId: last, dispositionCode: 'billExplained', note: '', then: 'available' });
  const seen = { events: bridge.events.length, pushes: lena.pushes.length };
  const call = await phone.call({ to: '1000', from: margaretOkafor.number });
  await call.answered();
  await call.press('1#', 'info');
  const agent = await lena.answer();
  const { interactionId } = await lena.push('interaction:assigned', () => true, 5_000, seen.pushes);
  const ofCall = () =>
    bridge.events.slice(seen.events).filter((event) => 'interactionId' in event && event.interactionId === interactionId);
  const recordings = () => ofCall().flatMap((event) => (event.type === 'recording:started' ? [event.recordingId] : []));
  await expect.poll(recordings, { timeout: 5_000 }).toHaveLength(1);
  // Before anything is masked: what is looked for below is found there.
  await call.mouth.play(asSound('1234567890'));
  call.mouth.playTone(1_000);
  await agent.ears.tone(1_000);
  call.mouth.beSilent();
  await agent.ears.noTone(1_000);
  await agent.hangUp();

  const says = async (prompt: string, frequency: number, nth: number) => {
    await call.ears.prompt(prompt, 10_000);
    await expect.poll(recordings, { timeout: 15_000 }).toHaveLength(nth);
    await call.mouth.play(tone(frequency, 1_500));
    await call.press('#', 'info');
  };
  await says('en/one-moment', 440, 2);
  await call.ears.prompt('en/pay-ask-card', 10_000);
  await call.mouth.play(asSound(cards.afterwards));
  await says('en/please-wait', 520, 3);
  await call.ended(15_000);
  await bridge.event('ivr:left', (event) => event.interactionId === interactionId && event.exit === 'hungUp');

  const path = await house.passed({ interactionId }, 'bye');
  expect(path.find(({ node_id }) => node_id === 'card')).toMatchObject({
    exit_name: 'done',
    keys: expect.stringMatching(/^•{8,}$/),
  });
  const order = ofCall().flatMap((event) =>
    event.type === 'ivr:nodeLeft' ? [event.nodeId] : /^recording:(started|ended)$/.test(event.type) ? [event.type] : [],
  );
  // Nothing is being recorded while the card is typed.
  const recorded = ['recording:started', 'recording:ended'];
  expect(order.slice(order.indexOf('recording:started'))).toEqual([
    ...recorded,
    ...recorded,
    'before',
    'card',
    ...recorded,
    'after',
    'bye',
  ]);
  const heard = recordings().map((id) => {
    const [said, told] = [0, 1].map((channel) => readChannel(join(house.folder, 'recordings', `${id}.wav`), channel).samples);
    return { said: said ?? new Int16Array(), told: told ?? new Int16Array() };
  });
  // The ten of the talk, on a busy machine not all of them; with those of the card it would be more.
  expect(heard.map(({ said }) => keysIn(said))).toEqual([expect.stringMatching(/^\d{4,11}$/), '', '']);
  expect(heard.map(({ told }) => keysIn(told))).toEqual(['', '', '']);
  expectTone(heard[1]?.said ?? new Int16Array(), 440);
  expectTone(heard[2]?.said ?? new Int16Array(), 520);
});

it('no number of a card, and no expiry, is in any file of the data folder or any line of the log', async () => {
  const files = readdirSync(house.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(1);
  const places = files.map(({ parentPath, name }) => ({ name, text: readFileSync(join(parentPath, name)).toString('latin1') }));
  const log = house.stage.bridge.logged.join('\n');
  expect(log).toContain('"msg"');
  for (const card of Object.values(cards)) {
    expect(places.filter(({ text }) => text.includes(card)).map(({ name }) => name)).toEqual([]);
    expect(log).not.toContain(card);
  }
  expect(places.filter(({ text }) => text.includes('cardExpiry')).length).toBeGreaterThan(0);
  expect(log).not.toContain(`"${expiry}"`);
});
