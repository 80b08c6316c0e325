import { afterAll, beforeAll, expect, it } from 'vitest';
import { spoken } from '../../../../cti-bridge/ivr/speech/index.ts';
import { harbourAndVale } from '../../../../cti-bridge/store/seed/companies.ts';
import { customerNumbers, margaretOkafor, unknownNumber, zhouHousehold } from '../../../../cti-bridge/store/seed/demo-people.ts';
import { demoFlows } from '../../../../cti-bridge/store/seed/flows/index.ts';
import type { ScriptedDesktop } from '../../../support/scripted-desktop.ts';
import { inspect } from '../../store/store-under-test.ts';
import { expectHeard, FlowStage, heardBy } from './flow-stage.ts';

/** Callers who find out by themselves, in one bridge at the same time. */

let house: FlowStage;
let lena: ScriptedDesktop;

beforeAll(async () => {
  house = await FlowStage.open();
  lena = await house.stage.signIn('lena.hartmann');
});

afterAll(async () => {
  await house.close();
  expect(house.stage.bridge.bugs).toEqual([]);
});

const zh = (names: readonly string[]) => names.map((name) => `zh/${name}`);
const en = (names: readonly string[]) => names.map((name) => `en/${name}`);

it.concurrent('a line that several people have: who calls types their customer number, and hears in Chinese what is overdue', async () => {
  const { call, interactionId } = await house.call('1010', zhouHousehold.number);
  await call.ears.prompt('zh/ask-customer-number', 15_000);
  await call.press(`${customerNumbers.zhouJianping}#`);
  await call.ears.prompt('zh/self-service-menu', 10_000);
  await call.press('1');
  await call.ears.prompt('zh/balance-in-arrears');
  await call.ears.prompt('zh/self-service-menu', 10_000);
  expectHeard(call, zh(['welcome', 'ask-customer-number', 'customer-found', 'self-service-menu', 'balance-in-arrears']));
  expectHeard(call, ['zh/balance-in-arrears', ...zh(spoken('128.50', 'money', 'zh', 'CNY')), 'zh/self-service-menu']);
  await call.press('9');
  await call.ears.prompt('zh/goodbye');
  await call.ended(8_000);
  const path = await house.passed({ interactionId }, 'goodbye');
  expect(path.map(({ node_id }) => node_id)).toEqual(
    expect.arrayContaining(['ask-number', 'find-by-number', 'menu', 'find-balance', 'say-overdue', 'back']),
  );
  expect(path.find(({ node_id }) => node_id === 'ask-number')).toMatchObject({
    keys: `${customerNumbers.zhouJianping}#`,
    exit_name: 'done',
  });
});

it.concurrent('a customer who is known by number hears in English of their open case and their balance, and the agent has it all', async () => {
  const { call, interactionId } = await house.call('1010', margaretOkafor.number);
  await call.ears.prompt('en/self-service-menu', 10_000);
  await call.press('2');
  await call.ears.prompt('en/case-open');
  await call.ears.prompt('en/self-service-menu', 15_000);
  expectHeard(call, ['en/case-open', ...en(spoken('C-20418', 'digits', 'en')), 'en/self-service-menu']);
  await call.press('1');
  // What is due depends on the day of the month on which this runs.
  const [bills] = inspect<{ owed: number }>(
    house.folder,
    `select sum(amount - paid) as owed from bill where account_id = '${harbourAndVale}'`,
  );
  const owed = bills?.owed ?? 0;
  await call.ears.prompt(owed > 0 ? 'en/balance-is' : 'en/balance-nothing-due');
  if (owed > 0) {
    await call.ears.prompt('en/balance-due-on', 10_000);
    expectHeard(call, ['en/balance-is', ...en(spoken((owed / 100).toFixed(2), 'money', 'en', 'GBP')), 'en/balance-due-on']);
  }
  await call.press('0');
  await call.ears.prompt('en/please-wait');
  await lena.becomeAvailable();
  const offered = await lena.push('reservation:offered', () => true, 10_000);
  expect(offered.pop).toMatchObject({ interactionId, queueId: 'billing', match: { kind: 'certain' } });
  expect(offered.pop.path.map(({ code, facts }) => (code === 'pressed' ? facts.key : code))).toEqual(
    expect.arrayContaining(['dialled', 'recognised', 'language', '2', '1', '0', 'queued']),
  );
  await call.hangUp();
});

it.concurrent('keys that come faster than any prompt are all kept, through three flows', async () => {
  const { call, interactionId } = await house.call('1001', zhouHousehold.number);
  await call.press(`4${customerNumbers.zhouJianping}#20`);
  await call.ears.music(20_000);
  const path = await house.passed({ interactionId }, 'queue-billing');
  expect(path.map(({ node_id, keys }) => keys ?? node_id)).toEqual(
    expect.arrayContaining(['4', `${customerNumbers.zhouJianping}#`, '2', 'no-case', '0', 'wait-billing', 'queue-billing']),
  );
  const live = inspect<{ queue_id: string }>(house.folder, `select queue_id from live_call where interaction_id = '${interactionId}'`);
  expect(live).toEqual([{ queue_id: 'billing' }]);
  expect(heardBy(call)).not.toContain('zh/menu-main');
  await call.hangUp();
});

it.concurrent('a stranger whose customer number is nobody’s twice is given to an agent', async () => {
  const { call, interactionId } = await house.call('1000', unknownNumber);
  await call.press('4');
  await call.ears.prompt('en/ask-customer-number', 10_000);
  await call.press('12345#');
  await call.ears.prompt('en/customer-not-found', 10_000);
  await call.ears.prompt('en/ask-customer-number', 10_000);
  await call.press('54321#');
  await call.ears.prompt('en/please-wait', 15_000);
  await call.ears.music(10_000);
  expect((await house.passed({ interactionId }, 'queue-billing')).at(-1)).toMatchObject({ exit_name: null });
  await call.hangUp();
});

it('every flow of the demo has nothing wrong with it in the house that it is shipped with', async () => {
  const admin = await house.stage.signIn('admin');
  for (const flow of demoFlows) {
    const checked = await admin.upload('flow:check', { flow });
    expect(checked, flow.flowId).toEqual({ ok: true, value: { problems: [] } });
  }
});
