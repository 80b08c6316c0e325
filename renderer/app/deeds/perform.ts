import type { CommandAnswer, CommandName, CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { Bridge, CommandOutcome } from '../../bridge/index.ts';
import { notify, type Stores } from '../../stores/index.ts';

/** Sends one command for a control, which is off until it is answered; null when it was off already. A refusal is told to the agent. */
export type Perform = <Name extends CommandName>(
  control: string,
  name: Name,
  request: CommandRequest<Name>,
) => Promise<CommandOutcome<CommandAnswer<Name>> | null>;

export function performFor(stores: Stores, bridge: Pick<Bridge, 'command'>): Perform {
  return async (control, name, request) => {
    if (stores.view.getState().pending.includes(control)) return null;
    stores.view.setState((view) => ({ pending: [...view.pending, control] }));
    const outcome = await bridge.command(name, request);
    stores.view.setState((view) => ({ pending: view.pending.filter((each) => each !== control) }));
    if (!outcome.ok) notify(stores, { kind: 'commandFailed', code: outcome.error.code, why: outcome.error.why });
    return outcome;
  };
}
