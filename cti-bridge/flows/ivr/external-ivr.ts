import type { OutsideLeg } from '../../interactions/index.ts';
import type { Deed, Taken } from '../../ivr/index.ts';
import type { StoryContext } from '../context.ts';
import { type DeedRun, type Done, done } from './deed-run.ts';
import { bringTogether, dialOutside } from './dial-outside.ts';
import { saidUnder } from './passed-facts.ts';
import { documentOf, factOf, formOf, valueAt } from './taken-values.ts';
import { writeUserToUser } from './user-to-user.ts';

type External = Extract<Deed, { readonly kind: 'external' }>;

/**
 * Hands the caller to another IVR and takes them back:
 *
 *   dialled, with `sends` as User-to-User ──▶ answered: the two are together ──▶ it hangs up, and says in its BYE what came of it ──▶ returned
 *
 * A line that breaks off, or stays longer than it may, has not returned anything. What it says is taken from User-to-User where `path` is a
 * place in that (a JSON Pointer), else from the header of that name.
 */
export async function externalIvr({ number, sends, takes, ringMs, maxMs }: External, run: DeedRun, context: StoryContext): Promise<Done> {
  const said = Object.keys(sends).length > 0 ? { userToUser: writeUserToUser(formOf(sends)) } : {};
  const leg = await dialOutside(number, { ringMs, ...said }, run, context);
  if (!leg) return done('failed');
  const taken = run.takeCaller();
  const { room } = run.interaction;
  bringTogether(run, leg);
  const limit = run.scope.timer(maxMs, () => leg.release('ended'));
  const gone = await leg.gone;
  void limit.dispose();
  room.leave('customer', leg);
  taken.dispose();
  if (gone === 'released') return done('timeout');
  return gone === 'hungUp' ? done('returned', factsOf(takes, leg)) : done('failed');
}

function factsOf(takes: readonly Taken[], leg: OutsideLeg): Readonly<Record<string, string>> {
  const header = (name: string) => leg.farewell(name);
  const userToUser = saidUnder('User-to-User', header);
  const document = userToUser === null ? null : documentOf(userToUser);
  return Object.fromEntries(
    takes.flatMap(({ path, as }) => {
      const value = path === '' ? factOf(userToUser) : path.startsWith('/') ? valueAt(document, path) : factOf(saidUnder(path, header));
      return value === null ? [] : [[`passed.${as}`, value]];
    }),
  );
}
