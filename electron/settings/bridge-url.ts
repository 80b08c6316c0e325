const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether the desktop may be pointed at this bridge: an origin, encrypted unless it is this very machine. */
export function isBridgeUrl(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname));
}

/** `--bridge-url=ADDRESS` of the command line: the bridge of this run, not remembered. Null when absent or not usable. */
export function bridgeUrlFrom(commandLine: readonly string[]): string | null {
  const prefix = '--bridge-url=';
  const address = commandLine.find((argument) => argument.startsWith(prefix))?.slice(prefix.length);
  return address !== undefined && isBridgeUrl(address) ? new URL(address).origin : null;
}
