import type { CommandName } from '../../../shared/contracts/bridge-events.ts';
import { commands } from '../../../shared/contracts/bridge-events.ts';
import type { Ack, ErrorCode } from '../../../shared/contracts/errors.ts';
import { seconds } from '../../../shared/duration.ts';
import type { Log } from '../../kernel/index.ts';
import { TimeLimitError, withTimeLimit } from '../../kernel/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { commandTable } from '../command-table.ts';
import { strictRequests } from './strict-requests.ts';

/** Below the desktop's own limit (8 s), so that it hears a reason instead of nothing. */
const commandLimitMs = seconds(7);

/** Name, shape, right, order, then the command itself. Never throws and always answers: remote input ends here as a value. */
export async function answerCommand(context: CommandContext, log: Log, name: unknown, request: unknown): Promise<Ack<unknown>> {
  if (!isCommandName(name)) return refuse('bad_request', 'No such command.');
  const parsed = strictRequests.get(name)?.safeParse(request);
  if (!parsed?.success) return refuse('bad_request', `The request of ${name} does not fit: ${describeIssue(parsed?.error.issues[0])}.`);
  if (!context.session.rights.has(commands[name].right)) return refuse('forbidden', `${name} needs the right ${commands[name].right}.`);
  if (commands[name].right !== 'session:own' && !context.line.hasResumed)
    return refuse('bad_request', 'session:resume is the first command on every connection.');
  try {
    // The table pairs each name with its own command; the parser has just made the request that name's.
    const { run } = commandTable[name] as unknown as Command<CommandName>;
    return await withTimeLimit(context.clock, commandLimitMs, name, run(context, parsed.data as never));
  } catch (error) {
    log.error('command:failed', { command: name, error: error instanceof Error ? error.stack : String(error) });
    if (error instanceof TimeLimitError) return refuse('storage_unavailable', `${name} took too long; it may still happen. Try again.`);
    return refuse('internal', 'Something went wrong here. It has been noted.');
  }
}

export function refuse(code: ErrorCode, message: string): Ack<never> {
  return { ok: false, error: { code, message } };
}

const isCommandName = (name: unknown): name is CommandName => typeof name === 'string' && Object.hasOwn(commandTable, name);

function describeIssue(issue: { readonly path: readonly PropertyKey[]; readonly code?: string | undefined } | undefined): string {
  if (!issue) return 'unreadable';
  const where = issue.path.length === 0 ? 'the request' : issue.path.map(String).join('.');
  return `${where.slice(0, 80)} (${issue.code ?? 'invalid'})`;
}
