import type { FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import { flowFormat, flowSchema } from '../../../shared/contracts/ivr/flow.ts';
import type { FlowJudge } from './judge.ts';

/** Whether it has the shape of a flow, and no more than that. */
export const judgeShape: FlowJudge = {
  judge(flow) {
    const parsed = flowSchema.safeParse(flow);
    if (parsed.success) return [];
    const format = typeof flow === 'object' && flow !== null && 'format' in flow ? flow.format : undefined;
    if (typeof format === 'number' && format > flowFormat) {
      const what = `The flow was written by a newer version (format ${format}).`;
      return [{ severity: 'error', code: 'newerFormat', nodeId: null, field: null, what, facts: { format: String(format) } }];
    }
    return parsed.error.issues.map(({ path, message }): FlowProblem => {
      const nodeId = path[0] === 'nodes' && path[1] !== undefined ? String(path[1]) : null;
      const field = (nodeId === null ? path : path.slice(2)).map(String).join('/');
      return { severity: 'error', code: 'malformed', nodeId, field: field === '' ? null : field, what: message, facts: {} };
    });
  },
  simulate: () => ({ lines: [], at: null, locale: 'zh', facts: {}, end: null }),
};
