import type { ConfigurationChange, ConfigurationProblem } from '../../shared/contracts/configuration.ts';

const longest = 160;
const short = (value: string | null) => (value === null ? 'nothing' : value.length > longest ? `${value.slice(0, longest)}…` : value);
const signs = { added: '+', changed: '~', removed: '-' } as const;

/** One line a change, as a dry run lists them. */
export function changeLines(changes: readonly ConfigurationChange[]): readonly string[] {
  const lines = changes.map(({ kind, path, before, after }) => {
    const what = kind === 'changed' ? `${short(before)} -> ${short(after)}` : short(kind === 'added' ? after : before);
    return `${signs[kind]} ${path}  ${what}`;
  });
  const count = changes.length === 0 ? 'Nothing differs.' : `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}.`;
  return [...lines, count];
}

export function problemLines(problems: readonly ConfigurationProblem[]): readonly string[] {
  return [
    ...problems.flatMap(({ path, found, expected }) => [
      path === '' ? 'the whole' : path,
      `  found     ${found}`,
      `  expected  ${expected}`,
    ]),
    `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}; nothing was changed.`,
  ];
}
