import type { CommandAnswer, CommandName, CommandRequest } from '../../shared/contracts/bridge-events.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import type { AgentId } from '../../shared/ids.ts';
import type { Guides } from '../flows/guides.ts';
import type { Knowledge } from '../flows/knowledge.ts';
import type {
  Administration,
  Asker,
  CallFeatures,
  CustomerCommands,
  Desk,
  Figures,
  FlowCommands,
  Help,
  InboxCommands,
  Supervision,
} from '../flows/ports.ts';
import type { Prompts } from '../flows/prompts.ts';
import type { UserSession } from '../identity/index.ts';
import type { Clock, Result } from '../kernel/index.ts';
import { err } from '../kernel/index.ts';
import type { Metrics } from './metrics.ts';
import type { PhoneDoor } from './phone-of.ts';
import type { Sessions } from './ports.ts';
import type { DesktopLine } from './publishers/desktop-line.ts';
import type { SoundPaths } from './publishers/sound-paths.ts';

/** What a command may use. Schema and right were checked before. */
export interface CommandContext {
  readonly session: UserSession;
  readonly line: DesktopLine;
  readonly desk: Desk;
  readonly supervision: Supervision;
  readonly administration: Administration;
  readonly customers: CustomerCommands;
  readonly calls: CallFeatures;
  readonly prompts: Prompts;
  readonly flows: FlowCommands;
  readonly guides: Guides;
  readonly inbox: InboxCommands;
  readonly help: Help;
  readonly figures: Figures;
  readonly knowledge: Knowledge;
  readonly soundPaths: SoundPaths;
  readonly phone: PhoneDoor;
  readonly sessions: Sessions;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Runs `then` right after the answer has been written to the socket. */
  afterAnswer(then: () => void): void;
}

type Outcome<Name extends CommandName> = Promise<Result<CommandAnswer<Name>, WireError>>;

export interface Command<Name extends CommandName> {
  readonly name: Name;
  run(context: CommandContext, request: CommandRequest<Name>): Outcome<Name>;
}

export function command<Name extends CommandName>(name: Name, run: Command<Name>['run']): Command<Name> {
  return { name, run };
}

/** A command that only makes sense for somebody who takes work. */
export function agentCommand<Name extends CommandName>(
  name: Name,
  run: (agentId: AgentId, request: CommandRequest<Name>, context: CommandContext) => Outcome<Name>,
): Command<Name> {
  return command(name, async (context, request) => {
    const { agentId } = context.session.user;
    if (agentId === null) return err({ code: 'forbidden', message: 'This user takes no work.' });
    return run(agentId, request, context);
  });
}

/** Who asks, from their session. */
export function askerOf({ user, rights }: UserSession): Asker {
  return { userId: user.userId, name: user.name, agentId: user.agentId, may: (right) => rights.has(right) };
}
