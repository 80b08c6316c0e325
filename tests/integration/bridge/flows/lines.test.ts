import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Flow } from '../../../../cti-bridge/ivr/index.ts';
import { tone } from '../../../../cti-bridge/media/index.ts';
import { chenZhiyuan, juliaBrandt, margaretOkafor, unknownNumber } from '../../../../cti-bridge/store/seed/demo-people.ts';
import type { ScriptedDesktop } from '../../../support/scripted-desktop.ts';
import { inspect } from '../../store/store-under-test.ts';
import { FlowStage, longestSilenceMs } from './flow-stage.ts';

/** The other numbers of the demo, in one bridge at the same time. The office is closed: it has no hours at all. */

let house: FlowStage;
let lena: ScriptedDesktop;

beforeAll(async () => {
  house = await FlowStage.open({
    flows: { survey: withoutSoundOf('thanks', 'no-such-prompt') },
    setUp: (configuration) => ({
      ...configuration,
      queues: configuration.queues.map((each) => (each.id === 'billing' ? { ...each, afterCall: 'survey' } : each)),
      hours: configuration.hours.map((each) => (each.id === 'office-zh' ? { ...each, weekly: {} } : each)),
    }),
  });
  lena = await house.stage.signIn('lena.hartmann');
});

afterAll(async () => {
  await house.close();
  // The one prompt that is not there is a fault, and is told as one.
  expect(house.stage.bridge.bugs.filter((bug) => !bug.includes('no-such-prompt'))).toEqual([]);
});

const withoutSoundOf =
  (nodeId: string, prompt: string) =>
  (flow: Flow): Flow => {
    const node = flow.nodes[nodeId];
    if (node?.kind !== 'hangUp') throw new Error(`${nodeId} says nothing`);
    return { ...flow, nodes: { ...flow.nodes, [nodeId]: { ...node, prompts: [prompt] } } };
  };

const endOf = (interactionId: string) =>
  house.stage.bridge.event('interaction:ended', (event) => event.interactionId === interactionId, 20_000);
const answerOf = (interactionId: string) =>
  house.stage.bridge.event('ivr:surveyAnswered', (event) => event.interactionId === interactionId);

it.concurrent('a key account passes by the menu to those who know them, before others; and is asked how it was', async () => {
  const { call, interactionId } = await house.call('1014', margaretOkafor.number);
  await call.ears.prompt('en/key-account-welcome', 10_000);
  const { priority, queueId } = await house.stage.bridge.event('workItem:queued', (event) => event.interactionId === interactionId, 10_000);
  expect({ priority, queueId }).toEqual({ priority: 9, queueId: 'billing' });
  await lena.becomeAvailable();
  const offered = await lena.push('reservation:offered', () => true, 10_000);
  expect(offered.pop).toMatchObject({ interactionId, facts: { 'attribute.service': 'key account, diamond' } });
  expect(JSON.stringify(await house.passed({ interactionId }, 'queue'))).not.toContain('menu');
  const agent = await lena.answer();
  call.mouth.playTone(1_000);
  await agent.ears.tone(1_000);
  await agent.hangUp();
  await call.ears.prompt('en/survey-ask', 10_000);
  await call.press('5');
  expect(await answerOf(interactionId)).toMatchObject({ score: 5, highest: 5 });
  await call.ended(15_000);
});

it.concurrent('at the same number anybody else hears the menu, in the language of the house', async () => {
  const { call, interactionId } = await house.call('1014', unknownNumber);
  await call.ears.prompt('zh/welcome', 10_000);
  await call.ears.prompt('zh/menu-main', 10_000);
  await call.press('2');
  await call.ears.prompt('zh/please-wait', 10_000);
  const queued = await house.stage.bridge.event('workItem:queued', (event) => event.interactionId === interactionId, 10_000);
  expect(queued).toMatchObject({ queueId: 'technical', priority: 5 });
  await call.hangUp();
});

it.concurrent('outside the hours who presses 1 is called back: the promise is on disk before they hear of it', async () => {
  const { call, interactionId } = await house.call('1012', chenZhiyuan.number);
  await call.ears.prompt('zh/closed-callback-offer', 15_000);
  await call.press('1');
  await call.ears.prompt('zh/callback-promised', 10_000);
  expect(inspect(house.folder, `select queue_id, number from callback where interaction_id = '${interactionId}'`)).toEqual([
    { queue_id: 'general', number: chenZhiyuan.number },
  ]);
  await call.ended(15_000);
  expect(await endOf(interactionId)).toMatchObject({ end: { reason: 'callbackPromised' } });
});

it.concurrent('outside the hours a withheld number leaves a message instead', { timeout: 90_000 }, async () => {
  const { call, interactionId } = await house.call('1012', null);
  await call.ears.prompt('zh/closed-callback-offer', 15_000);
  await call.press('1');
  await call.ears.prompt('zh/callback-not-possible', 10_000);
  await call.ears.prompt('zh/voicemail-greeting', 15_000);
  await house.stage.bridge.event('recording:started', (event) => event.interactionId === interactionId, 15_000);
  await call.mouth.play(tone(700, 2_500));
  await call.press('#');
  await call.ears.prompt('zh/voicemail-left', 15_000);
  await call.ended(15_000);
});

it.concurrent('a survey keeps the answer; a prompt that is missing is heard as the flow’s fallback', async () => {
  const { call, interactionId } = await house.call('1013', juliaBrandt.number);
  await call.ears.prompt('en/survey-ask', 10_000);
  await call.press('74');
  await call.ears.prompt('en/technical-difficulty', 15_000);
  await call.ended(15_000);
  const answer = { flowId: 'survey', nodeId: 'question', attribute: 'satisfaction', score: 4, highest: 5 };
  expect(await answerOf(interactionId)).toMatchObject(answer);
  expect(house.stage.bridge.bugs.join()).toContain('no-such-prompt');
});

it.concurrent('who says nothing is asked once more, told good-bye, and never left in silence for long', { timeout: 90_000 }, async () => {
  const { call, interactionId } = await house.call('1013', unknownNumber);
  await call.ears.prompt('zh/survey-ask', 10_000);
  await call.ears.prompt('zh/goodbye', 60_000);
  await call.ended(15_000);
  expect(await endOf(interactionId)).toMatchObject({ end: { by: 'system', reason: 'completedInIvr' } });
  // Six seconds are the caller's, to press a key.
  expect(longestSilenceMs(call.ears.recording())).toBeLessThan(8_000);
});
