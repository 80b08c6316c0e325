import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.ts';

/** A hash over the names and contents of files and folders of the project: equal stamps mean equal sources. Missing places count as empty. */
export function sourceStamp(places: readonly string[], baseDir: string = root): string {
  const hash = createHash('sha256');
  const visit = (place: string): void => {
    const path = join(baseDir, place);
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) if (name !== 'node_modules') visit(join(place, name));
      return;
    }
    hash.update(`${place}\0`).update(readFileSync(path)).update('\0');
  };
  for (const place of places) visit(place);
  return hash.digest('hex');
}
