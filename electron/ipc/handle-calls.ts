import type { IpcMain } from 'electron';
import type * as z from 'zod/mini';
import type { Report } from '../electron-api.ts';
import { isTrustedSender } from './trusted-sender.ts';

type Calls = Readonly<Record<string, { readonly request: z.ZodMiniType; readonly answer: z.ZodMiniType }>>;

export type CallHandlers<Table extends Calls> = {
  readonly [Name in keyof Table]: (
    request: z.infer<Table[Name]['request']>,
  ) => z.infer<Table[Name]['answer']> | Promise<z.infer<Table[Name]['answer']>>;
};

/** One window's calls: what it may ask, who answers, and whose they are. */
export interface WindowCalls<Table extends Calls> {
  readonly calls: Table;
  readonly handlers: CallHandlers<Table>;
  /** The id of the window's contents. */
  readonly contentsId: number;
}

/** Registers a handler for every call of the table. What a page learns of a refusal is only that there was one. */
export function handleCalls<Table extends Calls>(
  ipcMain: Pick<IpcMain, 'handle'>,
  { calls, handlers, contentsId }: WindowCalls<Table>,
  report: Report,
): void {
  const register = <Name extends keyof Table & string>(name: Name) => {
    const handler: (request: z.infer<Table[Name]['request']>) => unknown = handlers[name];
    ipcMain.handle(`desktop:${name}`, async (event, request: unknown) => {
      if (!isTrustedSender(event, contentsId)) {
        report('call:refused', { name, why: 'foreign sender' });
        throw new Error(`${name} was refused`);
      }
      const parsed = (calls[name] as Table[Name]).request.safeParse(request);
      if (!parsed.success) {
        report('call:refused', { name, why: 'request does not fit its schema' });
        throw new Error(`${name} was refused`);
      }
      try {
        return await handler(parsed.data as z.infer<Table[Name]['request']>);
      } catch (error) {
        report('call:failed', { name, why: error instanceof Error ? error.message : String(error) });
        throw new Error(`${name} failed`);
      }
    });
  };
  for (const name of Object.keys(calls)) register(name);
}
