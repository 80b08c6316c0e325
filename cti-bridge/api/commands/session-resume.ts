import { err, ok } from '../../kernel/index.ts';
import { askerOf, command } from '../command.ts';
import { phoneOf } from '../phone-of.ts';
import { userOf } from '../user-of.ts';

/**
 * The first command on every connection, and again whenever the desktop sees a gap: answers with all that the screen should show.
 *
 * No event is lost or out of order: from the moment the snapshot is begun, pushes are held with the numbers that follow the snapshot's
 * `seq`, and they leave right after the answer. What happened while the snapshot was being read may be in both; every push carries whole
 * facts, so hearing one twice changes nothing.
 */
export const sessionResume = command('session:resume', async ({ session, line, desk, soundPaths, help, phone, clock, afterAnswer }) => {
  const resume = line.beginResume();
  try {
    const screen = await desk.snapshot(session.user.agentId);
    if (!resume.isCurrent())
      return err({ code: 'conflict', message: 'A later session:resume or a newer socket took the place of this one.' });
    afterAnswer(() => {
      if (resume.finish()) line.announce(desk);
    });
    return ok({
      ...screen,
      seq: resume.seq,
      serverTime: clock.now(),
      user: userOf(session),
      help: help.seenBy(askerOf(session)),
      soundPath: soundPaths.of(session),
      phone: phoneOf(session, phone),
    });
  } catch (error) {
    resume.abandon();
    throw error;
  }
});
