import type { FlowProblem } from '../../../shared/contracts/ivr/flow.ts';

/** Where a problem lies. */
export interface Place {
  /** Null: the flow itself. */
  readonly nodeId: string | null;
  readonly field: string | null;
}

export function problem(
  code: FlowProblem['code'],
  { nodeId, field }: Place,
  what: string,
  facts: Readonly<Record<string, string>> = {},
): FlowProblem {
  return { severity: 'error', code, nodeId, field, what, facts: { ...facts } };
}

/** What is odd and does no harm. */
export function warning(...about: Parameters<typeof problem>): FlowProblem {
  return { ...problem(...about), severity: 'warning' };
}
