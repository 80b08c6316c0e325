import { limits, type StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';

/** Resolves when they have said what they had to say: they press #, are silent, reach the limit, or hang up; or when it is `stopped`. */
export async function callerSpeaks(
  { call }: Pick<LiveInteraction, 'call'>,
  maxMs: number,
  context: Pick<StoryContext, 'scope'>,
  stopped?: AbortSignal,
): Promise<void> {
  const scope = context.scope.child('message');
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  let silence: { dispose(): unknown } | null = null;
  scope.timer(maxMs, finish);
  scope.add(call.onDigit(({ digit }) => digit === '#' && finish()));
  scope.add(
    call.onQuality(({ trouble }) => {
      const isSilent = trouble?.side === 'customer' && trouble.kind !== 'hearsNothing';
      if (!isSilent) {
        void silence?.dispose();
        silence = null;
      } else silence ??= scope.timer(limits.messageSilence, finish);
    }),
  );
  scope.add(finish);
  stopped?.addEventListener('abort', () => finish(), { once: true });
  if (stopped?.aborted) finish();
  await Promise.race([done, call.ended]);
  await scope.end('message over');
}
