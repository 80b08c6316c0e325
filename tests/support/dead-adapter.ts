import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A network adapter that leads nowhere, as programs for private networks and virtual machines leave them behind: up, with an address, and nobody there. */
export interface DeadAdapter {
  readonly address: string;
  remove(): void;
}

const upLimitMs = 3_000;

/**
 * Null where this machine does not let us have one. What it tells of itself it has told when this returns: a browser that hears of an adapter
 * while it asks for a page loses the answer.
 */
export function deadAdapter(): DeadAdapter | null {
  const name = `cp${process.pid % 1_000_000}`;
  const address = '198.18.77.1';
  const ip = (...words: readonly string[]) => spawnSync('ip', words).status === 0;
  const remove = () => void ip('link', 'del', name);
  const isThere =
    ip('link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}b`) &&
    // An address that the system gives it by itself would come a second later.
    ip('link', 'set', name, 'addrgenmode', 'none') &&
    ip('link', 'set', `${name}b`, 'addrgenmode', 'none') &&
    ip('addr', 'add', `${address}/24`, 'dev', name) &&
    ip('link', 'set', name, 'up') &&
    ip('link', 'set', `${name}b`, 'up') &&
    isUp(name);
  if (isThere) return { address, remove };
  remove();
  return null;
}

function isUp(name: string): boolean {
  const until = performance.now() + upLimitMs;
  while (performance.now() < until) {
    if (readFileSync(`/sys/class/net/${name}/operstate`, 'utf8').trim() === 'up') return true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
  return false;
}
