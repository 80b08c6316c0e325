import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
} from 'electron';
import electronUpdater from 'electron-updater';
import { startDesktop } from './start-desktop.ts';

// The only file that imports Electron at run time. It lies in dist/electron when it runs, beside the preload and the renderer.
const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

startDesktop(
  {
    ...{ app, BrowserWindow, crashReporter, dialog, globalShortcut, ipcMain, Menu, Notification, nativeImage },
    ...{ powerMonitor, protocol, safeStorage, screen, session, shell, Tray },
  },
  {
    preload: beside('./preload.cjs'),
    rendererFolder: beside('../renderer'),
    commandLine: process.argv.slice(1),
    platform: process.platform,
    program: process.env.APPIMAGE ?? process.execPath,
    updater: () => electronUpdater.autoUpdater,
    self: process,
    report: (event, facts = {}) => void process.stderr.write(`${JSON.stringify({ event, ...facts })}\n`),
  },
);
