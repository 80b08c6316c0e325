import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { customerNumbers, zhouHousehold } from '../../../../cti-bridge/store/seed/demo-people.ts';
import { giveDemoData } from '../../../support/demo-data.ts';
import { inspect } from '../../store/store-under-test.ts';
import { BridgeProgram } from '../bridge-program.ts';
import { traceOf } from './flow-stage.ts';

it('who was asked for their customer number when the bridge was killed is asked again, and what they had given before is known', {
  timeout: 90_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await giveDemoData(folder);
  const first = await BridgeProgram.start(folder);
  const call = await (await first.caller()).call({ to: '1001', from: zhouHousehold.number });
  await call.answered();
  await call.press('9');
  await call.press('4');
  await call.ears.prompt('en/ask-customer-number', 15_000);
  await call.press('99999#');
  await call.ears.prompt('en/customer-not-found', 10_000);
  await call.ears.prompt('en/ask-customer-number', 10_000);
  // Half of it, and the power is gone.
  await call.press(customerNumbers.zhouJianping.slice(0, 4));
  const kept = () => {
    const [row] = inspect<{ menu: string | null }>(folder, 'select menu from live_call');
    return row?.menu ? (JSON.parse(row.menu) as { frames: { flowId: string; nodeId: string }[]; locale: string }) : null;
  };
  await expect
    .poll(() => kept()?.frames.map(({ flowId, nodeId }) => `${flowId}/${nodeId}`), { timeout: 5_000 })
    .toEqual(['hotline-zh/self-service', 'self-service/identify', 'identify/ask-number']);
  await first.kill();

  await BridgeProgram.start(folder, first.sip.port);
  await call.ears.prompt('en/ask-customer-number', 15_000);
  await call.press(`${customerNumbers.zhouJianping}#`);
  await call.ears.prompt('en/self-service-menu', 15_000);
  await call.press('0');
  await call.ears.music(20_000);
  const [live] = inspect<{ interaction_id: string; queue_id: string; locale: string }>(
    folder,
    'select interaction_id, queue_id, locale from live_call',
  );
  expect(live).toMatchObject({ queue_id: 'billing', locale: 'en' });
  const passed = traceOf(folder, live?.interaction_id ?? '');
  expect(passed.map(({ node_id }) => node_id)).toEqual(
    expect.arrayContaining(['welcome', 'menu', 'remember', 'find-by-number', 'queue-billing']),
  );
  expect(passed.filter(({ node_id }) => node_id === 'ask-number').map(({ keys }) => keys)).toEqual([
    '99999#',
    `${customerNumbers.zhouJianping}#`,
  ]);
  await call.hangUp();
});
