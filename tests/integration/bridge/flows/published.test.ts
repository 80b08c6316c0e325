import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { margaretOkafor } from '../../../../cti-bridge/store/seed/demo-people.ts';
import type { FlowEntry } from '../../../../shared/contracts/ivr/commands.ts';
import type { Flow } from '../../../../shared/contracts/ivr/flow.ts';
import { withPhone } from '../../../support/bridge.ts';
import type { ScriptedDesktop } from '../../../support/scripted-desktop.ts';
import { knownSoundsOf, ScriptedPhone } from '../../../support/scripted-phone/index.ts';
import { BridgeStage } from '../bridge-stage.ts';

/** Flows in a whole bridge: what is published is what the next caller meets, and their way through it can be read. */

const known = knownSoundsOf(fileURLToPath(new URL('../../../../assets', import.meta.url)));
const secrets = mkdtempSync(join(tmpdir(), 'crosspoint-secrets-'));
writeFileSync(join(secrets, '6012'), 'swordfish\n');

let stage: BridgeStage;
let admin: ScriptedDesktop;

beforeEach(async () => {
  stage = await BridgeStage.open({ setUp: withPhone('6012', { kind: 'registered', password: { file: join(secrets, '6012') } }) });
  admin = await stage.signIn('admin', { phoneMedia: null });
});
afterEach(async () => {
  await stage.close();
  expect(stage.bridge.bugs).toEqual([]);
});
afterAll(() => rmSync(secrets, { recursive: true }));

/** Greets with a prompt, takes a number of two digits and says another prompt. */
const greeting = (prompt: string): Flow => ({
  format: 1,
  flowId: 'greeting',
  name: { en: 'Greeting', zh: '问候' },
  start: 'language',
  fallback: { queueId: 'general', prompt: 'please-wait' },
  nodes: {
    language: { kind: 'setLanguage', to: 'en', exits: { next: 'answer' } },
    answer: { kind: 'answer', exits: { next: 'ask' } },
    ask: {
      ...{ kind: 'collect', label: 'Which number', prompts: [prompt], onInvalid: null, attribute: 'room', minLength: 2, maxLength: 2 },
      ...{ terminator: null, firstKeyMs: 5_000, betweenKeysMs: 3_000, masked: false, attempts: 1 },
      exits: { done: 'bye', nothing: 'bye' },
    },
    bye: { kind: 'hangUp', prompts: ['goodbye'], exits: {} },
  },
  layout: {},
  tests: [],
});
const entry: FlowEntry = { dnis: '7000', name: { en: 'Rooms', zh: '房间' }, flows: [{ hoursId: null, flowId: 'greeting' }] };

async function publish(flow: Flow, basedOn: number | null = null) {
  const saved = await admin.upload('flow:save-draft', { flow, basedOn, writingId: 'hand-1' });
  if (!saved.ok || !saved.value.saved) throw new Error(`not saved: ${JSON.stringify(saved)}`);
  const done = await admin.command('flow:publish', { flowId: flow.flowId, draftRevision: saved.value.revision, note: 'a test' });
  expect(done).toMatchObject({ ok: true, value: { published: true } });
}

