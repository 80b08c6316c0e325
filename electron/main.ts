import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, ipcMain, Menu, Notification, powerMonitor, protocol, screen, session, shell } from 'electron';
import { startDesktop } from './start-desktop.ts';

// The only file that imports Electron at run time. It lies in dist/electron when it runs, beside the preload and the renderer.
const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

startDesktop(
  { app, BrowserWindow, ipcMain, Menu, Notification, powerMonitor, protocol, screen, session, shell },
  {
    preload: beside('./preload.cjs'),
    rendererFolder: beside('../renderer'),
    commandLine: process.argv.slice(1),
    report: (event, facts = {}) => void process.stderr.write(`${JSON.stringify({ event, ...facts })}\n`),
  },
);
