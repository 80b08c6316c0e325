import type { App, BrowserWindow, CrashReporter } from 'electron';
import type { Report } from '../electron-api.ts';

/** The process this runs in, as far as it tells of its own failing. */
export interface Failing {
  on(event: 'uncaughtExceptionMonitor' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
}

/**
 * Has every crash of any process of the program written down, and dumps kept where Electron keeps them. Nothing is uploaded. To be called before Electron
 * is ready: what crashes earlier leaves no dump.
 */
export function watchForCrashes(
  electron: { readonly app: Pick<App, 'on'>; readonly crashReporter: Pick<CrashReporter, 'start'> },
  self: Failing,
  report: Report,
): void {
  electron.crashReporter.start({ uploadToServer: false });
  const { app } = electron;
  app.on('render-process-gone', (_, __, { reason, exitCode }) => report('crash:page', { reason, exitCode }));
  app.on('child-process-gone', (_, { type, reason, exitCode, serviceName }) => {
    if (reason !== 'clean-exit') report('crash:child', { type, reason, exitCode, service: serviceName ?? '' });
  });
  app.on('browser-window-created', (_, window) => watchWindow(window, report));
  // Only watched: what Electron does about it, a dialog and an end, stays as it is.
  self.on('uncaughtExceptionMonitor', (error) => report('crash:main', describe(error)));
  self.on('unhandledRejection', (error) => report('crash:promise', describe(error)));
}

function watchWindow(window: Pick<BrowserWindow, 'on'>, report: Report): void {
  window.on('unresponsive', () => report('page:unresponsive'));
  window.on('responsive', () => report('page:responsive'));
}

/** What failed and where, in the program's own files. */
function describe(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { why: typeof error };
  const where = (error.stack ?? '')
    .split('\n')
    .slice(1, 6)
    .map((line) => line.trim());
  return { why: `${error.name}: ${error.message}`, where };
}
