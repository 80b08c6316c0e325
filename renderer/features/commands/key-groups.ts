import type { Action } from '../../ui/index.ts';

export type KeyGroup = 'call' | 'work' | 'customer' | 'screen';

/** By the first word of an action's id; whatever is not named moves about the screen. */
const groupOf: Readonly<Record<string, KeyGroup>> = {
  ...{ call: 'call', message: 'call', supervise: 'call', help: 'call', devices: 'call', check: 'call' },
  ...{ inbox: 'work', wrapUp: 'work', work: 'work', agent: 'work', guide: 'work', followUp: 'work', figures: 'work', knowledge: 'work' },
  ...{ record: 'customer', account: 'customer', customers: 'customer', privacy: 'customer' },
};

export interface KeySheetGroup {
  readonly name: KeyGroup;
  /** The keys with all that they do, each key once: it may do one thing in a call and another with written work. */
  readonly rows: readonly (readonly [keys: string, words: string])[];
}

export function keyGroups(actions: readonly Action[]): readonly KeySheetGroup[] {
  return (['call', 'work', 'customer', 'screen'] as const).flatMap((name) => {
    const own = actions.flatMap(({ id, shortcut, label }) =>
      shortcut !== null && (groupOf[id.split('.')[0] ?? ''] ?? 'screen') === name ? [[shortcut, label] as const] : [],
    );
    const byKey = Map.groupBy(own, ([shortcut]) => shortcut);
    const rows = [...byKey].map(([shortcut, same]) => [shortcut, [...new Set(same.map(([, label]) => label))].join(' / ')] as const);
    return rows.length === 0 ? [] : [{ name, rows }];
  });
}
