import { useEffect, useState } from 'react';
import type { Heat } from '../../../../shared/contracts/ivr/trace.ts';
import type { LoginFailure } from '../../../stores/index.ts';
import type { FlowRunDeeds } from '../run-deeds.ts';
import { type HeatRange, momentsOf } from './heat.ts';

const againMs = 60_000;

export interface HeatSeen {
  /** Null until it was read, and while it is off. */
  readonly heat: Heat | null;
  readonly failure: LoginFailure | null;
}
const nothingSeen: HeatSeen = { heat: null, failure: null };

/** How many callers went where, of all versions of a flow together; read anew each minute. Null as `flowId`: it is off. */
export function useHeat(read: FlowRunDeeds['readHeat'], flowId: string | null, range: HeatRange): HeatSeen {
  const [seen, setSeen] = useState<HeatSeen & { readonly of: string }>({ ...nothingSeen, of: '' });
  const of = `${flowId ?? ''} ${range}`;
  useEffect(() => {
    if (flowId === null) return;
    let isCurrent = true;
    const ask = async () => {
      const outcome = await read({ flowId, version: null, ...momentsOf(range, Date.now()) });
      if (!isCurrent) return;
      setSeen(outcome.ok ? { heat: outcome.value, failure: null, of } : { heat: null, failure: outcome.code, of });
    };
    void ask();
    const timer = setInterval(() => void ask(), againMs);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [read, flowId, range, of]);
  return flowId !== null && seen.of === of ? seen : nothingSeen;
}