it('what is published answers the next call at its number; its way is traced, counted and found, and who did it is in the history', async () => {
  const none = await stage.caller.call({ to: '7000', from: margaretOkafor.number });
  expect(await none.ended()).toMatchObject({ status: 404 });
  await publish(greeting('welcome'));
  const listed = await admin.command('flow:list', {});
  if (!listed.ok) throw new Error(listed.error.message);
  const { entries, entriesRevision } = listed.value;
  const saved = await admin.command('flow:save-entries', { entries: [...entries, entry], basedOn: entriesRevision });
  expect(saved).toMatchObject({ ok: true, value: { saved: true } });

  const call = await stage.caller.call({ to: '7000', from: margaretOkafor.number });
  await call.answered();
  await call.ears.prompt('welcome');
  // A call that runs keeps the version it began with; the next one has the new one.
  await publish(greeting('menu-main'));
  await call.press('42');
  await call.ears.prompt('goodbye');
  await call.ended();
  const next = await stage.caller.call({ to: '7000', from: margaretOkafor.number });
  await next.answered();
  await next.ears.prompt('menu-main');
  await next.hangUp();

  const [from, to] = [Date.now() - 3_600_000, Date.now() + 3_600_000];
  const search = { flowId: 'greeting', nodeId: 'ask', exit: null, typed: '42', from, to, before: null };
  const found = async () => {
    const answer = await admin.command('flow:traces', search);
    return answer.ok ? answer.value.calls : [];
  };
  await expect
    .poll(found, { timeout: 10_000 })
    .toMatchObject([{ version: 1, path: ['language', 'answer', 'ask', 'bye'], end: 'hangUp', number: margaretOkafor.number }]);
  const [traced] = await found();
  const trace = await admin.command('interaction:trace', { interactionId: traced?.interactionId ?? '' });
  expect(trace).toMatchObject({
    ok: true,
    value: {
      steps: [
        { nodeId: 'language' },
        { nodeId: 'answer' },
        { nodeId: 'ask', kind: 'collect', label: 'Which number', exit: 'done', keys: '42', facts: { 'entered.room': '42' } },
        { nodeId: 'bye', exit: null },
      ],
    },
  });
  const heatOf = async (nodeId: string) => {
    const heat = await admin.command('flow:heat', { flowId: 'greeting', version: null, from, to });
    return heat.ok ? heat.value.nodes.find((node) => node.nodeId === nodeId) : undefined;
  };
  await expect.poll(() => heatOf('ask'), { timeout: 10_000 }).toEqual({ nodeId: 'ask', entered: 2, hungUp: 1, exits: { done: 1 } });
  const history = await admin.command('configuration:history', { before: null, limit: 10 });
  expect(history.ok && history.value.revisions.map(({ note, by }) => `${by.userId}: ${note}`)).toEqual([
    'user-admin: flow greeting published: a test',
    'user-admin: numbers of flows saved',
    'user-admin: flow greeting published: a test',
    'user-admin: test',
  ]);
});

it('flows and numbers are there again after a restart, and with them the versions', async () => {
  await publish(greeting('welcome'));
  await admin.command('flow:save-entries', { entries: [entry], basedOn: 1 });
  expect(await admin.command('flow:roll-back', { flowId: 'greeting', version: 1, note: '' })).toMatchObject({ value: { version: 2 } });
  const { folder } = stage.bridge;
  await stage.bridge.stop();
  const again = await BridgeStage.open({ folder });
  onTestFinished(() => again.close());
  const call = await again.caller.call({ to: '7000', from: margaretOkafor.number });
  await call.answered();
  await call.ears.prompt('welcome');
  await call.hangUp();
});

it('a draft is tried from a phone of the house, and no trace of that is left', async () => {
  const phone = await ScriptedPhone.onDesk({ sip: stage.bridge.sip, extension: '6012', password: 'swordfish', known });
  await admin.upload('flow:save-draft', { flow: greeting('welcome'), basedOn: null, writingId: 'hand-2' });
  const opened = await admin.command('flow:open-try', { flowId: 'greeting' });
  const events = stage.bridge.events.length;
  const call = await phone.dial(opened.ok ? opened.value.dial : '');
  await call.answered();
  await call.ears.prompt('welcome');
  await call.press('42');
  await call.ears.prompt('goodbye');
  await call.hangUp();
  await stage.expectAllReleased();
  expect(stage.bridge.events.slice(events).filter((event) => 'interactionId' in event)).toEqual([]);
  const heat = await admin.command('flow:heat', { flowId: 'greeting', version: null, from: 0, to: Date.now() + 86_400_000 });
  expect(heat).toMatchObject({ ok: true, value: { callers: 0, nodes: [] } });
  await phone.close();
});
