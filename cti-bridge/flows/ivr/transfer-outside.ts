import type { Deed } from '../../ivr/index.ts';
import type { StoryContext } from '../context.ts';
import { type DeedRun, type Done, done } from './deed-run.ts';
import { bringTogether, dialOutside } from './dial-outside.ts';

type Transfer = Extract<Deed, { readonly kind: 'transfer' }>;

/** Gives the caller to a number outside. Once answered the call is theirs, and the flow is over. */
export async function transferOutside({ number, ringMs }: Transfer, run: DeedRun, context: StoryContext): Promise<Done> {
  const leg = await dialOutside(number, { ringMs }, run, context);
  if (!leg) return done('failed');
  run.takeCaller();
  bringTogether(run, leg);
  run.transferredTo = leg;
  return done('transferred');
}
