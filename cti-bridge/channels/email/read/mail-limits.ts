const kib = 1024;
const mib = 1024 * kib;

/**
 * What a mail may be made of before anybody takes it apart. Room for a file of 28 MB as mail carries it (base64, four bytes for three), and for
 * every honest mail; what is larger, deeper or more is put aside with its reason.
 */
export const mailLimits = {
  bytes: 40 * mib,
  lineBytes: 4 * mib,
  lines: 800_000,
  headerFields: 5_000,
  headerBytes: 2 * mib,
  parts: 500,
  depth: 40,
  /** Characters of text, bytes of HTML before it is cleaned, and its characters after. What is beyond them stays in the raw mail. */
  text: 256 * kib,
  html: 4 * mib,
  shownHtml: mib,
  files: 100,
  fileBytes: 30 * mib,
  addresses: 500,
  references: 100,
  /** How much of one that cannot be read is shown to whoever looks at it. */
  unreadableTextBytes: 64 * kib,
} as const;

export type MailLimits = { readonly [Limit in keyof typeof mailLimits]: number };
