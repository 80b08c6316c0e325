import { type MessageRule, writtenChannels } from './contracts/messages/settings.ts';

/**
 * Rules that are never reached: of each, by its place, the place of an earlier one that takes whatever it would. Rules that are off take
 * nothing and miss nothing. What words and addresses mean is not looked at, only whether one list has all of the other's.
 */
export function neverReached(rules: readonly MessageRule[]): ReadonlyMap<number, number> {
  const earlier: { readonly at: number; readonly lists: readonly ReadonlySet<string>[] }[] = [];
  const missed = new Map<number, number>();
  for (const [at, rule] of rules.entries()) {
    if (!rule.isOn) continue;
    const lists = listsOf(rule);
    const over = earlier.find((other) => isWider(other.lists, lists));
    if (over) missed.set(at, over.at);
    earlier.push({ at, lists });
  }
  return missed;
}

function listsOf({ when }: MessageRule): readonly ReadonlySet<string>[] {
  const { channels, sources, from, words, languages, tiers } = when;
  // All channels are as good as no condition.
  const some = writtenChannels.every((channel) => channels.includes(channel)) ? [] : channels;
  const written = [from, words].map((list) => list.map((each) => each.trim().toLowerCase()));
  return [some, sources, ...written, languages, tiers].map((list) => new Set<string>(list));
}

/** Each condition of the first is empty, or allows whatever the same one of the other allows. */
function isWider(one: readonly ReadonlySet<string>[], other: readonly ReadonlySet<string>[]): boolean {
  return one.every((list, n) => {
    const narrower = other[n] ?? new Set();
    return list.size === 0 || (narrower.size > 0 && narrower.size <= list.size && [...narrower].every((each) => list.has(each)));
  });
}
