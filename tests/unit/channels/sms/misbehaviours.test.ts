import { expect, test } from 'vitest';
import { misbehaviourNames } from '../../../../tools/sms/misbehaviour.ts';
import { smsRound } from '../../../load/faults/sms.ts';

/** `npm run fault -- sms` does the same with more texts and other seeds. */
test.each(misbehaviourNames)(
  'a network that %s: nothing lost, nothing doubled without a mark, receipts matched, back in time',
  async (misbehaviour) => {
    const { failures, wrongs } = await smsRound({ misbehaviour, count: 25, seed: 20_261_122 });
    expect(failures).toEqual([]);
    expect(wrongs).toBeGreaterThan(0);
  },
);

test('an outbox that sends again what may have been sent is found', async () => {
  const { failures } = await smsRound({ misbehaviour: 'dropsAfterTaking', count: 25, seed: 1, isCareless: true });
  expect(failures.join()).toContain('was taken twice');
});
