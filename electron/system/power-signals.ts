import type { PowerMonitor, WebContents } from 'electron';
import type { DesktopSignalName } from '../../shared/contracts/desktop-api.ts';

const signals = {
  suspend: 'power:suspending',
  resume: 'power:resumed',
  'lock-screen': 'screen:locked',
  'unlock-screen': 'screen:unlocked',
} as const satisfies Readonly<Record<string, DesktopSignalName>>;

/** Tells the page of the computer's sleep, so that it can say goodbye and come back within seconds, and of a locked screen. */
export function sendPowerSignals(powerMonitor: Pick<PowerMonitor, 'on'>, page: Pick<WebContents, 'isDestroyed' | 'send'>): void {
  for (const [event, signal] of Object.entries(signals)) {
    powerMonitor.on(event as 'suspend', () => {
      if (!page.isDestroyed()) page.send(`desktop:${signal}`, {});
    });
  }
}
