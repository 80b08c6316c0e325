import { expect, test } from 'vitest';
import type { FlowNode } from '../../../../cti-bridge/ivr/index.ts';
import { Caller, flowOf } from '../flows.ts';
import { describeNode } from './node-table.ts';

const hours: FlowNode = { kind: 'hours', hoursId: 'day', exits: {} };
const house = (open: string, holiday: string) => ({ house: { 'hours.day.open': open, 'hours.day.holiday': holiday } });

describeNode([
  { when: 'hours, open', node: hours, parts: house('yes', 'no'), entering: 'leave node by open' },
  { when: 'hours, closed', node: hours, parts: house('no', 'no'), entering: 'leave node by closed' },
  { when: 'hours, a holiday', node: hours, parts: house('no', 'yes'), entering: 'leave node by holiday' },
  { when: 'hours, a holiday on which somebody works', node: hours, parts: house('yes', 'yes'), entering: 'leave node by open' },
  { when: 'hours, that are not set up', node: hours, entering: 'leave node by error' },
]);

test('a holiday for which there is no way of its own is a day on which it is closed', () => {
  const flow = flowOf({
    node: { kind: 'hours', hoursId: 'day', exits: { open: 'end', closed: 'end' } },
    end: { kind: 'hangUp', prompts: [], exits: {} },
  });
  expect(new Caller(flow, house('no', 'yes')).start().did()[0]).toBe('leave node by closed');
});
