const secureLine = /^(m=\S+ \d+ )RTP\/SAVP(F?) /gm;
const cryptoLines = /^a=crypto:[^\r\n]*(?:\r\n|\n|$)/gm;

/** An offer of ours for somebody who is to be offered no protection: the same sound on the same port, without the keys. */
export function plainOffer(sdp: string): string {
  return withoutKeys(sdp).replace(secureLine, '$1RTP/AVP$2 ');
}

/** A description as it may be kept or written to a log: that it was protected is still to be seen. */
export function withoutKeys(sdp: string): string {
  return sdp.replace(cryptoLines, '');
}

/** The value of the line with our key in a description of ours, of which the far side's chose one; null for sound in clear. */
export function ownKeyLine(own: string, far: string): string | null {
  if (!isProtected(own) || !isProtected(far)) return null;
  const ours = linesOf(own);
  const [tag] = (linesOf(far)[0] ?? '').split(' ');
  return ours.length === 1 ? (ours[0] ?? null) : (ours.find((line) => line.split(' ')[0] === tag) ?? null);
}

function linesOf(sdp: string): readonly string[] {
  return [...sdp.matchAll(/^a=crypto:([^\r\n]+)/gm)].flatMap(([, value]) => value ?? []);
}

/** That the sound it describes is protected by keys that stand in it. */
export function isProtected(sdp: string): boolean {
  return /^m=audio [1-9]\d* RTP\/SAVPF? /m.test(sdp);
}
