import type * as electron from 'electron';

/**
 * The part of Electron that the program uses. `main.ts` imports it and hands it over; everything else takes it, or a part of it, as an
 * argument, and so runs in a test without the runtime.
 */
export type ElectronApi = Pick<
  typeof electron,
  | 'app'
  | 'BrowserWindow'
  | 'crashReporter'
  | 'dialog'
  | 'globalShortcut'
  | 'ipcMain'
  | 'Menu'
  | 'nativeImage'
  | 'Notification'
  | 'powerMonitor'
  | 'protocol'
  | 'safeStorage'
  | 'screen'
  | 'session'
  | 'shell'
  | 'Tray'
>;

/** Facts about this machine's trouble, one line each, for whoever started the program. Never a customer's data. */
export type Report = (event: string, facts?: Readonly<Record<string, unknown>>) => void;
