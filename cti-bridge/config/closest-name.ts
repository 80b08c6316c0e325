/** The known name that a mistyped one was probably meant to be, or null when none is near. For "did you mean". */
export function closestName(name: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let least = 5;
  for (const candidate of known) {
    const steps = editDistance(candidate, name);
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best;
}

/** Levenshtein: single-character edits between two words. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
