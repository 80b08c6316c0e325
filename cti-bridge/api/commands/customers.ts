import { type CustomerCommandName, customerCommands } from '../../../shared/contracts/bridge-events.ts';
import { askerOf, type Command, command } from '../command.ts';

/** Every command about customers goes to the story of its name; what there is to decide is decided there. */
export const customerTable = Object.fromEntries(
  (Object.keys(customerCommands) as CustomerCommandName[]).map((name) => [
    name,
    command(name, ({ session, customers }, request) => {
      const story = customers[name] as (asker: ReturnType<typeof askerOf>, request: unknown) => ReturnType<Command<typeof name>['run']>;
      return story(askerOf(session), request);
    }),
  ]),
) as unknown as { readonly [Name in CustomerCommandName]: Command<Name> };
