import type { FlowEntry } from '../../../shared/contracts/ivr/commands.ts';
import { entriesRevisionFact } from '../repositories/ivr/flow-reads.ts';
import { hotlines } from './demo-people.ts';
import type { Rows } from './insert-rows.ts';
import { directFlow, mainFlow } from './main-flow.ts';

const entry = (dnis: string, en: string, zh: string, flowId: string): FlowEntry => ({
  dnis,
  name: { en, zh },
  flows: [{ hoursId: null, flowId }],
});

const entries: readonly FlowEntry[] = [
  entry(hotlines.zh, 'Hotline, Chinese', '中文热线', 'hotline-zh'),
  entry(hotlines.shortZh, 'Hotline, Chinese, in the city', '中文热线（市话）', 'hotline-zh'),
  entry(hotlines.en, 'Hotline, English', '英文热线', 'hotline-en'),
  entry(hotlines.shortEn, 'Hotline, English, in the city', '英文热线（市话）', 'hotline-en'),
  entry(hotlines.direct, 'Key accounts', '大客户专线', 'direct'),
];

/** The hotlines of the demo organisation: each flow live in its first version, with the numbers that lead to it. */
export function flowRows(now: number): Rows {
  const flows = [mainFlow('hotline-zh', 'zh'), mainFlow('hotline-en', 'en'), directFlow('direct', 'billing')];
  const published = { version: 1, at: now, by_id: null, by_name: 'demo', note: '', restores: null };
  return {
    flow: flows.map(({ flowId }) => ({ flow_id: flowId, revision: 0, live_version: 1 })),
    flow_version: flows.map((flow) => ({ ...published, flow_id: flow.flowId, body: JSON.stringify(flow) })),
    flow_entry: entries.map((each, position) => ({ dnis: each.dnis, position, body: JSON.stringify(each) })),
    store_fact: [{ key: entriesRevisionFact, value: '1' }],
  };
}
