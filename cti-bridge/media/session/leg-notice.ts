import type { MediaEvents } from '../api.ts';

type Told = Exclude<keyof MediaEvents, 'closed'>;

/** Everything a leg tells; the end of the session is not its to tell. */
export type LegNotice = { [Name in Told]: { readonly name: Name; readonly event: MediaEvents[Name] } }[Told];
