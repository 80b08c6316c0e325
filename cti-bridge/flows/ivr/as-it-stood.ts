import type { Flow, FlowEntrance, PublishedFlow } from '../../ivr/index.ts';
import { withTimeLimit } from '../../kernel/index.ts';
import { limits, type StoryContext } from '../context.ts';

/**
 * Where a caller goes on after a restart: in the flows in which they stood, each in the version that they began with, although another went
 * live since. What cannot be had any more is taken as it is now; undefined where there is nothing of it either.
 */
export async function entranceAsItStood(
  menu: string,
  now: FlowEntrance | undefined,
  { clock, ivr, log }: Pick<StoryContext, 'clock' | 'ivr' | 'log'>,
): Promise<FlowEntrance | undefined> {
  const frames = framesOf(menu);
  const kept = new Map<string, PublishedFlow>();
  const read = async ({ flowId, version }: StoodAt): Promise<void> => {
    const flow: Flow | null = await ivr.readFlow(flowId, version);
    if (flow) kept.set(flowId, { version, flow });
  };
  const others = frames.filter(({ flowId, version }) => now?.flows.find(flowId)?.version !== version);
  try {
    await withTimeLimit(clock, limits.identify, 'reading the flow of before', Promise.all(others.map(read)));
  } catch (error) {
    log.error('ivr:versionUnread', { error: String(error) });
  }
  const find = (flowId: string) => kept.get(flowId) ?? now?.flows.find(flowId);
  const [first] = frames;
  const entry = (first && find(first.flowId)) ?? now?.entry;
  return entry && { entry, flows: { find } };
}

interface StoodAt {
  readonly flowId: string;
  readonly version: number;
}

/** Nothing where it cannot be read. */
function framesOf(menu: string): readonly StoodAt[] {
  try {
    const { frames } = JSON.parse(menu) as { readonly frames?: unknown };
    return Array.isArray(frames) ? frames.filter(isStoodAt) : [];
  } catch {
    return [];
  }
}

function isStoodAt(frame: unknown): frame is StoodAt {
  const { flowId, version } = Object(frame) as Partial<StoodAt>;
  return typeof flowId === 'string' && Number.isInteger(version);
}
