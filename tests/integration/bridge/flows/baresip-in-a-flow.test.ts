import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { customerNumbers, juliaBrandt, unknownNumber } from '../../../../cti-bridge/store/seed/demo-people.ts';
import { BaresipCall } from '../../../support/baresip.ts';
import { writeToneFile } from '../../../support/tones.ts';
import { FlowStage, soundsIn } from './flow-stage.ts';

/** Somebody else's telephone in a demo flow: its keys, and what it wrote down of what it heard. */
it('baresip types a customer number, hears that nothing is due, and is led to an agent', { timeout: 90_000 }, async () => {
  const house = await FlowStage.open();
  onTestFinished(() => house.close());
  const wavFile = writeToneFile(join(tmpdir(), `crosspoint-baresip-${process.pid}.wav`), 440, 60_000);
  onTestFinished(() => rmSync(wavFile, { force: true }));
  const call = new BaresipCall({ sip: house.stage.bridge.sip, to: '1000', from: unknownNumber, wavFile });
  onTestFinished(() => call.dispose());
  await call.answered(10_000);
  const { interactionId } = await house.stage.bridge.event('interaction:received');
  const type = async (keys: string, heardAfter: string) => {
    for (const key of keys) call.press(key);
    await expect.poll(() => soundsIn(call.heardSoFar().subarray(-16_000)), { timeout: 20_000, interval: 300 }).toContain(heardAfter);
  };
  await type('4', 'en/ask-customer-number');
  await type(`${customerNumbers.juliaBrandt}#`, 'en/self-service-menu');
  await type('1', 'en/balance-nothing-due');
  await type('0', 'en/please-wait');
  expect(await house.stage.bridge.event('workItem:queued', () => true, 15_000)).toMatchObject({ interactionId, queueId: 'billing' });
  const identified = house.stage.bridge.events.filter((event) => event.type === 'interaction:identified');
  expect(identified.at(-1)).toMatchObject({ match: 'certain', contactId: juliaBrandt.contactId });
  call.hangUp();
  await house.stage.bridge.event('interaction:ended', () => true, 10_000);
  expect(house.stage.bridge.bugs).toEqual([]);
});
