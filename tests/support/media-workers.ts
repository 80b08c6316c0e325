import { readdirSync, readFileSync } from 'node:fs';

/** The process ids of the media workers that a process has started and that live; of this one, unless told otherwise. */
export function mediaWorkers(parent = process.pid): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const isOurs = new RegExp(`^PPid:\\s+${parent}$`, 'm').test(readFileSync(`/proc/${name}/status`, 'utf8'));
      return isOurs && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('media/worker.js') ? [Number(name)] : [];
    } catch {
      return []; // it ended meanwhile
    }
  });
}
