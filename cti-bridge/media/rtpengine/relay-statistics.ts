import type { BencodeDictionary, BencodeValue } from './bencode.ts';
import { isDictionary, isList } from './bencode.ts';

/** Packets of sound that came in from a side, as the daemon's answer to `query` counts them; 0 where it says nothing. */
export function packetsOf(query: BencodeDictionary, tag: string): number {
  const streams = at(at(at(at(at(query, 'tags'), tag), 'medias'), 0), 'streams');
  const packets = at(at(at(streams, 0), 'stats'), 'packets');
  return typeof packets === 'number' ? packets : 0;
}

function at(value: BencodeValue | undefined, key: string | number): BencodeValue | undefined {
  if (typeof key === 'number') return isList(value) ? value[key] : undefined;
  return isDictionary(value) ? value[key] : undefined;
}
