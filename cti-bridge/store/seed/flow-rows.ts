import { entriesRevisionFact } from '../repositories/ivr/flow-reads.ts';
import { demoEntries, demoFlows } from './flows/index.ts';
import type { Rows } from './insert-rows.ts';

/** The flows of the demo organisation, each live in its first version, with the numbers that lead to them. */
export function flowRows(now: number): Rows {
  const published = { version: 1, at: now, by_id: null, by_name: 'demo', note: '', restores: null };
  return {
    flow: demoFlows.map(({ flowId }) => ({ flow_id: flowId, revision: 0, live_version: 1 })),
    flow_version: demoFlows.map((flow) => ({ ...published, flow_id: flow.flowId, body: JSON.stringify(flow) })),
    flow_entry: demoEntries.map((each, position) => ({ dnis: each.dnis, position, body: JSON.stringify(each) })),
    store_fact: [{ key: entriesRevisionFact, value: '1' }],
  };
}
