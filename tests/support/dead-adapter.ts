import { spawnSync } from 'node:child_process';

/** A network adapter that leads nowhere, as programs for private networks and virtual machines leave them behind: up, with an address, and nobody there. */
export interface DeadAdapter {
  readonly address: string;
  remove(): void;
}

/** Null where this machine does not let us have one. */
export function deadAdapter(): DeadAdapter | null {
  const name = `cp${process.pid % 1_000_000}`;
  const address = '198.18.77.1';
  const ip = (...words: readonly string[]) => spawnSync('ip', words).status === 0;
  const remove = () => void ip('link', 'del', name);
  const isThere =
    ip('link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}b`) &&
    ip('addr', 'add', `${address}/24`, 'dev', name) &&
    ip('link', 'set', name, 'up') &&
    ip('link', 'set', `${name}b`, 'up');
  if (isThere) return { address, remove };
  remove();
  return null;
}
