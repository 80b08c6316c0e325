/** Systems of the house that flows may ask. */
export interface AllowedHosts {
  /** `host` as a parsed URL has it: small letters, IPv6 in brackets. */
  has(host: string, port: number): boolean;
}

/** `entries` are `host` (its usual ports) or `host:port`, IPv6 in brackets. */
export function allowedHosts(entries: readonly string[]): AllowedHosts {
  const named = new Set(entries.flatMap(placesOf));
  return { has: (host, port) => named.has(`${host.replace(/\.$/, '')}:${port}`) };
}

function placesOf(entry: string): readonly string[] {
  const text = entry.toLowerCase();
  return /:\d+$/.test(text.replace(/^\[.*\]/, '')) ? [text] : [`${text}:80`, `${text}:443`];
}
