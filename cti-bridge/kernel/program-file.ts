/**
 * Where the file of a thread or process of ours is, by its place in the bridge: `store/workers/writer`. The built bridge has its programs
 * in the same places, and this module itself at the top.
 */
export function programFile(place: string): URL {
  const isBuilt = import.meta.url.endsWith('.js');
  return isBuilt ? new URL(`./${place}.js`, import.meta.url) : new URL(`../${place}.ts`, import.meta.url);
}
