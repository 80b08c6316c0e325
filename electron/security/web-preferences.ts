import type { WebPreferences } from 'electron';

/**
 * What a page's process may be. The defaults of Electron are mostly the same; they are written down so that a test can hold them and nobody
 * loosens one by omission.
 */
export function secureWebPreferences(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false, // fetches dictionaries from a server that is not ours
    // A phone must ring after eight idle hours behind other windows, without a click before.
    backgroundThrottling: false,
    autoplayPolicy: 'no-user-gesture-required',
  };
}
