/** Who wrote a description, as its `o=` line says it (RFC 4566 section 5.2): everything but the version, and the version. */
export interface Origin {
  readonly sessionNumber: string;
  readonly version: number;
}

const line = /^o=(\S+) (\d+) (\d+) (.*)$/m;

/** Null for what has no usable `o=` line. */
export function originOf(sdp: string): Origin | null {
  const [, , sessionNumber, version] = line.exec(sdp) ?? [];
  return sessionNumber === undefined || version === undefined ? null : { sessionNumber, version: Number(version) };
}

/**
 * A description as the next one of the same session: RFC 3264 section 8 wants the `o=` line of all that was said before, with a version one
 * higher. A media worker that took over from another does not know what that one wrote.
 */
export function continueOrigin(sdp: string, before: Origin): { readonly sdp: string; readonly origin: Origin } {
  const origin: Origin = { sessionNumber: before.sessionNumber, version: before.version + 1 };
  return {
    sdp: sdp.replace(
      line,
      (_whole, user: string, _number, _version, rest: string) => `o=${user} ${origin.sessionNumber} ${origin.version} ${rest}`,
    ),
    origin,
  };
}
