import type { PowerMonitor, WebContents } from 'electron';
import type { DesktopSignalName } from '../../shared/contracts/desktop-api.ts';

/** Tells the page of the computer's sleep, so that it can say goodbye and come back within seconds. */
export function sendPowerSignals(powerMonitor: Pick<PowerMonitor, 'on'>, page: Pick<WebContents, 'isDestroyed' | 'send'>): void {
  const send = (signal: DesktopSignalName) => {
    if (!page.isDestroyed()) page.send(`desktop:${signal}`, {});
  };
  powerMonitor.on('suspend', () => send('power:suspending'));
  powerMonitor.on('resume', () => send('power:resumed'));
}
