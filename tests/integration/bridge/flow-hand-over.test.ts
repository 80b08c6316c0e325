import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import type { FlowNode } from '../../../cti-bridge/ivr/index.ts';
import { headerOf } from '../../../cti-bridge/sip/message/index.ts';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { plainTrunk } from '../../../shared/contracts/calling.ts';
import { changeConfiguration } from '../../support/bridge.ts';
import { giveDemoData } from '../../support/demo-data.ts';
import { giveFlow } from '../../support/give-flow.ts';
import { knownSoundsOf, ScriptedPhone } from '../../support/scripted-phone/index.ts';
import { flowOf } from '../../unit/ivr/flows.ts';
import { BridgeProgram } from './bridge-program.ts';
import { BridgeStage } from './bridge-stage.ts';

/** A menu that is not all of it: something had the call before us, something else has it for a while, and the bridge is killed in between. */

const known = knownSoundsOf(fileURLToPath(new URL('../../../assets', import.meta.url)));
const toQueue: FlowNode = { kind: 'queue', queueId: 'billing', priority: null, exits: {} };
const answer = (next: string): FlowNode => ({ kind: 'answer', exits: { next } });
const fallback = { queueId: 'billing', prompt: 'technical-difficulty' };

async function demoFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-handed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await giveDemoData(folder);
  return folder;
}

it('takes over what a PBX sent along, hands the caller to another IVR with it, and takes them back with the result', {
  timeout: 90_000,
}, async () => {
  const folder = await demoFolder();
  const pbx = await ScriptedPhone.onTrunk({ sip: null, name: 'PBX', bindHost: '127.0.0.2', known });
  onTestFinished(() => pbx.close());
  const [host = '', port = ''] = pbx.sentBy.split(':');
  await changeConfiguration(folder, (before) => ({
    ...before,
    trunks: [
      ...before.trunks,
      {
        ...plainTrunk(),
        ...{ id: 'pbx', name: { en: 'PBX', zh: '交换机' }, host, port: Number(port), transport: 'udp', username: null, password: null },
        ...{
          pingSeconds: null,
          takesOver: [
            { header: 'User-to-User', as: 'customer', pick: '/customer' },
            { header: 'X-Menu', as: 'menu' },
          ],
        },
      },
    ],
  }));
  const external: FlowNode = {
    ...{ kind: 'external', number: '+442071234567', sends: { customer: '{passed.customer}', name: 'Zhou & Söhne' } },
    takes: [
      { path: '/result', as: 'result' },
      { path: 'X-Ticket', as: 'ticket' },
    ],
    ...{ ringSeconds: 20, maxSeconds: 60, exits: { returned: 'back', failed: 'queue' } },
  };
  const back: FlowNode = { kind: 'play', prompts: ['welcome'], exits: { next: 'queue' } };
  await giveFlow(
    folder,
    '1099',
    flowOf({ answer: answer('external'), external, back, queue: toQueue }, 'answer', { flowId: 'handed', fallback }),
  );

  const stage = await BridgeStage.open({ folder });
  onTestFinished(() => stage.close());
  pbx.aim(stage.bridge.sip);
  const lena = await stage.signIn();
  await lena.becomeAvailable();
  const uui = `04${Buffer.from(`customer=${margaretOkafor.number}&menu=2`).toString('hex')};encoding=hex;purpose=isdn-uui`;
  const call = await pbx.call({
    ...{ to: '1099', from: '+4402079460000' },
    headers: [
      { name: 'User-to-User', value: uui },
      { name: 'X-Menu', value: 'bills' },
    ],
  });
  await call.answered();

  const ivr = await pbx.nextCall(10_000);
  const said = headerOf(ivr.invite, 'User-to-User') ?? '';
  expect(said).toMatch(/^04[0-9a-f]+;encoding=hex;purpose=isdn-uui;content=isdn-uui$/);
  expect(Buffer.from(said.slice(2, said.indexOf(';')), 'hex').toString()).toBe(
    `customer=${encodeURIComponent(margaretOkafor.number)}&name=Zhou%20%26%20S%C3%B6hne`,
  );
  await ivr.answer();
  ivr.mouth.playTone(440);
  call.mouth.playTone(1_000);
  await Promise.all([call.ears.tone(440, 10_000), ivr.ears.tone(1_000, 10_000)]);
  await call.press('7');
  await ivr.journal.wait('hears key 7', 5_000);
  await ivr.hangUp([
    { name: 'User-to-User', value: `${Buffer.from('result=paid').toString('hex')};encoding=hex` },
    { name: 'X-Ticket', value: 'T-77' },
  ]);
  await call.ears.prompt('zh/welcome', 10_000);

  const { pop } = await lena.push('reservation:offered', () => true, 15_000);
  expect(pop.facts).toEqual({
    ...{ 'passed.customer': margaretOkafor.number, 'passed.menu': 'bills' },
    ...{ 'passed.result': 'paid', 'passed.ticket': 'T-77' },
  });
  await call.hangUp();
  expect(stage.bridge.bugs).toEqual([]);
});

