/**
 * What is kept in place of a mail that cannot be: its own header, so that it reaches whoever would have got it and belongs to its thread, and
 * a text that says what is missing. The mail itself stays in the mailbox, unread.
 */
export function leftOut(header: Uint8Array | null, bytes: number, reason: 'tooLarge' | 'unreadable'): Uint8Array {
  const lines = header === null ? [] : kept(Buffer.from(header).toString('latin1'));
  const size = `${Math.max(1, Math.round(bytes / 1024 / 1024))} MB`;
  const [en, zh] =
    reason === 'tooLarge'
      ? [`This mail (${size}) is larger than what is taken in here. It lies in the mailbox.`, `此邮件（${size}）超过接收上限，仍在邮箱中。`]
      : [`This mail (${size}) could not be read from the mailbox, where it still lies.`, `此邮件（${size}）无法从邮箱读取，仍在邮箱中。`];
  const own = [
    `X-Crosspoint-Left-Out: ${reason}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ];
  const text = Buffer.from(`\r\n${en}\r\n${zh}\r\n`, 'utf8');
  return Buffer.concat([Buffer.from([...lines, ...own].map((line) => `${line}\r\n`).join(''), 'latin1'), text]);
}

const longestHeader = 64 * 1024;

/** All but what describes the text that is not there. */
function kept(header: string): readonly string[] {
  const unfolded: string[] = [];
  for (const line of header.slice(0, longestHeader).split(/\r\n|\r|\n/)) {
    if (/^[ \t]/.test(line) && unfolded.length > 0) unfolded[unfolded.length - 1] += `\r\n${line}`;
    else if (/^[!-9;-~]+:/.test(line)) unfolded.push(line);
  }
  return unfolded.filter((line) => !/^(content-|mime-version:|x-crosspoint-)/i.test(line));
}
