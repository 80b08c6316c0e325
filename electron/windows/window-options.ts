import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { secureWebPreferences } from '../security/index.ts';

/** The main window as it is made: hidden, secure, no smaller than the smallest layout. */
export function windowOptions(preload: string, bounds: Rectangle | null): BrowserWindowConstructorOptions {
  return {
    ...(bounds ?? { width: 1440, height: 900 }),
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Crosspoint',
    webPreferences: secureWebPreferences(preload),
  };
}
