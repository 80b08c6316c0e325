/**
 * A row of a table as the resource its columns name: `@type`, `externalId`, `relatedParty.0.id`, `amountDue.value`. Empty cells say nothing;
 * what ends in `value` or `amount` is a number where it looks like one.
 */
export function rowAsResource(header: readonly string[], cells: readonly string[]): unknown {
  const resource: Record<string, unknown> = {};
  for (const [at, name] of header.entries()) {
    const cell = (cells[at] ?? '').trim();
    const path = name.trim().split('.');
    if (cell === '' || path.some((part) => part === '' || part === '__proto__' || part === 'constructor' || part === 'prototype')) continue;
    set(resource, path, /^(value|amount)$/.test(path.at(-1) ?? '') && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell);
  }
  return resource;
}

/** Places in a list are few: a number in the name of a column must not make a list of a million. */
const longestList = 50;

function set(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let place: Record<string, unknown> | unknown[] = target;
  for (const [depth, part] of path.entries()) {
    const key = Array.isArray(place) ? Number(part) : part;
    if (typeof key === 'number' && !(key >= 0 && key < longestList)) return;
    const holder = place as Record<string | number, unknown>;
    if (depth === path.length - 1) {
      holder[key] = value;
      return;
    }
    holder[key] ??= /^\d+$/.test(path[depth + 1] ?? '') ? [] : {};
    const next = holder[key];
    if (typeof next !== 'object' || next === null) return;
    place = next as Record<string, unknown> | unknown[];
  }
}
