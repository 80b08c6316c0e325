/**
 * What this machine remembers: which bridge, theme, language, where the window was. One JSON file per person of the operating system.
 *
 * Two things to know: the file is replaced as a whole, so a crash leaves the old or the new one, never half; and a damaged file is put
 * aside, not overwritten, and the defaults are used. What an administrator fixed for the computer lies in a file of its own and comes first.
 */
export { bridgeUrlFrom, isBridgeUrl } from './bridge-url.ts';
export { defaultSettings, type LocalBridge, type MachineSettings } from './machine-settings.ts';
export { type Managed, managedPath, readManaged } from './managed-file.ts';
export { SettingsFile } from './settings-file.ts';
export { writeWhole } from './write-whole.ts';
