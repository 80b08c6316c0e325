import * as z from 'zod/mini';
import { factNameSchema } from '../../shared/contracts/ivr/conditions.ts';
import { ivrPathStepSchema } from '../../shared/contracts/screen-pop.ts';
import type { FlowSource, IvrState } from './model.ts';

/** A run as it is written down, so that it goes on at the same node after a crash. What is a secret of the caller's is not: a crash loses it. */
export function storedState(state: IvrState): string {
  const masked = new Set(state.masked);
  const facts = Object.fromEntries(Object.entries(state.facts).filter(([name]) => !masked.has(name)));
  const { frames, locale, callerLocale, priority, skills, path, isAnswered, stepCount } = state;
  return JSON.stringify({ frames, locale, callerLocale, facts, priority, skills, path, isAnswered, stepCount } satisfies Stored);
}

/** The run that goes on: feed it `start`. `fresh` where what is written cannot be read, or its node is no more. */
export function restoredState(written: string, flows: FlowSource, fresh: IvrState): IvrState {
  const stored = read(written);
  const frames = stored?.frames.flatMap(({ flowId, nodeId }) => {
    const published = flows.find(flowId);
    return published && Object.hasOwn(published.flow.nodes, nodeId) ? [{ flowId, version: published.version, nodeId }] : [];
  });
  return stored && frames?.length === stored.frames.length ? { ...fresh, ...stored, frames } : fresh;
}

const frame = z.object({ flowId: z.string(), version: z.int(), nodeId: z.string() });
const storedSchema = z.object({
  frames: z.array(frame).check(z.minLength(1)),
  locale: z.enum(['en', 'zh']),
  callerLocale: z.nullable(z.enum(['en', 'zh'])),
  facts: z.record(factNameSchema, z.string()),
  priority: z.nullable(z.int()),
  skills: z.nullable(z.string()),
  path: z.array(ivrPathStepSchema),
  isAnswered: z.boolean(),
  stepCount: z.int(),
});
type Stored = Pick<IvrState, 'frames' | 'locale' | 'callerLocale' | 'facts' | 'priority' | 'skills' | 'path' | 'isAnswered' | 'stepCount'>;

function read(written: string): Stored | null {
  try {
    const parsed = storedSchema.safeParse(JSON.parse(written));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
