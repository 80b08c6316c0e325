import { readdirSync, readFileSync } from 'node:fs';

/** The process ids of the media workers that this process has started and that live. */
export function mediaWorkers(): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const isOurs = new RegExp(`^PPid:\\s+${process.pid}$`, 'm').test(readFileSync(`/proc/${name}/status`, 'utf8'));
      return isOurs && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('media/worker.js') ? [Number(name)] : [];
    } catch {
      return []; // it ended meanwhile
    }
  });
}