it('asks a system of the house that the settings name, and none that they do not', { timeout: 90_000 }, async () => {
  const asked: string[] = [];
  const system = async () => {
    const server = createServer((request, response) => {
      asked.push(`${(server.address() as AddressInfo).port}${request.url}`);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"order":{"state":"shipped"}}');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void server.close());
    return (server.address() as AddressInfo).port;
  };
  const [named, other] = [await system(), await system()];
  const ask = (port: number, next: string): FlowNode => ({
    ...{
      kind: 'http',
      method: 'GET',
      url: `http://127.0.0.1:${port}/orders?of={call.number}`,
      headers: {},
      body: null,
      whileWaiting: null,
    },
    ...{ takes: [{ path: '/order/state', as: `state${next}` }], limitMs: 5_000, exits: { answered: next, refused: 'queue', error: next } },
  });
  const folder = await demoFolder();
  const nodes = { answer: answer('other'), other: ask(other, 'named'), named: ask(named, 'queue'), queue: toQueue };
  await giveFlow(folder, '1099', flowOf(nodes, 'answer', { flowId: 'asking', fallback }));
  const stage = await BridgeStage.open({ folder, config: { ivr: { lookups: { allowedHosts: [`127.0.0.1:${named}`] } } } });
  onTestFinished(() => stage.close());
  const lena = await stage.signIn();
  await lena.becomeAvailable();
  const call = await stage.caller.call({ to: '1099', from: margaretOkafor.number });
  await call.answered();
  const { pop } = await lena.push('reservation:offered', () => true, 15_000);
  expect(pop.facts).toEqual({ 'lookUp.statequeue': 'shipped' });
  expect(asked).toEqual([`${named}/orders?of=${encodeURIComponent(margaretOkafor.number)}`]);
  expect(stage.bridge.logged.join()).not.toContain('shipped');
  await call.hangUp();
});

it('goes on at the same node with what the caller gave before, when the bridge is killed between two digits', {
  timeout: 90_000,
}, async () => {
  const folder = await demoFolder();
  const collect = (attribute: string, prompt: string, next: string): FlowNode => ({
    ...{ kind: 'collect', prompts: [prompt], onInvalid: null, attribute, minLength: 1, maxLength: 8, terminator: '#' },
    ...{ firstKeyMs: 20_000, betweenKeysMs: 20_000, masked: false, attempts: 2, exits: { done: next, nothing: next } },
  });
  const nodes = {
    answer: answer('number'),
    number: collect('number', 'ask-customer-number', 'order'),
    order: collect('order', 'welcome', 'queue'),
    queue: toQueue,
  };
  await giveFlow(folder, '1099', flowOf(nodes, 'answer', { flowId: 'asking', fallback }));
  const bridge = await BridgeProgram.start(folder);
  const phone = await bridge.caller();
  const call = await phone.call({ to: '1099', from: margaretOkafor.number });
  await call.answered();
  await call.ears.prompt('zh/ask-customer-number', 10_000);
  await call.press('4711#');
  await call.ears.prompt('zh/welcome', 10_000);
  await call.press('12');
  await bridge.kill();

  const again = await BridgeProgram.start(folder, bridge.sip.port);
  await call.ears.prompt('zh/welcome', 10_000);
  await call.press('99#');
  const lena = await again.signIn('lena.hartmann');
  const { pop } = await lena.push('reservation:offered', () => true, 15_000);
  expect(pop.facts).toEqual({ 'entered.number': '4711', 'entered.order': '99' });
  await call.hangUp();
});
