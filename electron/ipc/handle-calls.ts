import type { IpcMain } from 'electron';
import { type DesktopAnswer, type DesktopCallName, type DesktopRequest, desktopCalls } from '../../shared/contracts/desktop-api.ts';
import type { Report } from '../electron-api.ts';
import { isTrustedSender } from './trusted-sender.ts';

export type CallHandlers = {
  readonly [Name in DesktopCallName]: (request: DesktopRequest<Name>) => DesktopAnswer<Name> | Promise<DesktopAnswer<Name>>;
};

/** Registers a handler for every call of the contract. What a page learns of a refusal is only that there was one. */
export function handleCalls(ipcMain: Pick<IpcMain, 'handle'>, handlers: CallHandlers, report: Report): void {
  const register = <Name extends DesktopCallName>(name: Name) => {
    const handler: (request: DesktopRequest<Name>) => unknown = handlers[name];
    ipcMain.handle(`desktop:${name}`, async (event, request: unknown) => {
      if (!isTrustedSender(event)) {
        report('call:refused', { name, why: 'foreign sender' });
        throw new Error(`${name} was refused`);
      }
      const parsed = desktopCalls[name].request.safeParse(request);
      if (!parsed.success) {
        report('call:refused', { name, why: 'request does not fit its schema' });
        throw new Error(`${name} was refused`);
      }
      try {
        return await handler(parsed.data as DesktopRequest<Name>);
      } catch (error) {
        report('call:failed', { name, why: error instanceof Error ? error.message : String(error) });
        throw new Error(`${name} failed`);
      }
    });
  };
  for (const name of Object.keys(desktopCalls) as DesktopCallName[]) register(name);
}
