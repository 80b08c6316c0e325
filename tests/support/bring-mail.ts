import { SmtpTalk } from './smtp-talk.ts';

/** Brings one mail to the bridge's own mail server, as another server would. Rejects with what it said where it does not take it. */
export async function bringMail(
  mailAddress: string | null,
  { from, to, head, text }: { readonly from: string; readonly to: string; readonly head: readonly string[]; readonly text: string },
): Promise<void> {
  const talk = await SmtpTalk.open(Number(mailAddress?.split(':')[1]));
  const expecting = async (code: string) => {
    const answer = await talk.answer();
    if (!answer.startsWith(code)) throw new Error(`expected ${code}: ${answer}`);
  };
  await expecting('220');
  const lines = [
    ['EHLO customer.example', '250'],
    [`MAIL FROM:<${from}>`, '250'],
    [`RCPT TO:<${to}>`, '250'],
    ['DATA', '354'],
    [`${head.join('\r\n')}\r\n\r\n${text}\r\n.`, '250'],
  ] as const;
  for (const [line, code] of lines) {
    talk.write(`${line}\r\n`);
    await expecting(code);
  }
  talk.write('QUIT\r\n');
}
