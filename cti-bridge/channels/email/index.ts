/**
 * Electronic mail. What arrives, over IMAP or at the bridge's own SMTP intake, is handed on byte for byte (`Arrivals`), and what the stories
 * send leaves over SMTP (`MessageCarrier`). What a mail says is read elsewhere, in `read/`.
 *
 * Two things to know: a mail is whole in the spool before it is offered to be stored, and only what is stored is acknowledged (250, \Seen);
 * and a server that fails is asked at most once a minute, by the clock, whoever wants what of it.
 * It promises how each sending ended, exactly: see `hand-over.ts` for where the line is drawn between "not now" and "nobody knows".
 */
import type { MailIntake, MailIntakeOptions } from './intake/mail-intake.ts';

export { MailLines, type MailLinesParts } from './mail-lines.ts';
export { Spool } from './spool.ts';

/** Loaded where there is one. */
export async function createMailIntake(options: MailIntakeOptions): Promise<MailIntake> {
  const intake = await import('./intake/mail-intake.ts');
  return new intake.MailIntake(options);
}
