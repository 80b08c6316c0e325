import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopApi, MainSignal } from '../shared/contracts/desktop-api.ts';

/**
 * The only thing the page sees of the program around it: `window.desktop`. It carries and decides nothing; every call is checked and
 * validated in the main process. Electron's own objects (the event, ipcRenderer) never reach the page.
 */
const desktop: DesktopApi = {
  kind: 'electron',
  call: (name, request) => ipcRenderer.invoke(`desktop:${name}`, request),
  on(name, listener) {
    const heard = (_event: unknown, signal: MainSignal<typeof name>) => listener(signal);
    ipcRenderer.on(`desktop:${name}`, heard);
    return () => void ipcRenderer.off(`desktop:${name}`, heard);
  },
};

contextBridge.exposeInMainWorld('desktop', desktop);
