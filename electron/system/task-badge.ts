import type { App, BrowserWindow, NativeImage } from 'electron';
import type { ElectronApi } from '../electron-api.ts';
import { stateIcon } from './state-icon.ts';

/**
 * A count on the program's sign in the task bar or dock. Windows has no counts there, but room for a small picture: it gets the sign of what
 * waits, and the count in words for whoever has it read out.
 */
export function taskBadge(
  platform: NodeJS.Platform,
  app: Pick<App, 'setBadgeCount'>,
  window: Pick<BrowserWindow, 'isDestroyed' | 'setOverlayIcon'>,
  { nativeImage }: Pick<ElectronApi, 'nativeImage'>,
): { setBadgeCount(count: number): void } {
  if (platform !== 'win32') return { setBadgeCount: (count) => void app.setBadgeCount(count) };
  let sign: NativeImage | null = null;
  return {
    setBadgeCount(count) {
      if (window.isDestroyed()) return;
      sign ??= nativeImage.createFromBuffer(stateIcon('waiting', 16));
      window.setOverlayIcon(count > 0 ? sign : null, count > 0 ? String(count) : '');
    },
  };
}
